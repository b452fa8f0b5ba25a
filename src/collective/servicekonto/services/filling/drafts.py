"""What somebody filled in and has not sent yet: one draft for each form.

The owner is the id of an account, or stands for a browser without one. A draft is an
object of its own, so that saving it while one types writes it alone.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.services.filling.entries import Entries
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from collective.servicekonto.store.tokens import digest
from datetime import datetime
from datetime import timedelta
from persistent import Persistent
from types import MappingProxyType
from typing import Any
import secrets


# Drafts are kept for so long after they were saved last (OZG § 8a (3)).
LIFETIME = timedelta(days=30)

# Who has no account finds a draft only in the same browser, until it is closed. Others
# may use the same computer afterwards, so it is kept while one fills in the form only.
ANONYMOUS_LIFETIME = timedelta(hours=2)

# The citizen is reminded so long before the end.
REMINDED_BEFORE = timedelta(days=7)

# The due queues.
DRAFTS = "service-drafts"
REMINDERS = "service-draft-reminders"


class Draft(Persistent):
    """A form under way. Times are epoch seconds.

    ``entries``   name of an input → what the browser sent
    ``files``     name of a field → its file
    ``kept_back`` attributes of the account that are not handed over
    ``page``      number of the page to go on with
    ``reached``   number of the last page that was seen
    ``key``       stands for this application, however often it is sent
    ``level``     value of the trust level that reading the draft needs
    ``aside``     entries that came from a lower level, and wait for the citizen's word
    ``chosen``    attribute of several rows → key of the row that fills in the form
    ``model``     digest of the form's fields when the draft was saved
    ``solved``    fields in which somebody proved to be human
    ``reminded``  when the citizen was reminded, 0 for never
    ``saves``     how often it was saved
    ``uploaded``  bytes of all files that were ever taken for it
    """

    entries: Entries = MappingProxyType({})
    files: Mapping[str, Attachment] = MappingProxyType({})
    kept_back: tuple[str, ...] = ()
    page = 1
    reached = 0
    key = ""
    level = TrustLevel.BASIS.value
    aside: Entries = MappingProxyType({})
    chosen: Mapping[str, str] = MappingProxyType({})
    model = ""
    saved = 0
    expires = 0
    solved: tuple[str, ...] = ()
    reminded = 0
    saves = 0
    uploaded = 0


def anonymous_owner(cookie: str) -> str:
    """Return the owner of drafts in the browser with this cookie."""
    return digest(cookie)


def query(owner: str, service_uid: str, now: datetime) -> Draft | None:
    """Return the draft, or None where there is none any more."""
    store = query_store()
    draft = None if store is None else store.service_drafts.get(_id(owner, service_uid))
    return draft if draft is not None and now.timestamp() < draft.expires else None


def new_draft() -> Draft:
    """Return a draft that is not kept yet."""
    draft = Draft()
    draft.key = secrets.token_urlsafe(16)
    return draft


def keep(
    owner: str, service_uid: str, draft: Draft, lifetime: timedelta, now: datetime
) -> None:
    """Keep the draft for its lifetime, from now on."""
    draft.saved = int(now.timestamp())
    draft.expires = int((now + lifetime).timestamp())
    store, item = get_store(), _id(owner, service_uid)
    if store.service_drafts.get(item) is draft:
        # Its place in the queues moves when it becomes due.
        return
    discard(owner, service_uid)
    store.service_drafts[item] = draft
    store.queue(DRAFTS).add(item, draft.expires)
    if lifetime > REMINDED_BEFORE:
        store.queue(REMINDERS).add(item, reminder_of(draft))


def discard(owner: str, service_uid: str) -> None:
    """Forget the draft with its files, if there is one."""
    discard_item(_id(owner, service_uid))


def discard_item(item: str) -> None:
    """Forget the draft of this item of the queues, if it is there."""
    store = get_store()
    draft = store.service_drafts.pop(item, None)
    if draft is not None:
        store.queue(DRAFTS).remove(item, draft.expires)
        store.queue(REMINDERS).remove(item, reminder_of(draft))


def query_item(item: str) -> Draft | None:
    """Return the draft of this item of the queues, or None."""
    draft: Draft | None = get_store().service_drafts.get(item)
    return draft


def of_item(item: str) -> tuple[str, str]:
    """Return the owner and the service that an item of the queues names."""
    owner, _colon, service_uid = item.partition(":")
    return owner, service_uid


def all_of(owner: str) -> Iterator[tuple[str, Draft]]:
    """Yield the service and the draft of everything that the owner has begun."""
    found = get_store().service_drafts.items(f"{owner}:", f"{owner};")
    for item, draft in found:
        yield of_item(item)[1], draft


def erase(owner: str) -> None:
    """Forget all drafts of the owner."""
    for service_uid, _draft in list(all_of(owner)):
        discard(owner, service_uid)


def reminder_of(draft: Any) -> int:
    """Return when the citizen is reminded of the draft, epoch seconds."""
    return int(draft.expires - REMINDED_BEFORE.total_seconds())


def _id(owner: str, service_uid: str) -> str:
    # Owners begin with chance, so that writers seldom meet.
    return f"{owner}:{service_uid}"
