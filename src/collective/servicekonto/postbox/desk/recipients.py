"""Finding the one citizen whom a clerk means: by what the citizen told, never by name.

A clerk cannot browse citizens, and cannot try many addresses: look-ups are counted,
and misses make pauses. A program is a member as well: its misses count like those of a
clerk, so that nobody gets round the pauses through REST. Each look-up is in the audit
log.
"""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.numbers import is_mistyped
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

# A program writes to many citizens. What it found counts, also if it then takes the
# message back before it is sent.
LOOKUPS_OF_PROGRAM = 3000

FREE_MISSES = 10

_lookups = Rate(LOOKUPS, PER)
_lookups_of_programs = Rate(LOOKUPS_OF_PROGRAM, PER)
_misses = Pauses(free=FREE_MISSES)


class NoRecipient(LookupError):
    """No active account is found with this."""


class Mistyped(NoRecipient):
    """The check digits of the account number are wrong: nobody was looked for."""


class TooManyLookups(PermissionError):
    """One has to wait before looking for somebody again."""


def find(office: str, clerk: str, text: str, now: datetime) -> Any:
    """Return the active account with exactly this e-mail address or account number.

    Whether there is none, or one that cannot get messages, is not told. Raises
    NoRecipient, for a slip of the pen Mistyped, or TooManyLookups.
    """
    return _find(_lookups, office, clerk, text, now)


def find_for_program(office: str, program: str, text: str, now: datetime) -> Any:
    """Return the same account for a program, which may look for more of them.

    Raises NoRecipient or TooManyLookups.
    """
    return _find(_lookups_of_programs, office, program, text, now)


def _find(lookups: Rate, office: str, member: str, text: str, now: datetime) -> Any:
    if is_mistyped(text):
        raise Mistyped
    if not _may_look(lookups, member, now):
        audit.record_for_office("recipient-refused", office, member)
        raise TooManyLookups
    account = _found(office, member, text)
    if account is None:
        raise NoRecipient
    _misses.take_back(member, now)
    return account


def _may_look(lookups: Rate, member: str, now: datetime) -> bool:
    """Tell whether the member may look now; that counts as a miss until it is a hit."""
    if _misses.begin(member, now):
        return False
    if lookups.allow(member, now):
        return True
    _misses.take_back(member, now)
    return False


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
