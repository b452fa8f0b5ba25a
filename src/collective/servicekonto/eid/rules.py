"""Which readings of a card the upgrade accepts. Pure: the day is passed in."""

from collective.servicekonto import _
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from datetime import date
from typing import Any
from typing import ClassVar


_OLDEST = 999

# What is asked and is none of the card's data.
_FUNCTIONS = frozenset(
    {
        Operation.RESTRICTED_ID,
        Operation.AGE_VERIFICATION,
        Operation.PLACE_VERIFICATION,
    }
)


class Refused(Exception):
    """The card was read, and cannot be used for this; ``message`` tells the citizen.

    ``page`` is a page of the portal that says more and leads on, "" for none.
    """

    message: ClassVar[Any] = _("This Online-Ausweis cannot be used here.")
    page: ClassVar[str] = ""


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


def check_person(result: Result, question: Question, today: date) -> None:
    """Raise Refused where the upgrade is not possible with what was read.

    ``question`` is what was asked.
    """
    if result.old_enough is not True or _age(result, today) < question.minimum_age:
        raise TooYoung
    if (question.required - _FUNCTIONS - result.not_on_chip) - result.values.keys():
        raise Incomplete


def _age(result: Result, today: date) -> int:
    born = str(result.values.get(Operation.DATE_OF_BIRTH, ""))
    if len(born) != len("1950-05-24"):
        # Where day or month are unknown, the verification of the card decides alone.
        return _OLDEST
    day = date.fromisoformat(born)
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
