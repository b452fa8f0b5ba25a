"""What happened to the account in 90 days."""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.activity import LastSeen
from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.throttle import Tally
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
from zope.component import getUtility
import json
import transaction


CLIENT = Client("Firefox", "Linux", "a network")


def events(account, clock):
    """Return what happened, the latest first."""
    return [one.event for one in history.entries(account, clock())]


def test_the_latest_comes_first(owner, clock):
    history.record(owner, Event.LOGIN, CLIENT, clock(), failed=2)
    clock.forward(minutes=1)
    history.record(owner, Event.LOGOUT, CLIENT, clock())
    latest, first = history.entries(owner, clock())
    assert (latest.event, first.event) == (Event.LOGOUT, Event.LOGIN)
    assert (first.failed, first.client) == (2, CLIENT)


def test_it_is_shown_and_kept_for_90_days(owner, clock):
    history.record(owner, Event.LOGIN, CLIENT, clock())
    clock.forward(days=89, hours=23)
    assert events(owner, clock) == [Event.LOGIN]
    clock.forward(hours=1)
    assert events(owner, clock) == []
    clock.forward(minutes=6)
    assert cleanup.run(batch=10, window=60)["history"]["done"] == 1
    assert len(get_store().history) == 0


def test_everybody_has_a_history_of_their_own(owner, clock):
    max_ = active_account(clock(), "max@example.org")
    history.record(max_, Event.LOGIN, CLIENT, clock())
    assert events(owner, clock) == []


def test_it_goes_with_the_account(owner, clock):
    max_ = active_account(clock(), "max@example.org")
    for account in (owner, max_):
        history.record(account, Event.LOGIN, CLIENT, clock())
    accounts.remove_account(owner)
    assert len(get_store().history) == 1
    assert len(get_store().queue(history.HISTORY)) == 1


def test_a_new_password_is_noted(owner, clock):
    accounts.set_password(owner, "Teekanne über dem Leuchtturm")
    assert events(owner, clock) == [Event.PASSWORD_CHANGED]


def test_the_store_holds_plain_values(owner, clock):
    history.record(owner, Event.LOGIN, CLIENT, clock())
    (stored,) = get_store().history.values()
    assert stored == ("login", int(clock().timestamp()), tuple(CLIENT), "", 0)


def test_the_audit_log_names_the_event_and_no_detail(owner, clock, caplog):
    with caplog.at_level("INFO", "collective.servicekonto.audit"):
        history.record(owner, Event.PASSKEY_ADDED, CLIENT, clock(), label="Handy")
    assert caplog.messages == [f"event=passkey-added account={owner.id}"]


def test_wrong_passwords_are_counted_until_they_are_told(owner, clock):
    for address in ("Erika@example.org", "erika@example.org ", "max@example.org"):
        guesses.failed(guesses.Attempt(address, "192.0.2.7", False))
    assert guesses.take_failures("erika@example.org") == 2
    assert guesses.take_failures("erika@example.org") == 0


def test_a_log_in_that_is_tried_again_tells_them_as_well(owner, clock):
    guesses.failed(guesses.Attempt("erika@example.org", "192.0.2.7", False))
    transaction.begin()
    assert guesses.take_failures("erika@example.org") == 1
    transaction.abort()
    assert guesses.take_failures("erika@example.org") == 1


def test_a_tally_remembers_as_much_as_it_has_room_for():
    tally = Tally(capacity=2)
    for key in "abcc":
        tally.count(key)
    assert [tally.take(key) for key in "abc"] == [0, 1, 2]


def test_the_last_activities_are_remembered_as_long_as_there_is_room(clock):
    seen = LastSeen(capacity=2)
    for key in "abc":
        seen.note(key, clock())
    assert seen.at("a") is None
    assert seen.at("c") == int(clock().timestamp())


def test_the_export_holds_no_secret(owner, passkey, session, clock):
    history.record(owner, Event.PASSKEY_ADDED, CLIENT, clock(), label="Mein Handy")
    data = {
        name: getUtility(IPersonalData, name).data(owner)
        for name in ("means", "sessions", "history")
    }
    text = json.dumps(data)
    assert data["means"][1]["label"] == data["history"][0]["label"] == "Mein Handy"
    assert data["sessions"][0]["log_ins"][0]["means"] == "password"
    assert owner.password_hash not in text
    assert session.key not in text
    assert passkey.credential.hex() not in text
    assert "network" not in text
