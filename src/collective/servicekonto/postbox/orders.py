"""Sending once: whoever sends the same again, with the same key, sends nothing more.

A program chooses a key for each message that it sends (header Idempotency-Key, see
draft-ietf-httpapi-idempotency-key-header); a form brings one with it. When the answer
got lost, the program sends again and learns what was sent the first time.

Nothing personal is kept: keyed hashes and ids of messages. An id whose message is gone
finds nothing.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collective.servicekonto.keys import signature
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
import json


# A key is known for so long; afterwards it stands for something new.
KEPT = timedelta(days=7)

# The due queue of keys whose time is over.
ORDERS = "orders"

_PURPOSE = "orders"


class KeyReused(ValueError):
    """The key was used before, for something else."""


class Order(NamedTuple):
    """What was sent with a key.

    ``fingerprint`` of what was to be sent
    ``sent``        ids of the messages
    ``expires``     epoch seconds
    """

    fingerprint: str
    sent: tuple[str, ...]
    expires: int


def once(
    office: str,
    key: str,
    fingerprint: str,
    now: datetime,
    send: Callable[[], Iterable[str]],
) -> tuple[str, ...]:
    """Send unless it was done already; return the ids of the messages.

    The key is the office's own: two offices may choose the same. ``send`` returns the
    ids of what it sent. Of two requests at the same time the database refuses one,
    which is tried again and then finds what the other one sent. Raises KeyReused where
    the fingerprint is another one than the first time, or whatever ``send`` raises;
    then nothing is kept.
    """
    store, name = get_store(), _name(office, key)
    known = store.orders.get(name)
    if known is not None and Order(*known).expires > now.timestamp():
        order = Order(*known)
        if order.fingerprint != fingerprint:
            raise KeyReused
        return order.sent
    expires = int((now + KEPT).timestamp())
    order = Order(fingerprint, tuple(send()), expires)
    store.orders[name] = tuple(order)
    store.queue(ORDERS).add(name, expires)
    return order.sent


def sent(office: str, key: str, now: datetime) -> tuple[str, ...]:
    """Return the ids of what was sent with the key, none where nothing was."""
    known = get_store().orders.get(_name(office, key))
    order = None if known is None else Order(*known)
    return order.sent if order and order.expires > now.timestamp() else ()


def fingerprint(content: Any) -> str:
    """Return what tells this content from any other; nobody else can guess it.

    The content is plain JSON data, with a hash in the place of each file.
    """
    return signature(_PURPOSE, json.dumps(content, sort_keys=True))


def _name(office: str, key: str) -> str:
    return signature(_PURPOSE, json.dumps([office, key]))
