"""The receipt of a message as a chain of signed entries.

The hash of an entry covers the hash before it, its place, the message's id, the event,
the time and the note; the first one follows the digest of what was provided. Each hash
is signed (Ed25519) with a key that is not in the database. Who can write to the
database but does not have the key cannot add an entry, and cannot alter, move, remove
or exchange one so that it stays undetected, except for one thing: **cutting off the
last entries leaves a receipt that is in order by itself.** That shows only where a
later copy exists. For this reason citizen and office can both download the receipt at
any time, and verify.problems compares two copies: one must be the beginning of the
other. Against somebody who has the key nothing of this helps.

A receipt is a plain tuple of plain tuples, small enough to be kept on the message.
"""

from collections.abc import Iterator
from collective.servicekonto.postbox.receipts.digest import hashed
from collective.servicekonto.postbox.receipts.digest import number
from collective.servicekonto.postbox.receipts.digest import SIZE
from enum import IntEnum
from typing import Any
from typing import NamedTuple
from typing import Protocol


LONGEST_NOTE = 200

# The message's id and the digest of what was provided, then the entries.
Receipt = tuple[tuple[Any, ...], ...]

_FORM = b"collective.servicekonto receipt 1"


class Event(IntEnum):
    """What happened to a message. The numbers are stored and never change."""

    PROVIDED = 1
    NOTIFIED = 2
    NOTIFIED_AGAIN = 3
    BOUNCED = 4
    RETRIEVED = 5
    ANSWERED = 6
    RECALLED = 7
    DELETED = 8


class Sign(Protocol):
    """Signs with the key of today."""

    def __call__(self, text: bytes, /) -> tuple[str, bytes]:
        """Return the short id of the key, and the signature."""


class Entry(NamedTuple):
    """One event of a receipt.

    ``at``         epoch seconds
    ``hash``       what the entry and everything before it hash to
    ``key``        the short id of the key that signed
    ``signature``  of the hash
    """

    event: Event
    at: int
    note: str
    hash: bytes
    key: str
    signature: bytes


def begin(message_id: str, digest: bytes, at: int, sign: Sign) -> Receipt:
    """Return the receipt of a message that has just been provided.

    ``digest`` is what digest.digest_of says of it. Raises ValueError for anything that
    is not 32 bytes, and for a time before 1970.
    """
    if len(digest) != SIZE:
        raise ValueError("A SHA-256 has 32 bytes.")
    return add(((message_id, digest),), Event.PROVIDED, at, sign)


def add(receipt: Receipt, event: Event, at: int, sign: Sign, note: str = "") -> Receipt:
    """Return the receipt with one event more.

    A note holds nothing personal: it can be read by whoever has the receipt. Raises
    ValueError for one of more than 200 characters, and for a time before 1970.
    """
    if len(note) > LONGEST_NOTE:
        raise ValueError("The note is too long.")
    before = _start(receipt)
    for entry in events(receipt):
        before = entry.hash
    place = len(receipt) - 1
    linked = _link(receipt, before, place, event, at, note)
    key, signature = sign(signed_text(linked))
    return *receipt, (int(event), at, note, key, signature)


def message_id(receipt: Receipt) -> str:
    """Return the id of the message that the receipt is of."""
    found: str = receipt[0][0]
    return found


def digest(receipt: Receipt) -> bytes:
    """Return the digest of what was provided."""
    found: bytes = receipt[0][1]
    return found


def events(receipt: Receipt) -> tuple[Entry, ...]:
    """Return what happened, oldest first. Nothing is verified here."""
    return tuple(_entries(receipt))


def last(receipt: Receipt, *wanted: Event) -> Entry | None:
    """Return the newest entry of one of these events, if there is one."""
    found = [entry for entry in events(receipt) if entry.event in wanted]
    return found[-1] if found else None


def signed_text(linked: bytes) -> bytes:
    """Return what is signed of an entry's hash; the key signs nothing else."""
    return _FORM + b" entry " + linked


def _entries(receipt: Receipt) -> Iterator[Entry]:
    before = _start(receipt)
    for place, (event, at, note, key, signature) in enumerate(receipt[1:]):
        before = _link(receipt, before, place, event, at, note)
        yield Entry(Event(event), at, note, before, key, signature)


def _start(receipt: Receipt) -> bytes:
    return hashed((_FORM, message_id(receipt).encode(), digest(receipt)))


def _link(
    receipt: Receipt, before: bytes, place: int, event: int, at: int, note: str
) -> bytes:
    return hashed(
        (
            before,
            number(place),
            message_id(receipt).encode(),
            number(event),
            number(at),
            note.encode(),
        )
    )
