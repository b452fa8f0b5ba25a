"""The name of a thread in addresses: it tells nobody which account it belongs to.

The id of the account is covered with a key stream that only this portal can make, one
for each thread. Who changes a name names another account, in which no such thread is.
"""

from collective.servicekonto.keys import signature
from typing import NamedTuple
import re


_PURPOSE = "thread-names"
_BITS = 128
_NAME = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})")


class Named(NamedTuple):
    """What a name stands for; both are ids."""

    account_id: str
    thread: str


def name_of(account_id: str, thread: str) -> str:
    """Return the name of the thread in this account."""
    return _covered(account_id, thread) + thread


def query_named(name: str) -> Named | None:
    """Return what the name stands for, None for what is no name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    covered, thread = match.groups()
    return Named(_covered(covered, thread), thread)


def _covered(account_id: str, thread: str) -> str:
    stream = int(signature(_PURPOSE, thread)[: _BITS // 4], 16)
    return f"{int(account_id, 16) ^ stream:032x}"
