"""The parameters of useID (BSI TR-03130-1, chapter 3.2.1.1)."""

from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from typing import Any


LEVEL_HIGH = "http://bsi.bund.de/eID/LoA/hoch"

# From this version of the eID-Interface on a server knows levels of assurance.
KNOWS_LEVELS = (2, 4, 0)


def arguments(question: Question, version: tuple[int, int, int]) -> dict[str, Any]:
    """Return the parameters for a server whose interface has this version.

    A document below the level "hoch" is not accepted; older servers have no others.
    """
    found: dict[str, Any] = {"UseOperations": _operations(question)}
    if question.minimum_age:
        found["AgeVerificationRequest"] = {"Age": question.minimum_age}
    if question.community:
        found["PlaceVerificationRequest"] = {"CommunityID": question.community}
    if question.reason:
        found["TransactionInfo"] = question.reason
    if version >= KNOWS_LEVELS:
        found["LevelOfAssuranceRequest"] = LEVEL_HIGH
    return found


def _operations(question: Question) -> dict[str, str]:
    return {operation.value: _selection(operation, question) for operation in Operation}


def _selection(operation: Operation, question: Question) -> str:
    if operation in question.required:
        return "REQUIRED"
    return "ALLOWED" if operation in question.optional else "PROHIBITED"
