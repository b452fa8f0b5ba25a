"""The receipt of a message in the box; programs of its office learn what it says."""

from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox.receipts import service
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.digest import SALT_SIZE
from datetime import datetime
from secrets import token_bytes
from typing import Any


def begin(message: Any, now: datetime) -> None:
    """Begin the receipt of a message that has just been provided."""
    files = [(a.name, a.size, bytes.fromhex(a.sha256)) for a in message.attachments]
    message.salt = token_bytes(SALT_SIZE)
    message.receipt = service.begin(
        message.id, message.salt, message.title, message.body, files, now
    )
    feed.note(message, Event.PROVIDED, now)


def note(message: Any, event: Event, now: datetime, text: str = "") -> None:
    """Add an event to the receipt; what was never provided has none."""
    if message.receipt:
        message.receipt = service.note(message.receipt, event, now, text)
    feed.note(message, event, now)


def last(message: Any, event: Event) -> int:
    """Return when the event happened last, epoch seconds, 0 for never."""
    entries = message.receipt[1:]
    return max((at for kind, at, *_rest in entries if kind == event), default=0)


def description(message: Any) -> dict[str, Any]:
    """Return what the verifier takes as the message (see receipts.script).

    Its files have to lie beside it under their names.
    """
    return {
        "salt": message.salt.hex(),
        "subject": message.title,
        "body": message.body,
        "attachments": [{"name": one.name} for one in message.attachments],
    }
