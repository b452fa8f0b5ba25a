"""A queue of deadlines: what is due is read, everything else is left alone."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from persistent import Persistent
from typing import NamedTuple


# Deadlines are rounded up to a slot. Within a slot the keys are ordered by the
# random id, so that simultaneous writers land in different buckets. Rounded up, what
# is due lies in slots that are over, where nobody adds anything any more.
SLOT_SECONDS = 300

# A failing item is tried again after 5, 10, 20 … minutes, at most a day.
FIRST_RETRY_SECONDS = 300
LONGEST_RETRY_SECONDS = 24 * 60 * 60


class DueItem(NamedTuple):
    """An item and the slot (epoch seconds) at which it becomes due."""

    due: int
    item: str


def slot(due: int, seconds: int = SLOT_SECONDS) -> int:
    """Return the deadline (epoch seconds) rounded up to the end of its slot."""
    return -(-due // seconds) * seconds


def retry_pause(failures: int) -> int:
    """Return the seconds to wait after so many failures in a row."""
    doubled: int = FIRST_RETRY_SECONDS * 2 ** min(failures - 1, 20)
    return min(doubled, LONGEST_RETRY_SECONDS)


class DueQueue(Persistent):
    """The deadlines of one provider. Times are epoch seconds.

    ``slot_seconds`` is how long a slot is, and so how much too late something can be.
    """

    slot_seconds = SLOT_SECONDS

    def __init__(self, slot_seconds: int = SLOT_SECONDS) -> None:
        self.slot_seconds = slot_seconds
        self._entries = OOTreeSet()
        self._failures = OOBTree()

    def add(self, item: str, due: int) -> None:
        """Let the item become due at the end of the slot of ``due``."""
        self._entries.insert(_key(slot(due, self.slot_seconds), item))

    def remove(self, item: str, due: int) -> None:
        """Forget the item that was added with this deadline."""
        key = _key(slot(due, self.slot_seconds), item)
        if key in self._entries:
            self._entries.remove(key)
        if item in self._failures:
            del self._failures[item]

    def forget(self, item: str, dues: Iterable[int]) -> None:
        """Forget the item, which was added with no other deadlines than these.

        Where it failed it was postponed, and the whole queue is read.
        """
        for due in list(self._all_of(item)) if item in self._failures else dues:
            self.remove(item, due)

    def _all_of(self, item: str) -> Iterator[int]:
        return (one.due for one in map(_parse, self._entries) if one.item == item)

    def upto(self, now: datetime, after: DueItem | None = None) -> Iterator[DueItem]:
        """Yield what is due, earliest first, beginning behind ``after``."""
        last = _key(int(now.timestamp()) + 1, "")
        first = "" if after is None else _key(*after)
        for key in self._entries.keys(first, last, excludemin=after is not None):
            yield _parse(key)

    def count(self, now: datetime) -> int:
        """Return how many items are due."""
        return sum(1 for _ in self.upto(now))

    def failed(self, entry: DueItem, now: datetime) -> int:
        """Postpone an item that failed; return the seconds until its next try."""
        failures = self._failures.get(entry.item, 0) + 1
        pause = retry_pause(failures)
        self.remove(entry.item, entry.due)
        self._failures[entry.item] = failures
        self.add(entry.item, int(now.timestamp()) + pause)
        return pause

    def __len__(self) -> int:
        return len(self._entries)


def _key(due: int, item: str) -> str:
    return f"{due:010x}{item}"


def _parse(key: str) -> DueItem:
    return DueItem(int(key[:10], 16), key[10:])
