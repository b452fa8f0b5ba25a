"""The door to the webhooks: telling a program, and what could not be told."""

from collective.servicekonto.postbox.webhooks import outbox
from collective.servicekonto.postbox.webhooks.outbox import Entry
from collective.servicekonto.postbox.webhooks.sending import post
from collective.servicekonto.postbox.webhooks.signing import secrets_of
from collective.servicekonto.postbox.webhooks.signing import signature
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
import json


# A program that is out of order for a long weekend misses nothing.
TRIED_FOR = timedelta(days=3)

# What could not be told is shown to the staff for so long.
KEPT = timedelta(days=30)


class Refused(ConnectionError):
    """The program answered with another status than 2xx."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Overview:
    """What staff see: how much waits to be told, and what could not be told."""

    waiting: int
    failed: list[Entry]


def overview(office: str) -> Overview:
    """Return what is still to be told to the office's program, and what was not."""
    failed = [entry for _key, entry in outbox.failed(office)]
    return Overview(outbox.count_waiting(office), failed)


def tell(office: Any, key: str, entry: Entry, now: datetime) -> None:
    """Tell the office's program what happened; the key lets it notice repetitions.

    Raises Refused, NoSecret, NotAllowed or NoAnswer.
    """
    content = body(office.UID(), entry)
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "collective.servicekonto",
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(
            secrets_of(office.UID()), key, timestamp, content
        ),
    }
    status = post(office.webhook, headers, content)
    if not 200 <= status < 300:
        raise Refused(status)


def body(office: str, entry: Entry) -> bytes:
    """Return what is sent: ids, event and time."""
    named = entry.event if "." in entry.event else f"message.{entry.event}"
    data = {"office": office, named.partition(".")[0]: entry.message}
    if entry.answer:
        data["answer"] = entry.answer
    content = {
        "type": named,
        "timestamp": datetime.fromtimestamp(entry.at, UTC).isoformat(),
        "data": data,
    }
    return json.dumps(content).encode()


def is_over(entry: Entry, now: datetime) -> bool:
    """Tell whether nobody tries any longer to tell it."""
    return now.timestamp() - entry.at >= TRIED_FOR.total_seconds()
