"""What an office keeps of a thread whose account was deleted: proof, nothing personal.

The office learns from it that a message cannot be read any more, so that it can write
by post. Names, texts and files are gone, and so is the account's id.
"""

from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.store.service import get_store
from datetime import datetime
from itertools import islice
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of what is left of ended threads.
ENDED = "ended-threads"

_LAST_SECOND = 0xFF_FFFF_FFFF


class EndedMessage(NamedTuple):
    """``kind`` and times as in the message; ``receipt`` is its receipt."""

    id: str
    kind: str
    provided: int
    opened: int
    receipt: tuple[Any, ...]


class EndedThread(NamedTuple):
    """``reference`` is the office's own number; times are epoch seconds."""

    ended: int
    keep_until: int
    reference: str
    messages: tuple[EndedMessage, ...]

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return what is stored as plain tuples."""
        ended, keep_until, reference, found = stored
        return cls(
            ended, keep_until, reference, tuple(EndedMessage(*one) for one in found)
        )

    @property
    def stored(self) -> tuple[Any, ...]:
        """Return plain tuples, which name no class of ours in the database."""
        return (*self[:3], tuple(map(tuple, self.messages)))

    @property
    def has_unread_decision(self) -> bool:
        """Tell whether the citizen never opened a decision."""
        return any(
            one.kind == Kind.DECISION.value and one.provided and not one.opened
            for one in self.messages
        )


def end_threads(account: Any, box: Postbox, now: datetime) -> None:
    """Take the threads of the account off the lists of the offices, keep the proof."""
    threads: dict[str, list[Any]] = {}
    for message in box.everything():
        if message.office:
            threads.setdefault(message.thread, []).append(message)
    for thread, found in threads.items():
        first = box.query(thread)
        if first is not None:
            thread_lists.unlist(account, first)
        _keep(sorted(found, key=lambda one: time_of(one.id)), now)


def ended_threads(office: str) -> list[EndedThread]:
    """Return what is left of the threads of an office, the last ended first."""
    box = get_store().office_boxes.get(office)
    return [] if box is None else [EndedThread.of(one) for one in box.ended.values()]


def some_ended_threads(
    office: str, number: int, behind: str = ""
) -> list[tuple[str, EndedThread]]:
    """Return so many of them with their keys, behind one of the keys."""
    box = get_store().office_boxes.get(office)
    if box is None:
        return []
    found = box.ended.items(behind or None, excludemin=bool(behind))
    return [(key, EndedThread.of(one)) for key, one in islice(found, number)]


def discard(item: str) -> None:
    """Remove what is left of a thread for good."""
    office, _colon, key = item.partition(":")
    stored = thread_lists.office_box(office).ended.pop(key, None)
    if stored is not None:
        thread = EndedThread.of(stored)
        feed.forget_ended(office, (one.id for one in thread.messages))


def query_ended(office: str, key: str, message_id: str) -> EndedMessage | None:
    """Return what is left of a message, None where nothing is left of it."""
    box = thread_lists.query_office_box(office)
    stored = None if box is None else box.ended.get(key)
    found = () if stored is None else EndedThread.of(stored).messages
    return next((one for one in found if one.id == message_id), None)


def _keep(found: list[Any], now: datetime) -> None:
    ended = int(now.timestamp())
    thread = EndedThread(
        ended,
        max(one.keep_until for one in found),
        found[0].reference,
        tuple(
            EndedMessage(one.id, one.kind, one.provided, one.opened, one.receipt)
            for one in found
        ),
    )
    office = found[0].office
    key = f"{_LAST_SECOND - ended:010x}{secrets.token_hex(8)}"
    thread_lists.office_box(office).ended[key] = thread.stored
    feed.end(office, key, found, now)
    get_store().queue(ENDED).add(f"{office}:{key}", thread.keep_until)
