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
    Event.BOUNCED: Told.RETURNED,
    Event.RETRIEVED: Told.RETRIEVED,
    Event.RECALLED: Told.RECALLED,
    Event.DELETED: Told.DELETED,
}


class Place(NamedTuple):
    """Where a message is found.

    ``minute``  of its last change, since 1970
    ``ended``   where the account was deleted, the key of what is left of the thread
    """

    account_id: str
    minute: int
    ended: str = ""


class Track(Persistent):
    """Messages by their ids, and in the order of their last changes."""

    def __init__(self) -> None:
        self._places = OOBTree()
        self.order = OOTreeSet()

    def query(self, message_id: str) -> Place | None:
        """Return where the message is, or None."""
        found = self._places.get(message_id)
        return None if found is None else Place(*found)

    def put(self, message_id: str, place: Place) -> None:
        """Note where the message is, and when it changed."""
        self.drop(message_id)
        self._places[message_id] = tuple(place)
        self.order.insert(_key(place.minute, message_id))

    def drop(self, message_id: str) -> None:
        """Note nothing of the message any more."""
        place = self.query(message_id)
        if place is not None:
            del self._places[message_id]
            self.order.remove(_key(place.minute, message_id))

    def behind(self, since: str) -> Iterable[str]:
        """Return the keys behind the cursor, the earliest first."""
        keys: Iterable[str] = self.order.keys(since or None, excludemin=bool(since))
        return keys


class Feed(Persistent):
    """What programs sent, and what citizens answered."""

    def __init__(self) -> None:
        self.sent = Track()
        self.answers = Track()


class Page(NamedTuple):
    """``cursor`` is to be sent next time; ``more`` where it should be sent at once."""

    ids: list[str]
    cursor: str
    more: bool


def watch(account: Any, message: Any, now: datetime) -> None:
    """Note a message that a program has just sent."""
    place = Place(account.id, minute_of(now))
    _feed(message.office).sent.put(message.id, place)
    if message.provided:
        outbox.add(message.office, Told.PROVIDED, message.id, now)


def note(message: Any, event: Event, now: datetime) -> None:
    """Note that something happened to a message, if a program sent it."""
    if _note_change(message, now) and event in _TOLD:
        outbox.add(message.office, _TOLD[event], message.id, now)


def note_undeliverable(message: Any, now: datetime) -> None:
    """Note that mails about the message come back for good."""
    if _note_change(message, now):
        outbox.add(message.office, Told.UNDELIVERABLE, message.id, now)


def note_refused(message: Any, now: datetime) -> None:
    """Note that a message is kept back, since a file holds malicious software."""
    if _note_change(message, now):
        outbox.add(message.office, Told.REFUSED, message.id, now)


def note_answer(account: Any, answer: Any, now: datetime) -> None:
    """Note that a citizen answered."""
    if answer.office:
        place = Place(account.id, minute_of(now))
        _feed(answer.office).answers.put(answer.id, place)
        outbox.add(answer.office, Told.ANSWERED, answer.thread, now, answer.id)


def forget(message: Any) -> None:
    """Note nothing of the message any more."""
    feed = _query_feed(message.office)
    if feed is not None:
        feed.sent.drop(message.id)
        feed.answers.drop(message.id)


def end(office: str, key: str, messages: Iterable[Any], now: datetime) -> None:
    """Note that the account was deleted; of its messages the proof is left."""
    feed = _query_feed(office)
    if feed is None:
        return
    for message in messages:
        feed.answers.drop(message.id)
        if feed.sent.query(message.id) is not None:
            feed.sent.put(message.id, Place("", minute_of(now), key))
            outbox.add(office, Told.DELETED, message.id, now)


def forget_ended(office: str, ids: Iterable[str]) -> None:
    """Note nothing of what was left of them any more."""
    feed = _query_feed(office)
    if feed is None:
        return
    for message_id in ids:
        feed.sent.drop(message_id)


def query_sent(office: str, message_id: str) -> Place | None:
    """Return where the message is that a program of the office sent, or None."""
    feed = _query_feed(office)
    return None if feed is None else feed.sent.query(message_id)


def query_answer(office: str, answer_id: str) -> Place | None:
    """Return where the answer is that a citizen gave to the office, or None."""
    feed = _query_feed(office)
    return None if feed is None else feed.answers.query(answer_id)


def changed(office: str, since: str, number: int, now: datetime) -> Page:
    """Return ids of messages that changed since the cursor, the earliest first."""
    feed = _query_feed(office)
    return page_of(() if feed is None else feed.sent.behind(since), since, number, now)


def answered(office: str, since: str, number: int, now: datetime) -> Page:
    """Return ids of answers that came since the cursor, the earliest first."""
    feed = _query_feed(office)
    keys = () if feed is None else feed.answers.behind(since)
    return page_of(keys, since, number, now)


def _note_change(message: Any, now: datetime) -> bool:
    feed = _query_feed(message.office)
    place = None if feed is None else feed.sent.query(message.id)
    if feed is None or place is None:
        return False
    feed.sent.put(message.id, place._replace(minute=minute_of(now)))
    return True


def page_of(keys: Iterable[str], since: str, number: int, now: datetime) -> Page:
    """Return so many of the ids, of the keys of a track behind the cursor."""
    found = list(islice(keys, number + 1))
    shown = found[:number]
    settled = _key(minute_of(now) - OVERLAP_MINUTES, "")
    seen = shown[-1] if len(found) > number else settled
    cursor = max(since, min(seen, settled))
    return Page([key[8:] for key in shown], cursor, cursor == seen != settled)


def _key(minute: int, message_id: str) -> str:
    return f"{minute:08x}{message_id}"


def minute_of(now: datetime) -> int:
    """Return the minute since 1970."""
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
