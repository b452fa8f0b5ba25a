"""Sorted texts in several parts, so that simultaneous writers seldom meet."""

from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterator
from heapq import merge
from persistent import Persistent


# As many as a hexadecimal digit tells apart.
PARTS = 16


class PartedSet(Persistent):
    """Texts in their order. A random hexadecimal digit says in which part each lies."""

    def __init__(self) -> None:
        self._parts = tuple(OOTreeSet() for _number in range(PARTS))

    def add(self, text: str, digit: str) -> None:
        """Keep the text."""
        self._parts[int(digit, PARTS)].insert(text)

    def discard(self, text: str, digit: str) -> None:
        """Keep the text no longer, if it is there."""
        part = self._parts[int(digit, PARTS)]
        if text in part:
            part.remove(text)

    def texts(self, behind: str = "") -> Iterator[str]:
        """Yield the texts, behind one of them."""
        parts = (
            part.keys(behind or None, excludemin=bool(behind)) for part in self._parts
        )
        yield from merge(*parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))
