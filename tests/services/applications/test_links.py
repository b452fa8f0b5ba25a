"""Mails to citizens without an account say little, and nobody is flooded with them."""

from collective.servicekonto.portal.settings import settings
from collective.servicekonto.services.applications import links
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.tokens import TokenRefused
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")

EMAIL = "max@example.org"


@pytest.fixture
def apply(submit, mailbox):
    """Let somebody apply without an account; return the application."""
    mailbox.clear()

    def apply(**changes):
        entries = {
            "account": None,
            "session": None,
            "email": EMAIL,
            "language": "en",
        } | changes
        application = submit(**entries)
        transaction.commit()
        return application

    return apply


@pytest.fixture
def limited(functional):
    """Mails to one address are limited, as in a town."""
    settings().mail_interval = 180


def decide(application, clock):
    """Let the office approve it."""
    service.change(application, State.APPROVED, Actor.OFFICE, "Alles gut.", clock())
    transaction.commit()


def text_of(mail):
    """Return subject and text of the mail."""
    return f"{mail['Subject']} {mail.get_body(('plain',)).get_content()}"


def test_who_wants_it_is_told_of_a_change(apply, mailbox, clock):
    application = apply(mails_changes=True)
    mailbox.clear()
    decide(application, clock)
    (mail,) = mailbox.mails()
    assert mail["To"] == EMAIL
    said = text_of(mail)
    assert application.number in said
    assert "valid for 7 days, until" in said
    for content in ("Hundesteuer", "Steueramt", "pproved", "Alles gut", "Erika"):
        assert content not in said


@pytest.mark.parametrize("changes", [{"mails_changes": False}, {"email": ""}])
def test_nobody_else_is(apply, mailbox, clock, changes):
    application = apply(**({"mails_changes": True} | changes))
    mailbox.clear()
    decide(application, clock)
    assert mailbox.mails() == []


def test_the_mail_says_until_when_the_link_is_valid(apply, mailbox):
    apply()
    (mail,) = mailbox.mails()
    assert "valid for 7 days, until" in text_of(mail)


def test_nobody_can_flood_an_address(apply, mailbox, clock, limited):
    for _number in range(20):
        apply()
    assert len(mailbox.mails()) == 3
    for _number in range(20):
        clock.forward(minutes=10)
        apply()
    assert len(mailbox.mails()) == 10
    apply(email="erika@example.org")
    assert len(mailbox.mails()) == 11


def test_each_capital_letter_is_the_same_address(apply, mailbox, limited):
    for email in ("moritz@example.org", "Moritz@Example.org", "MORITZ@EXAMPLE.ORG") * 2:
        apply(email=email)
    assert len(mailbox.mails()) == 3


def test_the_application_stands_without_the_mail(apply, mailbox, limited):
    ids = {apply().id for _number in range(5)}
    assert all(service.query(one) is not None for one in ids)


def test_a_link_is_used_so_many_times(apply, mailbox, clock, caplog):
    caplog.set_level("INFO", "collective.servicekonto.audit")
    application = apply()
    raw = mailbox.last_link().partition("token=")[2]
    for _number in range(links.MOST_USES):
        links.note_use(links.application_of(raw, clock()))
    with pytest.raises(TokenRefused):
        links.application_of(raw, clock())
    assert f"opened-by-link account=- application={application.id}" in caplog.text
