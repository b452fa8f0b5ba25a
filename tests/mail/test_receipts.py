"""Whether a mail was really sent is known, whatever dies in between."""

from collective.servicekonto.mail import outbox
from collective.servicekonto.mail import receipts
from contextlib import nullcontext
from email.message import EmailMessage
from email.policy import SMTP
from smtplib import SMTPDataError
from smtplib import SMTPRecipientsRefused
from smtplib import SMTPResponseException
from smtplib import SMTPServerDisconnected
import pytest


SENDER = "servicekonto@musterstadt.example"
RECIPIENTS = ("erika@example.org",)


class Server:
    """Stands at the other end of the line; every answer of a mail server is tried."""

    def __init__(self, error=None) -> None:
        self.error = error

    def send(self, sender, recipients, message):
        """Take the mail, or raise what smtplib raises."""
        if self.error is not None:
            raise self.error


def mail(receipt):
    """Return a mail that asks for a receipt."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Brauchen Sie Ihr Servicekonto noch?"
    message[receipts.HEADER] = receipt
    message.set_content("Guten Tag")
    return message.as_bytes()


def fate_after(queue, error=None, receipt=None):
    """Send a mail, and return what is known about it."""
    receipt = receipt or receipts.new_receipt()
    mailer = receipts.NotingMailer(Server(error), queue)
    with nullcontext() if error is None else pytest.raises(type(error)):
        mailer.send(SENDER, RECIPIENTS, mail(receipt))
    return receipts.fate(queue, receipt)


def test_what_the_server_took_was_sent(tmp_path):
    assert fate_after(tmp_path) is receipts.Fate.SENT


@pytest.mark.parametrize(
    "error",
    [
        SMTPDataError(550, b"Nobody here"),
        SMTPRecipientsRefused({RECIPIENTS[0]: (550, b"Nobody here")}),
    ],
)
def test_what_the_server_refused_for_good_was_not(tmp_path, error):
    assert fate_after(tmp_path, error) is receipts.Fate.REFUSED


@pytest.mark.parametrize(
    "error",
    [SMTPDataError(451, b"Later"), SMTPServerDisconnected(), ConnectionRefusedError()],
)
def test_what_waits_has_no_fate_yet(tmp_path, error):
    assert fate_after(tmp_path, error) is None


def test_a_server_that_lists_strangers_for_a_while_gets_the_mail_again(tmp_path):
    greylisted = SMTPRecipientsRefused({RECIPIENTS[0]: (450, b"Try again")})
    mailer = receipts.NotingMailer(Server(greylisted), tmp_path)
    receipt = receipts.new_receipt()
    with pytest.raises(SMTPResponseException) as refused:
        mailer.send(SENDER, RECIPIENTS, mail(receipt))
    assert refused.value.smtp_code == 450
    assert "erika" not in str(refused.value)
    assert receipts.fate(tmp_path, receipt) is None


def test_a_receipt_can_be_discarded(tmp_path):
    receipt = receipts.new_receipt()
    fate_after(tmp_path, receipt=receipt)
    receipts.discard(tmp_path, receipt)
    assert receipts.fate(tmp_path, receipt) is None
    assert list(tmp_path.rglob("*.sent")) == []


def test_a_receipt_names_no_file_elsewhere(tmp_path):
    mailer = receipts.NotingMailer(Server(), tmp_path / "queue")
    mailer.send(SENDER, RECIPIENTS, mail("../../escaped"))
    assert list(tmp_path.rglob("*")) == []


def test_the_queue_asks_for_receipts(tmp_path):
    thread = outbox.OutboxThread(tmp_path)
    thread.setMailer(Server())
    assert isinstance(thread.mailer, receipts.NotingMailer)
