"""The log of the transfers of one citizen's data: what, to whom, why, and when.

The values themselves are not in it.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of transfers.
TRANSFERS = "transfers"


class Transfer(NamedTuple):
    """Data that left the account once.

    ``id`` is unguessable and begins with the time; ``attributes`` are pairs of name
    and trust level; ``session_level`` is the level of the session; ``at`` is in
    epoch seconds, like ``until``, the end of its retention.
    """

    id: str
    at: int
    until: int
    recipient: str
    purpose: str
    legal_basis: str
    session_level: str
    attributes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return the transfer that the store keeps as a plain tuple."""
        return cls(*stored)


def record(
    account_id: str,
    recipient: str,
    purpose: str,
    legal_basis: str,
    session_level: str,
    attributes: Iterable[tuple[str, str]],
    now: datetime,
    retention: timedelta,
) -> Transfer:
    """Note a transfer and return it."""
    at = int(now.timestamp())
    until = int((now + retention).timestamp())
    transfer_id = f"{at:010x}{secrets.token_hex(8)}"
    transfer = Transfer(
        transfer_id,
        at,
        until,
        recipient,
        purpose,
        legal_basis,
        session_level,
        tuple(attributes),
    )
    store = get_store()
    key = _key(account_id, transfer_id)
    store.transfers[key] = tuple(transfer)
    store.queue(TRANSFERS).add(key, until)
    return transfer


def transfers(account_id: str) -> Iterator[Transfer]:
    """Yield the transfers of the account, the newest first."""
    found = get_store().transfers.values(f"{account_id}:", f"{account_id};")
    for stored in reversed(list(found)):
        yield Transfer.of(stored)


def query(account_id: str, transfer_id: str) -> Transfer | None:
    """Return the transfer of this account with this id, or None."""
    stored = get_store().transfers.get(_key(account_id, transfer_id))
    return None if stored is None else Transfer.of(stored)


def delete(account_id: str, found: Iterable[Transfer]) -> int:
    """Delete these transfers of the account; return how many there were."""
    store = get_store()
    deleted = 0
    for transfer in list(found):
        key = _key(account_id, transfer.id)
        if store.transfers.pop(key, None) is not None:
            store.queue(TRANSFERS).remove(key, transfer.until)
            deleted += 1
    return deleted


def discard(key: str) -> None:
    """Remove a transfer whose retention is over."""
    get_store().transfers.pop(key, None)


def _key(account_id: str, transfer_id: str) -> str:
    return f"{account_id}:{transfer_id}"
