"""Account numbers (Kontonummern): what citizens tell a clerk to be found by.

A number is the beginning of the account's id with two check digits (ISO 7064,
MOD 97-10), written in groups of four, such as 3F2A 91BC 07DE 77. One figure for
another and one letter for another are noticed, a letter for a figure 96 times of 97.
The number is no secret and lets nobody in.
"""

from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.store.service import query_store
from itertools import islice
from stdnum.iso7064 import mod_97_10
from typing import Any
import re


_DIGITS = 12
_GROUP = 4
_NUMBER = re.compile(r"[0-9A-F]{12}[0-9]{2}")
_SEPARATORS = re.compile(r"[\s.\-\u2013]+")


class NumberProblem(ValueError):
    """This is no account number: there is a slip of the pen in it."""


def account_number(account_id: str) -> str:
    """Return the number of the account in groups of four."""
    digits = account_id[:_DIGITS].upper()
    number = digits + mod_97_10.calc_check_digits(digits)
    groups = range(0, len(number), _GROUP)
    return " ".join(number[start : start + _GROUP] for start in groups)


def parse_number(text: str) -> str:
    """Return the digits with which the id of the account begins.

    Blanks and hyphens, capital and small letters do not matter. Raises NumberProblem.
    """
    number = _SEPARATORS.sub("", text).upper()
    if not _NUMBER.fullmatch(number) or not mod_97_10.is_valid(number):
        raise NumberProblem
    return number[:_DIGITS].lower()


def is_mistyped(text: str) -> bool:
    """Tell whether the text looks like a number, but its check digits are wrong."""
    number = _SEPARATORS.sub("", text).upper()
    return bool(_NUMBER.fullmatch(number)) and not mod_97_10.is_valid(number)


def query_by_number(text: str) -> Any | None:
    """Return the account with this number, in whatever state it is.

    None for what is no number, for an unknown one, and where two accounts share it.
    """
    store = query_store()
    try:
        beginning = parse_number(text)
    except NumberProblem:
        return None
    # “g” comes behind all hexadecimal digits.
    ids = () if store is None else store.accounts.keys(beginning, f"{beginning}g")
    found = list(islice(ids, 2))
    return query_account(found[0]) if len(found) == 1 else None
