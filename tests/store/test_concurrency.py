"""The store under simultaneous writers, on a real FileStorage."""

from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenRefused
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import UTC
from tests.transactions import in_transaction
import threading


NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EXPIRES = int(NOW.timestamp()) + 60


def test_of_16_simultaneous_clicks_on_a_link_exactly_one_wins(database):
    token = Token("activate", "account", "pending", EXPIRES)
    raw = in_transaction(database, lambda store: store.tokens.issue(token))
    ready = threading.Barrier(16)

    def consume(store):
        return store.tokens.consume(raw, "activate", NOW)

    def click(_number):
        ready.wait()
        try:
            in_transaction(database, consume)
        except TokenRefused:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(click, range(16))) == 1


def test_four_writers_lose_no_deadline(database):
    in_transaction(database, lambda store: store.queue("activation").add("first", 0))

    def add(number):
        in_transaction(
            database,
            lambda store: store.queue("activation").add(f"{number:032x}", EXPIRES),
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(200)))
    count = in_transaction(database, lambda store: len(store.queue("activation")))
    assert count == 201
