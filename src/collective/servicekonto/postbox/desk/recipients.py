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

_lookups = Rate(LOOKUPS, PER)
_misses = Pauses(free=FREE_MISSES)


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
    account = _query(text.strip())
    if account is None:
        _misses.failed(clerk, now)
        audit.record_for_office("recipient-unknown", office, clerk)
        raise NoRecipient
    audit.record_for_office("recipient-found", office, clerk, account.id)
    return account


def _query(text: str) -> Any | None:
    account = query_by_address(text) if "@" in text else query_by_number(text)
    return account if account is not None and is_active(account) else None
