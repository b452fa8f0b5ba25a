"""The demo keeps every mail, and shows it as it was meant."""

from collective.servicekonto.demo.mailbox import Mailbox
from collective.servicekonto.demo.mails import lines
from collective.servicekonto.demo.smtp import HOST
from collective.servicekonto.demo.smtp import mail_server
from email.message import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
import pytest
import smtplib


LINK = "https://musterstadt.example/aktivieren?code=a-b_c"


@pytest.fixture
def mailbox(tmp_path):
    return Mailbox(tmp_path / "mail")


def a_mail(subject="Grüße aus Musterstadt", text="Guten Tag!"):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "stadt@musterstadt.example"
    message["To"] = "erika@example.org"
    message["Date"] = "Mon, 02 Mar 2026 10:11:12 +0100"
    message.set_content(text)
    return message


def test_a_mail_sent_to_the_mail_server_is_in_the_mailbox(mailbox):
    with mail_server(mailbox) as port, smtplib.SMTP(HOST, port) as client:
        client.send_message(a_mail())
    (name,) = mailbox.names()
    mail = mailbox.mail(name)
    assert mail.subject == "Grüße aus Musterstadt"
    assert mail.sender == "stadt@musterstadt.example"
    assert mail.recipients == "erika@example.org"
    assert mail.sent == "02.03.2026 10:11:12"
    assert mail.text.strip() == "Guten Tag!"
    assert mail.html == ""


def test_nobody_answers_once_the_mail_server_has_stopped(mailbox):
    with mail_server(mailbox) as port:
        pass
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP(HOST, port)


def test_the_newest_mail_comes_first(mailbox):
    kept = [mailbox.keep(a_mail(f"Nr. {i}").as_bytes()) for i in range(12)]
    assert mailbox.names() == kept[::-1]


def test_a_mailbox_without_mails_is_empty(mailbox):
    assert mailbox.names() == []


def test_text_and_html_of_a_mail_are_told_apart(mailbox):
    message = a_mail(text="Als Text")
    message.add_alternative("<p>Als HTML</p>", subtype="html")
    mail = mailbox.mail(mailbox.keep(message.as_bytes()))
    assert mail.text.strip() == "Als Text"
    assert mail.html.strip() == "<p>Als HTML</p>"


@pytest.mark.parametrize("name", ["", "0", "../secret", "..", "/etc/passwd", "x"])
def test_only_mails_can_be_read(mailbox, tmp_path, name):
    (tmp_path / "secret.eml").write_text("Subject: geheim\n\n")
    mailbox.keep(a_mail().as_bytes())
    with pytest.raises(KeyError):
        mailbox.mail(name)


def test_mails_need_no_headers_to_be_shown(mailbox):
    mail = mailbox.mail(mailbox.keep(b"\r\nnur Text\r\n"))
    assert (mail.subject, mail.sent, mail.text.strip()) == ("", "", "nur Text")


def test_an_address_in_a_text_becomes_a_link_of_its_own():
    assert lines(f"Bitte öffnen Sie\n{LINK}.\nDanke") == [
        [("Bitte öffnen Sie", False)],
        [(LINK, True), (".", False)],
        [("Danke", False)],
    ]


@given(st.text())
def test_cutting_a_text_loses_nothing(text):
    shown = ["".join(piece.text for piece in line) for line in lines(text)]
    assert shown == text.splitlines()
