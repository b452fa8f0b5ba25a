"""What happened to an account lately: log-ins, log-outs, changes of the means.

The citizen reads it to notice strangers. It is written only in requests that write
anyway, and never longer kept than it is shown.
"""

from collections.abc import Iterator
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from enum import Enum
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of the history.
HISTORY = "history"

KEPT_FOR = timedelta(days=90)


class Event(Enum):
    """What can happen. The values are stored and are the words of the audit log."""

    LOGIN = "login"
    PASSKEY_USED = "passkey-used"
    LOGOUT = "logout"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    ADDRESS_CHANGED = "address-changed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_BLOCKED = "passkey-blocked"
    PASSKEY_UNBLOCKED = "passkey-unblocked"
    PASSKEY_REMOVED = "passkey-removed"
    CARD_ADDED = "card-added"
    CARD_LOGIN = "card-login"
    CARD_USED = "card-used"
    CARD_BLOCKED = "card-blocked"
    CARD_UNBLOCKED = "card-unblocked"
    CARD_REMOVED = "card-removed"
    CARD_REPLACED = "card-replaced"
    COUNTER_CODE = "counter-code"
    IDENTITY_CONFIRMED = "identity-confirmed"
    SESSION_ENDED = "session-ended"
    OTHERS_ENDED = "other-sessions-ended"
    NOT_ME = "not-me"


class Entry(NamedTuple):
    """One event. ``at`` in epoch seconds.

    ``label``  the citizen's name of the passkey, where there is one
    ``failed`` how many wrong passwords came before a log-in
    """

    event: Event
    at: int
    client: Client
    label: str = ""
    failed: int = 0

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return the entry that ``stored`` made plain."""
        event, at, client, label, failed = stored
        return cls(Event(event), at, Client(*client), label, failed)

    @property
    def stored(self) -> tuple[Any, ...]:
        """Return plain tuples, which name no class of ours in the database."""
        return self.event.value, self.at, tuple(self.client), self.label, self.failed


def record(
    account: Any,
    event: Event,
    client: Client,
    now: datetime,
    label: str = "",
    failed: int = 0,
) -> None:
    """Note the event for the citizen, and in the audit log without any detail."""
    at = int(now.timestamp())
    key = f"{_key(account, now)}:{secrets.token_hex(8)}"
    store = get_store()
    store.history[key] = Entry(event, at, client, label, failed).stored
    store.queue(HISTORY).add(key, at + int(KEPT_FOR.total_seconds()))
    audit.record(event.value, account.id)


def entries(account: Any, now: datetime) -> Iterator[Entry]:
    """Yield what happened in the last 90 days, the latest first."""
    first = _key(account, now - KEPT_FOR + timedelta(seconds=1))
    keys = list(get_store().history.keys(first, _end(account)))
    for key in reversed(keys):
        yield Entry.of(get_store().history[key])


def erase(account: Any) -> None:
    """Remove everything that is noted of the account."""
    store = get_store()
    for key, stored in list(store.history.items(f"{account.id}:", _end(account))):
        due = Entry.of(stored).at + int(KEPT_FOR.total_seconds())
        store.queue(HISTORY).remove(key, due)
        del store.history[key]


def discard(key: str) -> None:
    """Remove one entry, which may be gone already."""
    get_store().history.pop(key, None)


def _key(account: Any, moment: datetime) -> str:
    return f"{account.id}:{int(moment.timestamp() * 1_000_000):016d}"


def _end(account: Any) -> str:
    # The character behind the colon that ends the account's part of the keys.
    return f"{account.id};"
