"""Sessions are on the server and end there."""

from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
import pytest


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    return active_account(clock())


def begin(account, clock):
    """Begin a session with a password."""
    return sessions.start(account, TrustLevel.LOW, "password", clock())


def test_a_ticket_names_its_session(account, clock):
    ticket = begin(account, clock)
    assert sessions.parse(str(ticket)) == ticket
    assert sessions.resolve(ticket, clock()).account_id == account.id


def test_a_jwt_names_the_same_session(account, clock):
    ticket = begin(account, clock)
    assert bearer.decode(bearer.encode(ticket)) == ticket


@pytest.mark.parametrize("text", ["", ".", "a.b.c.d", "x" * 1000, "a.b.1.ü"])
def test_a_forged_ticket_is_none(account, clock, text):
    assert sessions.parse(text) is None
    assert bearer.decode(text) is None


def test_the_time_of_the_last_activity_cannot_be_changed(account, clock):
    account_id, secret, last, signed = str(begin(account, clock)).split(".")
    assert sessions.parse(f"{account_id}.{secret}.{int(last) + 1}.{signed}") is None


def test_the_secret_of_a_session_is_not_stored(account, clock):
    ticket = begin(account, clock)
    assert all(ticket.secret not in key for key in get_store().sessions)


def test_an_ended_session_is_over_at_once(account, clock):
    ticket = begin(account, clock)
    sessions.end(ticket)
    assert sessions.resolve(ticket, clock()) is None
    assert len(get_store().queue(sessions.SESSIONS)) == 0


def test_a_new_password_ends_all_sessions(account, clock):
    tickets = [begin(account, clock) for _ in range(3)]
    accounts.set_password(account, "Teekanne über dem Leuchtturm")
    assert all(sessions.resolve(ticket, clock()) is None for ticket in tickets)


def test_a_session_is_over_after_an_hour_without_activity(account, clock):
    ticket = begin(account, clock)
    clock.forward(minutes=59)
    ticket = sessions.renewed(ticket, clock())
    clock.forward(minutes=59)
    assert sessions.resolve(ticket, clock())
    clock.forward(minutes=1)
    assert sessions.resolve(ticket, clock()) is None


def test_a_session_is_over_after_twelve_hours(account, clock):
    ticket = begin(account, clock)
    for _ in range(12):
        assert sessions.resolve(ticket, clock())
        clock.forward(minutes=59, seconds=59)
        ticket = sessions.renewed(ticket, clock())
    clock.forward(seconds=12)
    assert sessions.resolve(ticket, clock()) is None


def test_reading_pages_writes_nothing(account, clock):
    ticket = begin(account, clock)
    assert sessions.renewed(ticket, clock()) is None
    clock.forward(seconds=61)
    assert sessions.renewed(ticket, clock()).key == ticket.key


def test_nobody_sees_the_sessions_of_a_removed_account(account, clock):
    ticket = begin(account, clock)
    accounts.remove_account(account)
    assert sessions.resolve(ticket, clock()) is None
    assert len(get_store().sessions) == 0
