"""The door to the statistics: what is noted while a service is used, and read later.

Only numbers of a month are kept: not who, not when, not what was entered.
"""

from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.services.statistics import rules
from collective.servicekonto.services.statistics.counters import Counter
from collective.servicekonto.services.statistics.rules import Counts
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from datetime import date
from datetime import datetime
from datetime import time
from datetime import UTC
from typing import Any


# The due queue of months whose numbers are not kept any more.
STATISTICS = "statistics"

_STARTED = "started"
_SENT = "sent"
_PAGE = "page"
_DECIDED = "decided"

# A form has fewer pages than this. Whoever counts more counts on the last one.
_MOST_PAGES = 50


def note_started(service_uid: str, now: datetime) -> None:
    """Note that somebody began an application."""
    _count(service_uid, _STARTED, now)


def note_page(service_uid: str, page_index: int, now: datetime) -> None:
    """Note that a draft came to a page, counted from 0, for the first time."""
    _count(service_uid, f"{_PAGE}:{_limited(page_index)}", now)


def note_sent(service_uid: str, now: datetime) -> None:
    """Note that an application was sent."""
    _count(service_uid, _SENT, now)


def note_decided(service_uid: str, days: int, now: datetime) -> None:
    """Note that an application was decided so many days after it was sent."""
    _count(service_uid, f"{_DECIDED}:{rules.wait_of(days)}", now)


def overview(service_uid: str, today: date, months: int) -> dict[str, Counts]:
    """Return what was counted in so many months up to today, the earliest first."""
    return {
        month: _counts(_numbers(service_uid, month))
        for month in rules.months_until(today, months)
    }


def forget(item: str) -> None:
    """Remove the numbers of a month: an item of the due queue."""
    counters = get_store().statistics
    for key in list(_keys(counters, item)):
        del counters[key]


def _count(service_uid: str, event: str, now: datetime) -> None:
    counters = get_store().statistics
    month = f"{service_uid}:{rules.month_of(day_of(now))}"
    key = f"{month}:{event}"
    if key not in counters:
        counters[key] = Counter()
        get_store().queue(STATISTICS).add(month, _end_of(month))
    counters[key].add_one()


def _end_of(item: str) -> int:
    day = rules.forgotten_on(item.rpartition(":")[2])
    return int(datetime.combine(day, time(), UTC).timestamp())


def _numbers(service_uid: str, month: str) -> dict[str, int]:
    store, item = query_store(), f"{service_uid}:{month}"
    counters = {} if store is None else store.statistics
    return {
        key.removeprefix(f"{item}:"): counters[key].value
        for key in (_keys(counters, item) if counters else ())
    }


def _keys(counters: Any, item: str) -> Any:
    # The character behind the colon.
    return counters.keys(f"{item}:", f"{item};")


def _counts(numbers: dict[str, int]) -> Counts:
    pages = {
        int(event.partition(":")[2]): number
        for event, number in numbers.items()
        if event.startswith(f"{_PAGE}:")
    }
    return Counts(
        started=numbers.get(_STARTED, 0),
        sent=numbers.get(_SENT, 0),
        pages=tuple(pages.get(one, 0) for one in range(max(pages, default=-1) + 1)),
        decided=tuple(
            numbers.get(f"{_DECIDED}:{wait}", 0) for wait in range(len(Counts.decided))
        ),
    )


def _limited(page_index: int) -> int:
    return min(max(page_index, 0), _MOST_PAGES - 1)
