"""When each session was last active, as far as this process has seen it.

The browser holds the time that counts (see sessions). This is for the list that
the citizen reads, and reading a page writes nothing: so it is kept in memory, as
much as there is room for, and forgotten with a restart.
"""

from collective.servicekonto.accounts.throttle import CAPACITY
from collective.servicekonto.accounts.throttle import Recent
from datetime import datetime
from threading import Lock


class LastSeen:
    """The last activity of the sessions that were active last, by their keys."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._lock = Lock()
        self._times: Recent[int] = Recent(capacity)

    def note(self, key: str, now: datetime) -> None:
        """Note an activity of the session with this key."""
        with self._lock:
            self._times.put(key, int(now.timestamp()))

    def at(self, key: str) -> int | None:
        """Return the time in epoch seconds, None where it is not known."""
        with self._lock:
            return self._times.get(key)


seen = LastSeen()
