"""Numbers that many requests raise at once, without meeting each other."""

from BTrees.Length import Length
from persistent import Persistent
import secrets


# The database adds simultaneous changes of a part; parts make them seldom.
_PARTS = 4


class Counter(Persistent):
    """Counts up."""

    def __init__(self) -> None:
        self._parts = tuple(Length() for _number in range(_PARTS))

    def add_one(self) -> None:
        """Count one more."""
        secrets.choice(self._parts).change(1)

    @property
    def value(self) -> int:
        """How many were counted."""
        return sum(int(part()) for part in self._parts)
