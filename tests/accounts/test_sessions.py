"""Sessions are on the server and end there."""

from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import clients
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.cleanup import service as cleanup
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


def resolved(ticket, clock):
    """Return the session of the ticket as it is now."""
    return sessions.resolve(ticket, clock())


def renewed(ticket, clock):
    """Return the ticket after an activity."""
    return sessions.renewed(resolved(ticket, clock), clock())


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
    account_id, secret, last, level, signed = str(begin(account, clock)).split(".")
    forged = f"{account_id}.{secret}.{int(last) + 1}.{level}.{signed}"
    assert sessions.parse(forged) is None


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
    ticket = renewed(ticket, clock)
    clock.forward(minutes=59)
    assert sessions.resolve(ticket, clock())
    clock.forward(minutes=1)
    assert sessions.resolve(ticket, clock()) is None


def test_a_session_is_over_after_twelve_hours(account, clock):
    ticket = begin(account, clock)
    for _ in range(12):
        assert sessions.resolve(ticket, clock())
        clock.forward(minutes=59, seconds=59)
        ticket = renewed(ticket, clock)
    clock.forward(seconds=12)
    assert sessions.resolve(ticket, clock()) is None


class TestWhoseFormComesLate:
    """Of a session that ran out it is still known whose it was."""

    def test_after_a_pause_for_some_hours(self, account, clock):
        ticket = begin(account, clock)
        assert not sessions.ran_out(ticket, clock())
        clock.forward(minutes=60)
        assert sessions.ran_out(ticket, clock())
        clock.forward(hours=12)
        assert sessions.ran_out(ticket, clock())
        clock.forward(seconds=1)
        assert not sessions.ran_out(ticket, clock())

    def test_also_when_it_was_busy_until_its_end(self, account, clock):
        ticket = begin(account, clock)
        for _ in range(12):
            clock.forward(minutes=59, seconds=59)
            ticket = renewed(ticket, clock)
        clock.forward(hours=13)
        cleanup.run(batch=10, window=60)
        assert sessions.ran_out(ticket, clock())
        assert list(sessions.all_of(account, clock())) == []
        clock.forward(minutes=6)
        cleanup.run(batch=10, window=60)
        assert len(get_store().sessions) == 0

    @pytest.mark.parametrize(
        "end",
        [
            lambda account, ticket, clock: sessions.end(ticket),
            lambda account, ticket, clock: sessions.end_all(account),
            lambda account, ticket, clock: accounts.set_password(
                account, "Teekanne über dem Leuchtturm"
            ),
            lambda account, ticket, clock: sessions.rotate(
                resolved(ticket, clock), account, clock()
            ),
        ],
        ids=["log-out", "all revoked", "new password", "new id"],
    )
    def test_never_where_it_was_ended(self, account, clock, end):
        ticket = begin(account, clock)
        end(account, ticket, clock)
        assert not sessions.ran_out(ticket, clock())
        clock.forward(hours=2)
        assert not sessions.ran_out(ticket, clock())


def test_reading_pages_writes_nothing(account, clock):
    ticket = begin(account, clock)
    assert renewed(ticket, clock) is None
    clock.forward(seconds=61)
    assert renewed(ticket, clock).key == ticket.key


def test_nobody_sees_the_sessions_of_a_removed_account(account, clock):
    ticket = begin(account, clock)
    accounts.remove_account(account)
    assert sessions.resolve(ticket, clock()) is None
    assert len(get_store().sessions) == 0


def with_passkey(account, clock):
    """Return the ticket of a session in which password and passkey were used."""
    session = resolved(begin(account, clock), clock)
    level = TrustLevel.SUBSTANTIAL
    return sessions.step_up(session, account, level, "passkey", clock())


def test_a_further_log_in_raises_the_level_and_changes_the_id(account, clock):
    first = begin(account, clock)
    second = sessions.step_up(
        resolved(first, clock), account, TrustLevel.SUBSTANTIAL, "passkey", clock()
    )
    assert resolved(first, clock) is None
    assert resolved(second, clock).level is TrustLevel.SUBSTANTIAL
    assert resolved(second, clock).means == ("password", "passkey")


def test_a_pause_of_half_an_hour_lowers_the_level_for_good(account, clock):
    ticket = with_passkey(account, clock)
    clock.forward(minutes=30)
    assert resolved(ticket, clock).level is TrustLevel.LOW
    ticket = renewed(ticket, clock)
    assert resolved(ticket, clock).level is TrustLevel.LOW


def test_a_new_id_does_not_bring_the_level_back(account, clock):
    ticket = with_passkey(account, clock)
    clock.forward(minutes=30)
    ticket = sessions.rotate(resolved(ticket, clock), account, clock())
    assert resolved(ticket, clock).level is TrustLevel.LOW


def test_the_higher_level_lasts_two_hours(account, clock):
    ticket = with_passkey(account, clock)
    for _ in range(5):
        clock.forward(minutes=20)
        ticket = renewed(ticket, clock)
        assert resolved(ticket, clock).level is TrustLevel.SUBSTANTIAL
    clock.forward(minutes=20)
    assert resolved(ticket, clock).level is TrustLevel.LOW


def test_a_jwt_keeps_the_lowered_level(account, clock):
    ticket = with_passkey(account, clock)
    clock.forward(minutes=31)
    ticket = bearer.decode(bearer.encode(renewed(ticket, clock)))
    assert resolved(ticket, clock).level is TrustLevel.LOW


def test_all_other_sessions_can_be_ended(account, clock):
    mine, others = begin(account, clock), [begin(account, clock) for _ in range(2)]
    kept = sessions.end_others(resolved(mine, clock), account, clock())
    assert resolved(kept, clock).account_id == account.id
    assert all(resolved(ticket, clock) is None for ticket in (mine, *others))
    assert [key for key, _ in sessions.all_of(account, clock())] == [kept.key]


def test_the_list_has_every_session_and_where_it_began(account, clock):
    client = clients.Client("Firefox", "Android", "n")
    level = TrustLevel.LOW
    sessions.start(account, level, "password", clock(), client)
    begin(account, clock)
    found = [record.client for _, record in sessions.all_of(account, clock())]
    assert sorted(found) == sorted([client, clients.UNKNOWN])


def test_the_record_names_no_class_of_ours(account, clock):
    begin(account, clock)
    (stored,) = get_store().sessions.values()
    assert type(stored) is tuple
    assert {type(part) for part in stored} <= {tuple, int}


def test_after_twelve_hours_no_passkey_prolongs_the_session(account, clock):
    ticket = with_passkey(account, clock)
    for _ in range(11):
        clock.forward(minutes=59)
        session = resolved(ticket, clock)
        level = TrustLevel.SUBSTANTIAL
        ticket = sessions.step_up(session, account, level, "passkey", clock())
        assert len(resolved(ticket, clock).record.log_ins) == 2
    clock.forward(minutes=59)
    ticket = renewed(ticket, clock)
    clock.forward(minutes=12)
    assert resolved(ticket, clock) is None
