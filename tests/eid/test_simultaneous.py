"""Sixteen ways back at the same time: the result is taken once, on a real storage."""

from collective.servicekonto.eid import sessions
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.sessions import NotYours
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.sessions import Reading
from collective.servicekonto.store import service as store_service
from collective.servicekonto.store.tokens import TokenRefused
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import UTC
from tests.eid.provider import Provider
from tests.transactions import in_transaction
import pytest
import threading


NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
BROWSER = "erika:session"
MANY = 16


@pytest.fixture
def working(database, monkeypatch):
    """Does work in transactions of its thread, with the store that they see."""
    present = threading.local()
    for module in (sessions, store_service):
        monkeypatch.setattr(module, "get_store", lambda: present.store)

    def do(work):
        def within(store):
            present.store = store
            return work()

        return in_transaction(database, within)

    return do


@pytest.fixture
def provider():
    """An eID-Server that gives out a result once."""
    return Provider()


@pytest.fixture
def begun(working, provider):
    """The secret of the TC token of a session."""
    opened = provider.open(None)
    return working(
        lambda: sessions.begin(
            Purpose.UPGRADE, "erika", BROWSER, opened, "mein-bereich", NOW
        )
    )


def at_once(work):
    """Return how often the work was done by so many that begin together."""
    ready = threading.Barrier(MANY)

    def one(_number):
        ready.wait()
        try:
            work()
        except (NotYours, SessionGone, TokenRefused):
            return False
        return True

    with ThreadPoolExecutor(MANY) as pool:
        return sum(pool.map(one, range(MANY)))


def taking(working, provider, back):
    """Return what the page of the way back does, in a transaction."""

    def take():
        one = sessions.returned(back, BROWSER, NOW)
        result = provider.result(one.server_id, one.counter)
        sessions.keep(one, Reading(result.pseudonym, {}, 0), NOW)

    return lambda: working(take)


def test_the_token_is_handed_over_once(working, begun):
    assert at_once(lambda: working(lambda: sessions.hand_over(begun, NOW))) == 1


def test_the_result_is_taken_once(working, begun, provider):
    _opened, back = working(lambda: sessions.hand_over(begun, NOW))
    assert at_once(taking(working, provider, back)) == 1
    read = working(lambda: sessions.query_reading("erika", BROWSER, NOW))
    assert read.read.pseudonym == provider.answer.pseudonym


def test_a_server_that_repeats_itself_changes_nothing(working, begun, provider):
    _opened, back = working(lambda: sessions.hand_over(begun, NOW))
    provider.result = lambda session_id, counter: provider.answer
    assert at_once(taking(working, provider, back)) == 1
