"""The mailed link of those who applied without account, in the browser."""

from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from tests.postbox.citizen.pages import status
import pytest
import transaction


def _body(browser):
    return browser._response.body


def test_the_mail_leads_to_the_pdf(erika, applied, mailbox, clock):
    mailbox.clear()
    applied(account=None, session=None, email="max@example.org")
    [mail] = mailbox.mails()
    assert mail["To"] == "max@example.org"
    text = mail.get_body(("plain",)).get_content()
    assert "Hundesteuer" not in text
    visitor = erika.new_tab()
    visitor.testapp.cookiejar.clear()
    for _time in range(2):
        visitor.open(mailbox.last_link())
        assert "Hundesteuer" not in visitor.contents
        visitor.getControl("Download the PDF").click()
        assert _body(visitor).startswith(b"%PDF")


def test_the_mail_leads_to_how_it_stands(erika, applied, office, mailbox, clock):
    mailbox.clear()
    office.contact = "Rathausplatz 1"
    application = applied(account=None, session=None, email="max@example.org")
    service.move(application, State.QUERIED, Actor.OFFICE, "Welche Rasse?", clock())
    transaction.commit()
    erika.testapp.cookiejar.clear()
    erika.open(mailbox.last_link())
    assert application.number not in erika.contents
    erika.getControl("See how it stands").click()
    for text in (application.number, "Please ask it what it is", "Welche Rasse?"):
        assert text in erika.contents
    assert "Rathausplatz 1" in erika.contents
    assert "Postfach" not in erika.contents.partition("<h1")[2].partition("</form")[0]
    erika.getControl("Download the PDF").click()
    assert _body(erika).startswith(b"%PDF")
    transaction.begin()
    assert service.query(application.id).link_uses == 2


def test_looking_at_the_mail_uses_nothing_up(erika, applied, mailbox):
    mailbox.clear()
    application = applied(account=None, session=None, email="max@example.org")
    for _time in range(40):
        erika.open(mailbox.last_link())
    transaction.begin()
    assert service.query(application.id).link_uses == 0
    assert "Download the PDF" in erika.contents


def test_the_link_ends_after_seven_days(erika, applied, mailbox, clock):
    mailbox.clear()
    applied(account=None, session=None, email="max@example.org")
    clock.forward(days=7, minutes=1)
    erika.open(mailbox.last_link())
    assert status(erika) == 404
    assert "This link is not valid any more" in erika.contents


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
def test_any_other_token_finds_nothing(erika, token):
    erika.opens(f"antrag-kopie?token={token}")
    assert status(erika) == 404
