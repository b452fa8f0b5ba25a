"""Trust levels (Vertrauensniveaus), from a typed value up to the Online-Ausweis."""

from enum import Enum
from functools import total_ordering
from typing import Self


@total_ordering
class TrustLevel(Enum):
    """How far a statement about a person can be relied upon.

    The levels are ordered and hold the German words as their values
    (BSI TR-03160-1, chapter 2.3 and 3).
    """

    BASIS = "basisregistrierung"
    LOW = "niedrig"
    SUBSTANTIAL = "substanziell"
    HIGH = "hoch"

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, TrustLevel):
            return NotImplemented
        return _ORDER[self] < _ORDER[other]


_ORDER = {level: position for position, level in enumerate(TrustLevel)}
