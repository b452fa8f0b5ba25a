"""Files of messages that staff have not sent yet: kept for a day, for one form each.

When the message is sent, only names and hashes are left, by which the same form that
is sent once more is recognised.
"""

from collections.abc import Sequence
from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.keys import signature
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.thread_lists import office_box
from collective.servicekonto.postbox.thread_lists import query_office_box
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple


LIFETIME = timedelta(days=1)

# The due queue of files that nobody sent.
UNSENT = "unsent-files"

_PURPOSE = "unsent-files"


class Sent(NamedTuple):
    """What is left of a file that was sent with the form."""

    name: str
    sha256: str


class Place(NamedTuple):
    """Where the files of a form are: nobody but its clerk knows the key."""

    office: str
    key: str


def place_of(office: str, clerk: str, order: str) -> Place:
    """Return the place for the files of the form with this key."""
    return Place(office, signature(_PURPOSE, f"{clerk}:{order}"))


def kept(place: Place) -> tuple[Any, ...]:
    """Return what is kept for the form: attachments, or what was sent."""
    box = query_office_box(place.office)
    stored = () if box is None else box.files.get(place.key, ())
    return tuple(Sent(*one) if isinstance(one, tuple) else one for one in stored)


def is_sent(found: Sequence[Any]) -> bool:
    """Tell whether these files were sent already."""
    return any(isinstance(one, Sent) for one in found)


def keep(place: Place, attachments: Sequence[Attachment], now: datetime) -> None:
    """Keep the files in place of those kept before."""
    if tuple(attachments) == kept(place):
        return
    box = office_box(place.office)
    if place.key not in box.files:
        due = int((now + LIFETIME).timestamp())
        get_store().queue(UNSENT).add(f"{place.key}:{place.office}", due)
    box.files[place.key] = tuple(attachments)


def seal(place: Place) -> None:
    """Forget the files, which are in the message now, but not which they were."""
    found = kept(place)
    if found and not is_sent(found):
        sent = tuple((one.name, one.sha256) for one in found)
        office_box(place.office).files[place.key] = sent


class UnsentFiles(QueueProvider):
    """Deletes files of messages that staff did not send."""

    title = _("Files of messages that offices did not send")
    queue_name = UNSENT

    def delete(self, item: str) -> None:
        """Delete the files."""
        key, _colon, office = item.partition(":")
        office_box(office).files.pop(key, None)
