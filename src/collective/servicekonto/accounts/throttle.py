"""Slowing down guessing, without locking anybody out.

The counters live in the memory of one process: a restart forgets them, and each
process counts for itself. Keys are kept as keyed hashes only, so that neither
addresses nor networks can be read from the memory. Pauses, Rate, Volume and Tally are
thread-safe.
"""

from collections import deque
from collections import OrderedDict
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from threading import Lock
from typing import Generic
from typing import TypeVar
import hashlib
import secrets


CAPACITY = 50_000
FREE_FAILURES = 3
PAUSE_GROWTH = 1.8
LONGEST_PAUSE = 60.0
FORGOTTEN_AFTER = timedelta(hours=1)

# So many failures behind the free ones every pause is the longest one.
_SLOWEST = 7

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The values changed last, by the keyed hashes of their keys. Not thread-safe."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._secret = secrets.token_bytes(32)
        self._values: OrderedDict[bytes, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: str) -> Value | None:
        """Return the value, None where there is none."""
        return self._values.get(self._digest(key))

    def put(self, key: str, value: Value) -> None:
        """Keep the value; the one changed longest ago may go for it."""
        digest = self._digest(key)
        self._values[digest] = value
        self._values.move_to_end(digest)
        if len(self._values) > self._capacity:
            self._values.popitem(last=False)

    def drop(self, key: str) -> None:
        """Forget the value."""
        self._values.pop(self._digest(key), None)

    def _digest(self, key: str) -> bytes:
        data = key.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._secret, digest_size=16).digest()


@dataclass(frozen=True)
class _Failures:
    count: int
    last: datetime
    before: "_Failures | None" = None


class Pauses:
    """Growing pauses between failed attempts.

    Some failures are free, three unless told otherwise; then the pauses grow
    1.8-fold from 1.8 seconds to a minute at most. A quiet hour, or success,
    forgets the failures.
    """

    def __init__(self, free: int = FREE_FAILURES, capacity: int = CAPACITY) -> None:
        self._free = free
        self._lock = Lock()
        self._failures: Recent[_Failures] = Recent(capacity)

    def __len__(self) -> int:
        return len(self._failures)

    def wait(self, key: str, now: datetime) -> float:
        """Return how many seconds the next attempt has to wait, 0.0 if none."""
        with self._lock:
            return self._wait(key, now)

    def failed(self, key: str, now: datetime) -> None:
        """Note a failed attempt."""
        with self._lock:
            self._count(key, now)

    def begin(self, key: str, now: datetime) -> float:
        """Return how many seconds to wait; if none, the attempt counts as failed.

        So many at the same time are not more than one after the other. An attempt
        that does not fail is taken back.
        """
        with self._lock:
            seconds = self._wait(key, now)
            if not seconds:
                self._count(key, now)
        return seconds

    def take_back(self, key: str, now: datetime) -> None:
        """Forget the last failed attempt; the pause goes on where it was."""
        with self._lock:
            failures = self._known(key, now)
            if failures is None:
                return
            if failures.before is not None:
                self._failures.put(key, failures.before)
            elif failures.count > 1:
                self._failures.put(key, _Failures(failures.count - 1, failures.last))
            else:
                self._failures.drop(key)

    def succeeded(self, key: str) -> None:
        """Forget the failures before a success."""
        with self._lock:
            self._failures.drop(key)

    def _wait(self, key: str, now: datetime) -> float:
        failures = self._known(key, now)
        if failures is None:
            return 0.0
        passed = (now - failures.last).total_seconds()
        return max(0.0, self._pause(failures.count) - passed)

    def _count(self, key: str, now: datetime) -> None:
        failures = self._known(key, now)
        count = 1 if failures is None else failures.count + 1
        before = None if failures is None else replace(failures, before=None)
        kept = _Failures(min(count, self._free + _SLOWEST), now, before)
        self._failures.put(key, kept)

    def _pause(self, failures: int) -> float:
        if failures <= self._free:
            return 0.0
        return min(PAUSE_GROWTH ** (failures - self._free), LONGEST_PAUSE)

    def _known(self, key: str, now: datetime) -> _Failures | None:
        failures = self._failures.get(key)
        if failures is None:
            return None
        if now - failures.last >= FORGOTTEN_AFTER:
            self._failures.drop(key)
            return None
        if now < failures.last:
            # The clock was set back: the pause begins anew, and ends.
            failures = _Failures(failures.count, now)
            self._failures.put(key, failures)
        return failures


class Rate:
    """At most so many events per key within any stretch of time."""

    def __init__(self, limit: int, per: timedelta, capacity: int = CAPACITY) -> None:
        self._limit = limit
        self._per = per
        self._lock = Lock()
        self._events: Recent[deque[datetime]] = Recent(capacity)

    def __len__(self) -> int:
        return len(self._events)

    def allow(self, key: str, now: datetime) -> bool:
        """Count the event and return True, or False if the limit is reached.

        Refused events are not counted: they do not prolong the waiting.
        """
        with self._lock:
            events = self._recent(key, now)
            if len(events) >= self._limit:
                return False
            events.append(now)
            self._events.put(key, events)
            return True

    def take_back(self, key: str) -> None:
        """Forget the last event that was counted."""
        with self._lock:
            events = self._events.get(key)
            if events:
                events.pop()

    def count(self, key: str, now: datetime) -> int:
        """Return how many events are counted at this moment."""
        with self._lock:
            return len(self._recent(key, now))

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        events = self._events.get(key) or deque()
        if events and events[-1] > now:
            # The clock was set back: what lies ahead of it happened just now.
            events = deque(min(event, now) for event in events)
            self._events.put(key, events)
        while events and now - events[0] >= self._per:
            events.popleft()
        return events


class Volume:
    """How much there was per key within a stretch of time, to the minute."""

    def __init__(self, per: timedelta, capacity: int = CAPACITY) -> None:
        self._per = per
        self._lock = Lock()
        self._amounts: Recent[dict[int, int]] = Recent(capacity)

    def sum(self, key: str, now: datetime) -> int:
        """Return how much it was until now."""
        with self._lock:
            return sum(self._recent(key, now).values())

    def add(self, key: str, amount: int, now: datetime) -> None:
        """Note so much more; a negative amount takes back what was noted."""
        with self._lock:
            amounts = self._recent(key, now)
            minute = _minute(now)
            amounts[minute] = amounts.get(minute, 0) + amount
            self._amounts.put(key, amounts)

    def _recent(self, key: str, now: datetime) -> dict[int, int]:
        # What lies ahead of a clock that was set back ends as late as it would have.
        since = _minute(now - self._per)
        known = self._amounts.get(key) or {}
        return {minute: amount for minute, amount in known.items() if minute > since}


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


class Tally:
    """How often something happened since it was last asked for."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._lock = Lock()
        self._counts: Recent[int] = Recent(capacity)

    def count(self, key: str, times: int = 1) -> None:
        """Count once more, or so many times."""
        with self._lock:
            self._counts.put(key, (self._counts.get(key) or 0) + times)

    def take(self, key: str) -> int:
        """Return the count, and begin anew."""
        with self._lock:
            count = self._counts.get(key) or 0
            self._counts.drop(key)
            return count
