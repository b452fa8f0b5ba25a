"""The receipt of a message in the box, signed with the key of the portal."""

from collective.servicekonto.keys import key
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.chain import Sign
from collective.servicekonto.postbox.receipts.digest import digest_of
from collective.servicekonto.postbox.receipts.signing import public_key
from collective.servicekonto.postbox.receipts.signing import signer
from datetime import datetime
from functools import cache
from typing import Any


_PURPOSE = "receipts"


def begin(message: Any, now: datetime) -> None:
    """Begin the receipt of a message that has just been provided."""
    files = [
        (one.name, one.size, bytes.fromhex(one.sha256)) for one in message.attachments
    ]
    digest = digest_of(message.title, message.body, files)
    message.receipt = chain.begin(message.id, digest, int(now.timestamp()), _sign())


def note(message: Any, event: Event, now: datetime, text: str = "") -> None:
    """Add an event to the receipt; what was never provided has none."""
    if message.receipt:
        at = int(now.timestamp())
        message.receipt = chain.add(message.receipt, event, at, _sign(), text)


def public() -> bytes:
    """Return the public key with which receipts are verified, 32 bytes."""
    return public_key(key(_PURPOSE))


def _sign() -> Sign:
    return _signer(key(_PURPOSE))


@cache
def _signer(secret: bytes) -> Sign:
    return signer(secret)
