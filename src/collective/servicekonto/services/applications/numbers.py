"""Application numbers: what citizens and clerks call an application by.

A number is the beginning of the application's id with two check digits, written like
A-3F2A-91BC-07DE-77. The letter tells it from an account number. It is no secret: nobody
gets in with it.
"""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.numbers import NumberProblem
from collective.servicekonto.accounts.numbers import parse_number
import re


__all__ = ["NumberProblem"]

_PREFIX = "A"
_NUMBER = re.compile(r"A?([0-9A-F]{12}[0-9]{2})")
_SEPARATORS = re.compile(r"[\s.\-\u2013]+")


def application_number(application_id: str) -> str:
    """Return the number of the application with this id."""
    return "-".join([_PREFIX, *account_number(application_id).split()])


def parse(text: str) -> str:
    """Return the digits with which the id of the application begins.

    Blanks and hyphens, capital and small letters do not matter, and the first letter may
    be left out. Raises NumberProblem.
    """
    found = _NUMBER.fullmatch(_SEPARATORS.sub("", text).upper())
    if found is None:
        raise NumberProblem
    return parse_number(found.group(1))
