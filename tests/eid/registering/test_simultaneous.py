"""Sixteen accounts that want one card at the same time: exactly one gets it."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts.cards import CardTaken
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import UTC
from tests.transactions import in_transaction
from types import SimpleNamespace
import pytest
import threading


NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MANY = 16


@pytest.fixture
def working(database, monkeypatch):
    """Does work in transactions of its thread, with the store that they see."""
    present = threading.local()
    monkeypatch.setattr(cards, "get_store", lambda: present.store)

    def do(work):
        def within(store):
            present.store = store
            return work()

        return in_transaction(database, within)

    return do


def test_one_of_them_gets_it(working):
    ready = threading.Barrier(MANY)

    def keep(number):
        ready.wait()
        account = SimpleNamespace(id=f"account-{number}", card=())
        try:
            working(lambda: cards.keep(account, "pseudonym", NOW))
        except CardTaken:
            return None
        return account.id

    with ThreadPoolExecutor(MANY) as pool:
        winners = [one for one in pool.map(keep, range(MANY)) if one]
    assert len(winners) == 1
    assert working(lambda: cards.owner("pseudonym")) == winners[0]
