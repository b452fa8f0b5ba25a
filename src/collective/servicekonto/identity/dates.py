"""Dates of birth, of which day or month may be unknown.

They are kept as "1950", "1950-05" or "1950-05-24".
"""

from collective.servicekonto import _
from datetime import date
from typing import Any
import re


EARLIEST_YEAR = 1880

_MAXIMUM_LENGTH = 40

# Unknown parts are blank on the chip, printed on the card as XX (BSI TR-03127), and
# written as 00 in many registers.
_UNKNOWN = re.compile(r"\s*|00?|XX?", re.IGNORECASE)

_SEPARATORS = re.compile(r"[\s./-]+")
_TYPED = re.compile(
    r"(?:(?:([0-9]{1,2}|XX?) )?([0-9]{1,2}|XX?) )?([0-9]{4})", re.IGNORECASE
)
_ISO = re.compile(r"([0-9]{4})(?: ([0-9]{1,2}))?(?: ([0-9]{1,2}))?")
_CARD = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2}|  )|    )")


class DateProblem(ValueError):
    """The text is no date of birth; ``message`` tells the citizen why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def parse_birth_date(text: str, today: date) -> str:
    """Return the date that a citizen typed, as it is kept.

    Day before month before year as on the card, or the form in which it is kept.
    Raises DateProblem for anything else, a day that does not exist, one to come,
    and years before 1880.
    """
    words = _words(text)
    match = _TYPED.fullmatch(words)
    if match is not None:
        day, month, year = match.groups()
        return _checked(year, month, day, today)
    match = _ISO.fullmatch(words)
    if match is not None:
        year, month, day = match.groups()
        return _checked(year, month, day, today)
    raise DateProblem(
        _(
            "Please enter the date of birth with day, month and the four digits of "
            "the year, for example 24.12.1950."
        )
    )


def parse_card_date(text: str, today: date) -> str:
    """Return the date of birth of a card, as it is kept.

    On the card it has eight places, year, month and day, with blanks for whatever
    is unknown (BSI TR-03127, DG8). Nothing but blanks is the empty text: proven
    unknown. Raises DateProblem.
    """
    if text == " " * 8:
        return ""
    match = _CARD.fullmatch(text)
    if match is None:
        raise DateProblem(_("The date of birth on the card cannot be read."))
    year, month, day = match.groups()
    return _checked(year, month, day, today)


def display_birth_date(kept: str) -> str:
    """Return the date as it is written in German, for example 24.12.1950."""
    return ".".join(reversed(kept.split("-")))


def _words(text: str) -> str:
    if len(text) > _MAXIMUM_LENGTH:
        return ""
    return " ".join(filter(None, _SEPARATORS.split(text)))


def _checked(year: str, month: str | None, day: str | None, today: date) -> str:
    known = [int(part) for part in (year, month, day) if part and _is_known(part)]
    if _is_known(day) and not _is_known(month):
        raise DateProblem(
            _("Please enter the month as well, or leave out the day of birth.")
        )
    try:
        earliest = date(*known, *[1] * (3 - len(known)))
    except ValueError:
        raise DateProblem(_("This day does not exist. Please check it.")) from None
    if earliest > today:
        raise DateProblem(_("The date of birth must not lie in the future."))
    if earliest.year < EARLIEST_YEAR:
        raise DateProblem(
            _(
                "Please check the year of birth. It must be ${year} or later.",
                mapping={"year": str(EARLIEST_YEAR)},
            )
        )
    return "-".join(f"{part:02}" for part in known)


def _is_known(part: str | None) -> bool:
    return part is not None and _UNKNOWN.fullmatch(part) is None
