"""The queue of deadlines."""

from collective.servicekonto.store.due import DueQueue
from collective.servicekonto.store.due import LONGEST_RETRY_SECONDS
from collective.servicekonto.store.due import retry_pause
from collective.servicekonto.store.due import slot
from collective.servicekonto.store.due import SLOT_SECONDS
from datetime import datetime
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st


TIMES = st.integers(min_value=0, max_value=2**33)
ITEMS = st.text("0123456789abcdef", min_size=1, max_size=32)


def moment(seconds):
    """Return epoch seconds as a time."""
    return datetime.fromtimestamp(seconds, UTC)


@given(TIMES)
def test_nothing_is_due_before_its_deadline(due):
    assert due <= slot(due) < due + SLOT_SECONDS


@given(st.dictionaries(ITEMS, TIMES), TIMES)
def test_exactly_what_is_due_is_found_earliest_first(deadlines, now):
    queue = DueQueue()
    for item, due in deadlines.items():
        queue.add(item, due)
    found = list(queue.upto(moment(now)))
    assert {entry.item for entry in found} == {
        item for item, due in deadlines.items() if slot(due) <= now
    }
    assert found == sorted(found)


@given(st.dictionaries(ITEMS, TIMES))
def test_what_is_removed_is_gone(deadlines):
    queue = DueQueue()
    for item, due in deadlines.items():
        queue.add(item, due)
    for item, due in deadlines.items():
        queue.remove(item, due)
    assert len(queue) == 0


@given(st.lists(TIMES, min_size=1), TIMES)
def test_what_is_forgotten_is_gone_whenever_it_was_due(deadlines, other):
    queue = DueQueue()
    queue.add("other", other)
    for due in deadlines:
        queue.add("item", due)
    queue.forget("item", [0, *deadlines])
    assert [entry.item for entry in queue.upto(moment(2**34))] == ["other"]


@given(st.lists(TIMES, min_size=1), TIMES)
def test_what_failed_is_forgotten_although_it_was_postponed(deadlines, other):
    queue = DueQueue()
    for due in deadlines:
        queue.add("item", due)
    queue.failed(next(queue.upto(moment(2**34))), moment(2**32))
    queue.add("other", other)
    queue.forget("item", [])
    assert [entry.item for entry in queue.upto(moment(2**34))] == ["other"]


@given(st.lists(st.tuples(ITEMS, TIMES), unique_by=lambda pair: pair[0], min_size=1))
def test_the_queue_goes_on_behind_an_entry(pairs):
    queue = DueQueue()
    for item, due in pairs:
        queue.add(item, due)
    end = moment(2**34)
    found = list(queue.upto(end))
    assert list(queue.upto(end, after=found[0])) == found[1:]


@given(st.integers(min_value=1, max_value=10_000))
def test_pauses_grow_up_to_a_day(failures):
    assert retry_pause(failures) <= retry_pause(failures + 1) <= LONGEST_RETRY_SECONDS
