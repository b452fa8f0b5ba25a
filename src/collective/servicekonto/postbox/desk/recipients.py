"""Finding the one citizen whom a clerk means: by what the citizen told, never by name.

A clerk cannot browse citizens, and cannot try many addresses: look-ups are counted,
and misses make pauses. Each one is in the audit log.
"""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.numbers import query_by_number
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.accounts.throttle import Rate
from datetime import datetime
from datetime import timedelta
from typing import Any


# A clerk who writes all day stays below; whoever tries a list of addresses does not.
LOOKUPS = 120
PER = timedelta(hours=1)
FREE_MISSES = 10

# A program may know thousands of addresses, most of them without an account.
MISSES_OF_PROGRAM = 1000

_lookups = Rate(LOOKUPS, PER)
_misses = Pauses(free=FREE_MISSES)
_misses_of_programs = Rate(MISSES_OF_PROGRAM, PER)


class NoRecipient(LookupError):
    """No active account is found with this."""


class TooManyLookups(PermissionError):
    """The clerk has to wait before looking for somebody again."""


def find(office: str, clerk: str, text: str, now: datetime) -> Any:
    """Return the active account with exactly this e-mail address or account number.

    Whether there is none, or one that cannot get messages, is not told. Raises
    NoRecipient or TooManyLookups.
    """
    if _misses.wait(clerk, now) or not _lookups.allow(clerk, now):
        audit.record_for_office("recipient-refused", office, clerk)
        raise TooManyLookups
    account = _found(office, clerk, text)
    if account is None:
        _misses.failed(clerk, now)
        raise NoRecipient
    return account


def find_for_program(office: str, program: str, text: str, now: datetime) -> Any:
    """Return the same account for a program, which may look for more of them.

    Only misses are counted. Raises NoRecipient or TooManyLookups.
    """
    if _misses_of_programs.count(program, now) >= MISSES_OF_PROGRAM:
        audit.record_for_office("recipient-refused", office, program)
        raise TooManyLookups
    account = _found(office, program, text)
    if account is None:
        _misses_of_programs.allow(program, now)
        raise NoRecipient
    return account


def _found(office: str, clerk: str, text: str) -> Any | None:
    account = _query(text.strip())
    if account is None:
        audit.record_for_office("recipient-unknown", office, clerk)
        return None
    audit.record_for_office("recipient-found", office, clerk, account.id)
    return account


def _query(text: str) -> Any | None:
    account = query_by_address(text) if "@" in text else query_by_number(text)
    return account if account is not None and is_active(account) else None
