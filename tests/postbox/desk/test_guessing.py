"""Many look-ups at once are not more than one after the other."""

from collective.servicekonto.postbox.desk import recipients
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import UTC
import pytest
import time


NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _slow_store(monkeypatch):
    """Finding nobody takes a while."""

    def query(text):
        time.sleep(0.05)

    monkeypatch.setattr(recipients, "_query", query)
    monkeypatch.setattr(recipients.audit, "record_for_office", lambda *_ids: None)


def look(number):
    """Look for somebody who is not there; return whether it was looked at all."""
    try:
        recipients.find("office", "amt", f"geraten{number}@example.org", NOW)
    except recipients.NoRecipient:
        return True
    except recipients.TooManyLookups:
        return False


def test_misses_at_the_same_time_are_not_more_than_one_after_the_other():
    with ThreadPoolExecutor(40) as threads:
        looked = sum(threads.map(look, range(40)))
    assert looked == recipients.FREE_MISSES + 1
