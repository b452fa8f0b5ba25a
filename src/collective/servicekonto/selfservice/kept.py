"""What a citizen typed into a form when the session was over, kept for an hour.

After logging in again the form is as it was. Passwords are never kept.
"""

from collections.abc import Mapping
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.tokens import digest
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
import json
import secrets


# The due queue of kept forms.
KEPT_FORMS = "kept-forms"

LIFETIME = timedelta(hours=1)
MAXIMUM_SIZE = 200_000
MOST_FORMS = 5

_NEVER_KEPT = ("csrf", "_authenticator", "password", "repetition", "buttons.")

Entries = dict[str, str | list[str]]


class KeptForm(NamedTuple):
    """``entries`` are the texts of the fields, ``expires`` is in epoch seconds."""

    page: str
    entries: Entries
    expires: int


def keep(account_id: str, page: str, form: Mapping[str, Any], now: datetime) -> str:
    """Keep the entries for the citizen and the page; return the secret key.

    Too much to be typed by a person is not kept: the key is empty then.
    """
    entries = {name: text for name, text in form.items() if _is_kept(name, text)}
    if len(json.dumps(entries)) > MAXIMUM_SIZE:
        return ""
    if len(all_of(account_id)) >= MOST_FORMS:
        return ""
    key = secrets.token_urlsafe(32)
    stored = _stored_key(key, account_id)
    expires = int((now + LIFETIME).timestamp())
    store = get_store()
    store.kept_forms[stored] = tuple(KeptForm(page, entries, expires))
    store.queue(KEPT_FORMS).add(stored, expires)
    return key


def query(key: str, account_id: str, page: str, now: datetime) -> Entries | None:
    """Return what the citizen typed on this page, or None where nothing is kept."""
    stored = get_store().kept_forms.get(_stored_key(key, account_id))
    if stored is None:
        return None
    kept = KeptForm(*stored)
    return (
        kept.entries if kept.page == page and now.timestamp() < kept.expires else None
    )


def discard(key: str, account_id: str) -> None:
    """Forget what was kept for the citizen under the key, once it was sent again."""
    _discard(_stored_key(key, account_id))


def all_of(account_id: str) -> list[KeptForm]:
    """Return everything that is kept for the citizen."""
    found = get_store().kept_forms.values(f"{account_id}:", f"{account_id};")
    return [KeptForm(*stored) for stored in found]


def erase(account_id: str) -> None:
    """Forget everything that is kept for the citizen."""
    for stored in list(get_store().kept_forms.keys(f"{account_id}:", f"{account_id};")):
        _discard(stored)


def _discard(stored_key: str) -> None:
    store = get_store()
    stored = store.kept_forms.pop(stored_key, None)
    if stored is not None:
        store.queue(KEPT_FORMS).remove(stored_key, KeptForm(*stored).expires)


def _stored_key(key: str, account_id: str) -> str:
    return f"{account_id}:{digest(key)}"


def _is_kept(name: str, value: Any) -> bool:
    if name.startswith(_NEVER_KEPT) or "password" in name:
        return False
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(text, str) for text in texts)
