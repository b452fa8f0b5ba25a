"""What programs of an office ask for: which of their messages changed, which answers came.

Only messages that a program sent are noted here, and all answers. Whoever asks gets
what is new since a cursor. A change is seen when its transaction ends, perhaps after
a later one; therefore a cursor stays some minutes behind, and the last minutes are told
again. A program knows by the ids what it has seen.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterable
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.thread_lists import office_box
from collective.servicekonto.postbox.thread_lists import query_office_box
from collective.servicekonto.postbox.webhooks import outbox
from collective.servicekonto.postbox.webhooks.outbox import Told
from datetime import datetime
from itertools import islice
from persistent import Persistent
from typing import Any
from typing import NamedTuple


# No transaction takes longer.
OVERLAP_MINUTES = 5

_TOLD = {
    Event.PROVIDED: Told.PROVIDED,
    Event.NOTIFIED: Told.NOTIFIED,
    Event.NOTIFIED_AGAIN: Told.NOTIFIED,
    Event.BOUNCED: Told.UNDELIVERABLE,
    Event.RETRIEVED: Told.RETRIEVED,
    Event.RECALLED: Told.RECALLED,
    Event.DELETED: Told.DELETED,
}


class Feed(Persistent):
    """``sent``     id of a message → Sent
    ``changes``  minute of the last change + id, for each of them
    ``answers``  minute + id of an answer → id of the account
    """

    def __init__(self) -> None:
        self.sent = OOBTree()
        self.changes = OOTreeSet()
        self.answers = OOBTree()


class Sent(NamedTuple):
    """Where a message is found that a program sent.

    ``minute``  of its last change, since 1970
    ``ended``   where the account was deleted, the key of what is left of the thread
    """

    account_id: str
    minute: int
    ended: str = ""


class Page(NamedTuple):
    """``cursor`` is to be sent next time; ``more`` where it should be sent at once."""

    ids: list[str]
    cursor: str
    more: bool


def watch(account: Any, message: Any, now: datetime) -> None:
    """Note a message that a program has just sent."""
    feed = _feed(message.office)
    _put(feed, message.id, Sent(account.id, _minute(now)))
    if message.provided:
        outbox.add(message.office, Told.PROVIDED, message.id, now)


def note(message: Any, event: Event, now: datetime) -> None:
    """Note that something happened to a message, if a program sent it."""
    sent = query(message.office, message.id)
    if sent is None:
        return
    _put(_feed(message.office), message.id, sent._replace(minute=_minute(now)))
    if event in _TOLD:
        outbox.add(message.office, _TOLD[event], message.id, now)


def note_refused(message: Any, now: datetime) -> None:
    """Note that a message is kept back, since a file holds malicious software."""
    sent = query(message.office, message.id)
    if sent is not None:
        _put(_feed(message.office), message.id, sent._replace(minute=_minute(now)))
        outbox.add(message.office, Told.REFUSED, message.id, now)


def note_answer(account: Any, answer: Any, now: datetime) -> None:
    """Note that a citizen answered."""
    if answer.office:
        _feed(answer.office).answers[_answer_key(answer)] = account.id
        outbox.add(answer.office, Told.ANSWERED, answer.thread, now, answer.id)


def forget(message: Any) -> None:
    """Note nothing of the message any more."""
    feed = _query_feed(message.office)
    if feed is not None:
        _drop(feed, message.id)
        feed.answers.pop(_answer_key(message), None)


def end(office: str, key: str, messages: Iterable[Any], now: datetime) -> None:
    """Note that the account was deleted; of its messages the proof is left."""
    feed = _query_feed(office)
    if feed is None:
        return
    for message in messages:
        feed.answers.pop(_answer_key(message), None)
        if message.id in feed.sent:
            _put(feed, message.id, Sent("", _minute(now), key))
            outbox.add(office, Told.DELETED, message.id, now)


def forget_ended(office: str, ids: Iterable[str]) -> None:
    """Note nothing of what was left of them any more."""
    feed = _query_feed(office)
    if feed is None:
        return
    for message_id in ids:
        _drop(feed, message_id)


def query(office: str, message_id: str) -> Sent | None:
    """Return where the message is that a program of the office sent, or None."""
    feed = _query_feed(office)
    found = None if feed is None else feed.sent.get(message_id)
    return None if found is None else Sent(*found)


def changed(office: str, since: str, number: int, now: datetime) -> Page:
    """Return ids of messages that changed since the cursor, the earliest first."""
    feed = _query_feed(office)
    return _page(OOTreeSet() if feed is None else feed.changes, since, number, now)


def answers(office: str, since: str, number: int, now: datetime) -> Page:
    """Return ids of answers that came since the cursor, the earliest first."""
    feed = _query_feed(office)
    return _page(OOBTree() if feed is None else feed.answers, since, number, now)


def query_answer(office: str, answer_id: str, provided: int) -> str | None:
    """Return the id of the account from which the answer came, or None."""
    feed = _query_feed(office)
    key = _key(provided // 60, answer_id)
    return None if feed is None else feed.answers.get(key)


def _page(keys: Any, since: str, number: int, now: datetime) -> Page:
    found = list(islice(keys.keys(since or None, excludemin=bool(since)), number + 1))
    shown = found[:number]
    settled = _key(_minute(now) - OVERLAP_MINUTES, "")
    seen = shown[-1] if len(found) > number else settled
    cursor = max(since, min(seen, settled))
    return Page([key[8:] for key in shown], cursor, cursor == seen != settled)


def _put(feed: Feed, message_id: str, sent: Sent) -> None:
    _drop(feed, message_id)
    feed.sent[message_id] = tuple(sent)
    feed.changes.insert(_key(sent.minute, message_id))


def _drop(feed: Feed, message_id: str) -> None:
    before = feed.sent.pop(message_id, None)
    if before is not None:
        feed.changes.remove(_key(Sent(*before).minute, message_id))


def _answer_key(answer: Any) -> str:
    return _key(answer.provided // 60, answer.id)


def _key(minute: int, message_id: str) -> str:
    return f"{minute:08x}{message_id}"


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60


def _query_feed(office: str) -> Feed | None:
    box = query_office_box(office) if office else None
    return None if box is None else box.feed


def _feed(office: str) -> Feed:
    box = office_box(office)
    if box.feed is None:
        box.feed = Feed()
    feed: Feed = box.feed
    return feed
