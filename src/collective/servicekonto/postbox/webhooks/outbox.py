"""What is still to be told to the program of an office.

It is noted in the transaction in which it happens, so that it is told if and only if
it happened. An office without a webhook has no outbox.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.postbox.thread_lists import office_box
from collective.servicekonto.postbox.thread_lists import query_office_box
from collective.servicekonto.store.service import get_store
from datetime import datetime
from enum import Enum
from persistent import Persistent
from typing import Any
from typing import NamedTuple
import secrets


# The due queue of all outboxes.
WEBHOOKS = "webhooks"


class Told(Enum):
    """What a program is told of: something about a message, unless it says otherwise."""

    PROVIDED = "provided"
    NOTIFIED = "notified"
    RETURNED = "returned"
    UNDELIVERABLE = "undeliverable"
    RETRIEVED = "retrieved"
    ANSWERED = "answered"
    RECALLED = "recalled"
    REFUSED = "refused"
    DELETED = "deleted"
    APPLICATION_SUBMITTED = "application.submitted"
    APPLICATION_CHANGED = "application.changed"
    APPLICATION_DOCUMENTS = "application.documents"


class Entry(NamedTuple):
    """Something that happened: ids and a time, nothing else.

    ``event``    value of Told
    ``message``  id of what it is about; where a citizen answered, that of the first
                 message of the thread
    ``answer``   id of the answer, empty for other events
    ``at``       epoch seconds
    """

    event: str
    message: str
    answer: str
    at: int


class Outbox(Persistent):
    """``waiting``  webhook id → Entry
    ``failed``   the same, for those that could not be told in time
    """

    def __init__(self) -> None:
        self.waiting = OOBTree()
        self.failed = OOBTree()


def add(
    office: str, told: Told, message_id: str, now: datetime, answer: str = ""
) -> None:
    """Let the office's program be told, if there is one."""
    if not has_webhook(office):
        return
    key = f"msg_{secrets.token_hex(16)}"
    entry = Entry(told.value, message_id, answer, int(now.timestamp()))
    _outbox(office).waiting[key] = tuple(entry)
    get_store().queue(WEBHOOKS).add(_item(office, key), 0)


def has_webhook(office: str) -> bool:
    """Tell whether the office has an address that is told what happened."""
    found = query_office(office)
    return found is not None and bool(found.webhook)


def query(item: str) -> Entry | None:
    """Return what is to be told, None where it is not any more."""
    office, key = parsed(item)
    box = _query_outbox(office)
    found = None if box is None else box.waiting.get(key)
    return None if found is None else Entry(*found)


def done(item: str) -> None:
    """The program knows it, or need not know it any more."""
    office, key = parsed(item)
    box = _outbox(office)
    box.waiting.pop(key, None)
    box.failed.pop(key, None)


def give_up(item: str) -> None:
    """Keep what could not be told, for the staff."""
    office, key = parsed(item)
    box = _outbox(office)
    box.failed[key] = box.waiting.pop(key)


def failed(office: str) -> Iterator[tuple[str, Entry]]:
    """Yield what the office's program was not told in time, with the webhook ids."""
    box = _query_outbox(office)
    for key, entry in box.failed.items() if box is not None else ():
        yield key, Entry(*entry)


def count_waiting(office: str) -> int:
    """Return how much is still to be told."""
    box = _query_outbox(office)
    return 0 if box is None else len(box.waiting)


def parsed(item: str) -> tuple[str, str]:
    """Return the office and the webhook id of an item of the due queue."""
    key, _colon, office = item.partition(":")
    return office, key


def _item(office: str, key: str) -> str:
    return f"{key}:{office}"


def _query_outbox(office: str) -> Any:
    box = query_office_box(office)
    return None if box is None else box.outbox


def _outbox(office: str) -> Outbox:
    box = office_box(office)
    if box.outbox is None:
        box.outbox = Outbox()
    found: Outbox = box.outbox
    return found
