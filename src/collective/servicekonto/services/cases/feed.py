"""What programs of an office ask for: which applications came or changed since then.

It is noted as the Postfach notes its messages (see postbox.feed), and the same programs
are told at once, if they want to be (webhooks).
"""

from collections.abc import Iterable
from collective.servicekonto.postbox.feed import minute_of
from collective.servicekonto.postbox.feed import Page
from collective.servicekonto.postbox.feed import page_of
from collective.servicekonto.postbox.feed import Place
from collective.servicekonto.postbox.feed import Track
from collective.servicekonto.postbox.webhooks import outbox
from collective.servicekonto.postbox.webhooks.outbox import Told
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from datetime import datetime
from typing import Any


def note(application: Any, told: Told, now: datetime) -> None:
    """Note that something happened to an application."""
    feeds = get_store().case_feeds
    if application.office not in feeds:
        feeds[application.office] = Track()
    feeds[application.office].put(application.id, Place("", minute_of(now)))
    outbox.add(application.office, told, application.id, now)


def forget(application: Any) -> None:
    """Note nothing of the application any more."""
    track = _query(application.office)
    if track is not None:
        track.drop(application.id)


def changed(office: str, since: str, number: int, now: datetime) -> Page:
    """Return ids of applications that came or changed since the cursor."""
    track = _query(office)
    keys: Iterable[str] = () if track is None else track.behind(since)
    return page_of(keys, since, number, now)


def _query(office: str) -> Track | None:
    store = query_store()
    return None if store is None else store.case_feeds.get(office)
