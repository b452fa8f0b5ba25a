"""What a citizen typed so far, kept on the server for less than an hour."""

from collections.abc import Mapping
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from collective.servicekonto.store.tokens import digest
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from persistent import Persistent
from typing import NamedTuple
import secrets


# The due queue of drafts.
DRAFTS = "drafts"


@dataclass(frozen=True)
class Details:
    """The entries of the form, checked and cleaned. No password in the clear."""

    salutation: str = ""
    given_names: str = ""
    family_name: str = ""
    email: str = ""
    password_hash: str = field(default="", repr=False)

    @property
    def complete(self) -> bool:
        """Whether the form was filled in."""
        return bool(self.email and self.password_hash)


class Proven(NamedTuple):
    """What an Online-Ausweis has proven about the citizen.

    ``card`` is its keyed hash (see accounts.cards), ``values`` are those of attributes by
    name, ``at`` is when it was read, epoch seconds.
    """

    card: str
    values: Mapping[str, Value]
    at: int


class Draft(Persistent):
    """A registration under way. ``expires`` is in epoch seconds.

    ``page_behind`` is where the first log-in is to lead, empty for nowhere in
    particular. After it was sent only this, the address and the account remain, for
    sending the mail again.
    """

    kind = ""
    account = ""
    details = Details()
    proven: Proven | None = None
    language = "de"
    page_behind = ""
    sent = False
    account_id = ""
    expires = 0


def start_draft(kind: str, language: str, now: datetime, lifetime: timedelta) -> str:
    """Store a new draft and return its secret key."""
    key = secrets.token_urlsafe(32)
    draft = Draft()
    draft.kind = kind
    draft.language = language
    draft.expires = int((now + lifetime).timestamp())
    store = get_store()
    store.drafts[digest(key)] = draft
    store.queue(DRAFTS).add(digest(key), draft.expires)
    return key


def query_draft(key: str, now: datetime) -> Draft | None:
    """Return the draft with this key, or None where there is none any more."""
    store = query_store()
    if store is None or not key:
        return None
    draft: Draft | None = store.drafts.get(digest(key))
    if draft is None or now.timestamp() >= draft.expires:
        return None
    return draft


def drafts_of(account_id: str) -> list[tuple[str, Draft]]:
    """Return the drafts from which the account was made, with their stored keys.

    Looks at all registrations of the last hour.
    """
    drafts = get_store().drafts.items()
    return [(key, draft) for key, draft in drafts if draft.account_id == account_id]


def erase(account_id: str) -> None:
    """Forget from which draft the account was made; its deadline may lapse."""
    for key, _draft in drafts_of(account_id):
        del get_store().drafts[key]


def prolong(draft: Draft, now: datetime, lifetime: timedelta) -> None:
    """Count the lifetime from now on."""
    draft.expires = int((now + lifetime).timestamp())
