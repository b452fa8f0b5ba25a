"""The forgotten password."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.selfservice.password import service
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenUsed
from tests.factories import active_account
from tests.factories import ADDRESS
import pytest
import transaction


NEW = "Teekanne über dem Leuchtturm"


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    return active_account(clock())


def token_of(mailbox):
    """Return the secret in the link of the newest mail."""
    transaction.commit()
    return mailbox.last_link().partition("token=")[2]


def test_the_link_in_the_mail_sets_a_new_password(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    service.reset_password(token_of(mailbox), NEW, NEW, clock())
    assert accounts.check_password(ADDRESS, NEW, clock()).id == account.id


def test_all_sessions_end_with_the_new_password(account, clock, mailbox):
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    service.request_reset(ADDRESS, "de", clock())
    service.reset_password(token_of(mailbox), NEW, NEW, clock())
    assert sessions.resolve(ticket, clock()) is None


def test_the_owner_is_told_about_the_new_password(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    service.reset_password(token_of(mailbox), NEW, NEW, clock())
    transaction.commit()
    assert len(mailbox.mails()) == 2


def test_a_link_sets_one_password(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    token = token_of(mailbox)
    service.reset_password(token, NEW, NEW, clock())
    with pytest.raises(TokenUsed):
        service.reset_password(token, NEW + " noch eins", NEW + " noch eins", clock())


def test_a_second_link_is_void_when_the_first_was_used(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    first = token_of(mailbox)
    service.request_reset(ADDRESS, "de", clock())
    second = token_of(mailbox)
    service.reset_password(second, NEW, NEW, clock())
    with pytest.raises(TokenUsed):
        service.reset_password(first, NEW + " noch eins", NEW + " noch eins", clock())


def test_a_weak_password_leaves_the_link_usable(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    token = token_of(mailbox)
    with pytest.raises(service.PasswordRefused):
        service.reset_password(token, "passwort", "passwort", clock())
    service.reset_password(token, NEW, NEW, clock())


def test_the_link_is_valid_for_an_hour(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    token = token_of(mailbox)
    clock.forward(hours=1)
    with pytest.raises(TokenExpired):
        service.check_reset(token, clock())


def test_an_unknown_address_gets_a_mail_as_well(account, clock, mailbox):
    service.request_reset("niemand@example.org", "de", clock())
    transaction.commit()
    (mail,) = mailbox.mails()
    assert mail["To"] == "niemand@example.org"
    assert "passwort-neu" not in mailbox.last_link()


def test_mails_have_the_same_words_as_text_and_as_html(account, clock, mailbox):
    service.request_reset(ADDRESS, "de", clock())
    transaction.commit()
    (mail,) = mailbox.mails()
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "Guten Tag" in text
    assert "Guten Tag" in html
    assert mailbox.last_link() in html
