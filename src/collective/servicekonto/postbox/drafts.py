"""What a citizen typed as an answer and has not sent yet: one draft for each message."""

from collections.abc import Iterator
from collections.abc import Sequence
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.messages import get_box
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
import secrets


# A draft is kept for so long after it was saved last.
LIFETIME = timedelta(days=30)

# The due queue of drafts.
DRAFTS = "reply-drafts"


class Draft(NamedTuple):
    """``saved`` is in epoch seconds; ``version`` is another one each time it is saved.

    ``level`` is the value of the trust level that reading it needs.
    """

    text: str
    attachments: tuple[Attachment, ...]
    saved: int
    version: str
    level: str = TrustLevel.BASIS.value

    @property
    def expires(self) -> int:
        """Return the end of its retention, epoch seconds."""
        return self.saved + int(LIFETIME.total_seconds())


def query(account_id: str, message_id: str) -> Draft | None:
    """Return the draft of the answer to this message, or None."""
    box = query_box(account_id)
    stored = None if box is None else box.drafts.get(message_id)
    return None if stored is None else Draft(*stored)


def save(
    account: Any,
    message_id: str,
    text: str,
    attachments: Sequence[Attachment],
    now: datetime,
    level: TrustLevel = TrustLevel.BASIS,
) -> Draft:
    """Keep the draft in the place of an earlier one and return it."""
    discard(account.id, message_id)
    version = secrets.token_hex(8)
    saved = int(now.timestamp())
    draft = Draft(text, tuple(attachments), saved, version, level.value)
    get_box(account.id).drafts[message_id] = tuple(draft)
    get_store().queue(DRAFTS).add(_item(account.id, message_id), draft.expires)
    return draft


def discard(account_id: str, message_id: str) -> None:
    """Forget the draft, if there is one."""
    draft = query(account_id, message_id)
    if draft is not None:
        del get_box(account_id).drafts[message_id]
        get_store().queue(DRAFTS).remove(_item(account_id, message_id), draft.expires)


def all_of(account_id: str) -> Iterator[tuple[str, Draft]]:
    """Yield the id of the answered message and the draft of each answer."""
    box = query_box(account_id)
    for message_id, stored in () if box is None else box.drafts.items():
        yield message_id, Draft(*stored)


def erase(account_id: str) -> None:
    """Forget all drafts of the account."""
    for message_id, _draft in list(all_of(account_id)):
        discard(account_id, message_id)


def of_item(item: str) -> tuple[str, str]:
    """Return the ids of account and message that an item of the queue names."""
    message_id, _colon, account_id = item.partition(":")
    return account_id, message_id


def _item(account_id: str, message_id: str) -> str:
    # Ids of messages begin with chance, so that writers seldom meet.
    return f"{message_id}:{account_id}"
