"""What the answers say (BSI TR-03130-1, chapters 3.2 and 3.3).

zeep would read them, too, but does not tell an empty element from a missing one: that
somebody has no doctoral degree, from that nobody looked.
"""

from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.port import TEST_MARK
from collective.servicekonto.eid.server.messages import AgainstSchema
from collective.servicekonto.eid.server.messages import DSS
from collective.servicekonto.eid.server.messages import EID
from collective.servicekonto.eid.server.messages import text_of
from collective.servicekonto.eid.server.results import OK
from collective.servicekonto.eid.server.results import problem_of
from collective.servicekonto.identity.dates import DateProblem
from collective.servicekonto.identity.dates import parse_card_date
from datetime import date
from typing import Any


_PLACES = frozenset({Operation.PLACE_OF_BIRTH, Operation.PLACE_OF_RESIDENCE})

# Neither is among the personal data.
_VERIFICATIONS = frozenset({Operation.AGE_VERIFICATION, Operation.PLACE_VERIFICATION})

_PLAIN = frozenset(Operation) - _PLACES - _VERIFICATIONS - {Operation.RESTRICTED_ID}

_ISO_LENGTH = len("2029-10-31")
_CARD_LENGTH = len("20291031")


def check_result(answer: Any) -> None:
    """Raise the EIDProblem that the answer names, if it names one."""
    if _result_text(answer, "ResultMajor") != OK:
        raise problem_of(_result_text(answer, "ResultMinor"))


def read_opened(answer: Any, ecard_address: str) -> Opened:
    """Return the session; the address where the server names none. Raises AgainstSchema."""
    session, psk_id = text_of(answer, "Session", "ID"), text_of(answer, "PSK", "ID")
    if not session or not psk_id:
        raise AgainstSchema("no-session")
    return Opened(
        id=session.strip(),
        server_address=(text_of(answer, "eCardServerAddress") or ecard_address).strip(),
        psk_id=psk_id.strip(),
        psk=(text_of(answer, "PSK", "Key") or "").strip(),
    )


def read_level(answer: Any) -> str:
    """Return the level of assurance of the authentication, "" where it is not told."""
    return (text_of(answer, "LevelOfAssuranceResult") or "").strip()


def read_result(answer: Any, today: date) -> Result:
    """Return what the document said. Raises AgainstSchema."""
    if answer.find(EID + "PersonalData") is None:
        raise AgainstSchema("no-data")
    outcomes = _outcomes(answer)
    return Result(
        values=_values(answer, outcomes, today),
        not_on_chip=frozenset(
            operation
            for operation, outcome in outcomes.items()
            if outcome == "NOTONCHIP"
        ),
        pseudonym=_pseudonym(answer, "ID", outcomes),
        second_pseudonym=_pseudonym(answer, "ID2", outcomes),
        old_enough=_fulfils(answer, "FulfilsAgeVerification"),
        lives_there=_fulfils(answer, "FulfilsPlaceVerification"),
        is_test=_result_text(answer, "ResultMessage") == TEST_MARK,
    )


def read_info(answer: Any) -> Info:
    """Return what the server says about itself."""
    major, minor, fix = (
        int(text_of(answer, "ServerVersion", name) or 0)
        for name in ("Major", "Minor", "Bugfix")
    )
    text = text_of(answer, "ServerVersion", "VersionString") or ""
    rights = frozenset(
        operation
        for operation in Operation
        if text_of(answer, "DocumentVerificationRights", operation.value) == "ALLOWED"
    )
    return Info((major, minor, fix), rights, TEST_MARK in text)


def _result_text(answer: Any, name: str) -> str:
    return (answer.findtext(f"{DSS}Result/{DSS}{name}") or "").strip()


def _outcomes(answer: Any) -> dict[Operation, str]:
    """Return what became of each operation. What was not allowed is PROHIBITED."""
    return {
        operation: text_of(answer, "OperationsAllowedByUser", operation.value)
        or "PROHIBITED"
        for operation in Operation
    }


def _values(
    answer: Any, outcomes: dict[Operation, str], today: date
) -> dict[Operation, str | Place]:
    values: dict[Operation, str | Place] = {}
    for operation in sorted(_PLAIN | _PLACES, key=lambda one: one.value):
        element = answer.find(f"{EID}PersonalData/{EID}{operation.value}")
        if element is not None and outcomes[operation] == "ALLOWED":
            values[operation] = _value(operation, element, today)
    return values


def _value(operation: Operation, element: Any, today: date) -> str | Place:
    if operation in _PLACES:
        return _place(element)
    if operation is Operation.DATE_OF_BIRTH:
        return _birth_date(element, today)
    text = (element.text or "").strip()
    if operation is Operation.DATE_OF_EXPIRY:
        return _day(text)
    return text


def _place(element: Any) -> Place:
    structured = {
        name: (text_of(element, "StructuredPlace", tag) or "").strip()
        for name, tag in (
            ("street", "Street"),
            ("city", "City"),
            ("state", "State"),
            ("country", "Country"),
            ("postal_code", "ZipCode"),
        )
    }
    return Place(
        **structured,
        text=(text_of(element, "FreetextPlace") or "").strip(),
        no_place=(text_of(element, "NoPlaceInfo") or "").strip(),
    )


def _birth_date(element: Any, today: date) -> str:
    # Servers may leave out the blanks at the end, which stand for unknown parts.
    text = (text_of(element, "DateString") or "").ljust(_CARD_LENGTH)
    try:
        return parse_card_date(text, today)
    except DateProblem:
        raise AgainstSchema("date-of-birth") from None


def _day(text: str) -> str:
    # A date of XML Schema may have a time zone, which says nothing here.
    try:
        return date.fromisoformat(text[:_ISO_LENGTH]).isoformat()
    except ValueError:
        raise AgainstSchema("date-of-expiry") from None


def _pseudonym(answer: Any, name: str, outcomes: dict[Operation, str]) -> str:
    if outcomes[Operation.RESTRICTED_ID] != "ALLOWED":
        return ""
    text = text_of(answer, "PersonalData", "RestrictedID", name) or ""
    return text.strip().lower()


def _fulfils(answer: Any, name: str) -> bool | None:
    text = text_of(answer, name, "FulfilsRequest")
    return None if text is None else text.strip() in ("true", "1")
