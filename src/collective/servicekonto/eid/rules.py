"""Which readings of a card the upgrade accepts. Pure: the day is passed in."""

from collective.servicekonto import _
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from datetime import date
from typing import Any
from typing import ClassVar


MINIMUM_AGE = 16

# The minimum data set of German cards (BSI TR-03160-1, chapter 2.2), and what the
# upgrade needs beside it.
MINIMUM_DATA = frozenset(
    {
        Operation.GIVEN_NAMES,
        Operation.FAMILY_NAMES,
        Operation.BIRTH_NAME,
        Operation.DATE_OF_BIRTH,
        Operation.PLACE_OF_BIRTH,
        Operation.PLACE_OF_RESIDENCE,
    }
)
_NEEDED = frozenset({Operation.RESTRICTED_ID, Operation.AGE_VERIFICATION})

# What becomes an attribute as well, where the provider's certificate allows it.
FURTHER_DATA = frozenset({Operation.ACADEMIC_TITLE, Operation.NATIONALITY})


class Refused(Exception):
    """The card was read, and cannot be used for this; ``message`` tells the citizen."""

    message: ClassVar[Any] = _("This Online-Ausweis cannot be used here.")


class OnlyATest(Refused):
    """The document is none of a person."""

    message = _(
        "This is a test card. It cannot be used in this portal. Please use your own "
        "identity card."
    )


class Expired(Refused):
    """The document is not valid any more."""

    message = _(
        "Your identity card has expired. Please ask your Bürgeramt for a new one. "
        "Nothing was changed."
    )


class TooYoung(Refused):
    """The holder is younger than 16, so that the function cannot be used (PAuswG)."""

    message = _(
        "The Online-Ausweis can be used from the age of 16 on. Nothing was changed."
    )


class Incomplete(Refused):
    """Something is missing that the upgrade needs."""

    message = _(
        "The card did not give all details that are needed. Nothing was changed. Please "
        "start again, and allow all details in the AusweisApp."
    )


def question(reason: str) -> Question:
    """Return what the upgrade asks of the card; ``reason`` is shown by the AusweisApp."""
    return Question(
        required=MINIMUM_DATA | _NEEDED,
        optional=FURTHER_DATA,
        minimum_age=MINIMUM_AGE,
        reason=reason,
    )


def question_at_log_in(reason: str) -> Question:
    """Return what a log-in asks: whose card it is, and whether the holder has moved."""
    needed = {Operation.RESTRICTED_ID, Operation.PLACE_OF_RESIDENCE}
    return Question(required=frozenset(needed), reason=reason)


def check_genuine(result: Result) -> None:
    """Raise OnlyATest for a document that is none of a person."""
    if result.is_test:
        raise OnlyATest


def check_document(result: Result, today: date) -> None:
    """Raise Refused for a document that cannot be used, whatever it is read for."""
    if result.expires is not None and result.expires < today:
        raise Expired
    if not result.pseudonym:
        raise Incomplete


def check_person(result: Result, today: date) -> None:
    """Raise Refused where the upgrade is not possible with what was read."""
    if result.old_enough is not True or _is_too_young(result, today):
        raise TooYoung
    for operation in MINIMUM_DATA - result.not_on_chip:
        if operation not in result.values:
            raise Incomplete


def _is_too_young(result: Result, today: date) -> bool:
    born = str(result.values.get(Operation.DATE_OF_BIRTH, ""))
    # Where day or month are unknown, the verification of the card decides alone.
    if len(born) != len("1950-05-24"):
        return False
    day = date.fromisoformat(born)
    before_birthday = (today.month, today.day) < (day.month, day.day)
    return today.year - day.year - before_birthday < MINIMUM_AGE
