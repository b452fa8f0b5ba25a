"""Attributes: what is known about a person, each with a trust level of its own."""

from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass
from enum import Enum


# What JSON can hold: a text, or rows such as children or vehicles.
Value = str | int | float | bool | list["Value"] | dict[str, "Value"]


class Source(Enum):
    """Who says so: the citizen alone, or a proof. The values are stored."""

    TYPED = "eingabe"
    LINK = "link"
    OFFICE = "behoerde"
    ONLINE_AUSWEIS = "online-ausweis"

    @property
    def highest(self) -> TrustLevel:
        """Return the level that this source can give at most."""
        return _HIGHEST[self]


_HIGHEST = {
    Source.TYPED: TrustLevel.BASIS,
    Source.LINK: TrustLevel.LOW,
    Source.OFFICE: TrustLevel.HIGH,
    Source.ONLINE_AUSWEIS: TrustLevel.HIGH,
}


@dataclass(frozen=True)
class Attribute:
    """One statement about a person.

    ``since`` is when it was typed or first proven at this level, epoch seconds.
    An attribute that nobody stated is no Attribute, but None. An empty value is
    the statement that there is none, a birth name for example, and needs a proof
    (BSI TR-03160-1, chapter 2.3). Raises ValueError for an empty typed value, and
    for a level that the source cannot give.
    """

    value: Value
    level: TrustLevel
    source: Source
    since: int

    def __post_init__(self) -> None:
        if (self.level is TrustLevel.BASIS) != (self.source is Source.TYPED):
            raise ValueError("What is typed, and only that, has the lowest level.")
        if self.level > self.source.highest:
            raise ValueError("The source cannot give this level.")
        if self.source is Source.TYPED and is_empty(self.value):
            raise ValueError("That there is none has to be proven.")


def typed(value: Value, now: int) -> Attribute:
    """Return what the citizen states without any proof (chapter 3)."""
    return Attribute(value, TrustLevel.BASIS, Source.TYPED, now)


def proven(value: Value, level: TrustLevel, source: Source, now: int) -> Attribute:
    """Return what a proof of this level states; an empty value says "none"."""
    return Attribute(value, level, source, now)


def is_empty(value: Value | None) -> bool:
    """Tell whether the value is a text or list without content. 0 is a content."""
    return value in (None, "", [], {})
