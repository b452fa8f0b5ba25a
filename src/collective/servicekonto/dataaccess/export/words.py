"""The members of the exported data in words, for the readable overview.

What a module adds without words of its own is shown under its plain name.
"""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.selfservice.profile.words import Translate
from datetime import datetime
from datetime import tzinfo
from typing import Any


# The named utilities for personal data (see accounts.interfaces).
TITLES = {
    "account": _("Your account"),
    "applications": _("What you applied for"),
    "address-change": _("Change of the e-mail address"),
    "deadlines": _("End of the account"),
    "card-readings": _("What was read from your Online-Ausweis just now"),
    "kept-forms": _("Entries kept when a session ended"),
    "means": _("What you log in with"),
    "sessions": _("Where you are logged in"),
    "history": _("Your log-ins"),
    "transfers": _("Data transfers"),
    "registration": _("Registration sent in the last hour"),
}

_NAMES = {
    "answers": _("Your entries"),
    "at": _("When"),
    "attributes": _("Details"),
    "blocked": _("Blocked since"),
    "browser": _("Browser"),
    "confirmed": _("Confirmed"),
    "declaration": _("Declaration"),
    "delete_at": _("Will be deleted"),
    "entries": _("Entries"),
    "event": _("What happened"),
    "failed": _("Wrong passwords before it"),
    "files": _("Files"),
    "former": _("Former addresses"),
    "keep_until": _("Is kept until"),
    "kind": _("Kind"),
    "label": _("Name"),
    "language": _("Language"),
    "last_login": _("Last log-in"),
    "last_used": _("Last used"),
    "legal_basis": _("Legal basis"),
    "level": _("Trust level"),
    "log_ins": _("Log-ins"),
    "means": _("Logged in with"),
    "notes": _("Notes of the office"),
    "number": _("Number"),
    "office": _("Office"),
    "page": _("Page"),
    "pending": _("New address, not confirmed yet"),
    "purpose": _("What for"),
    "recipient": _("Recipient"),
    "registered": _("Since when"),
    "service": _("Service"),
    "session_level": _("Trust level of your log-in"),
    "state": _("State"),
    "submitted": _("Sent"),
    "system": _("Operating system"),
    "timeline": _("What happened"),
    "text": _("Text"),
    "version": _("Version"),
    "withheld": _("The office withholds the text. You can ask it why"),
    "workflow_state": _("State"),
}

_MOMENTS = frozenset(
    {
        "at",
        "blocked",
        "delete_at",
        "keep_until",
        "last_used",
        "registered",
        "submitted",
    }
)


def entries(part: Any, zone: tzinfo, translate: Translate) -> Iterator[str]:
    """Yield a text of several lines for each entry of a module's data."""
    for entry in part if isinstance(part, list) else [part]:
        texts = _lines(entry, zone, translate)
        if texts:
            yield "\n".join(texts)


def day_and_time(moment: int, zone: tzinfo) -> str:
    """Return the moment, in epoch seconds, as it is written in German."""
    return datetime.fromtimestamp(moment, zone).strftime("%d.%m.%Y, %H:%M")


def _lines(entry: dict[str, Any], zone: tzinfo, translate: Translate) -> list[str]:
    return [
        f"{translate(_NAMES.get(name, name))}: {_text(name, value, zone, translate)}"
        for name, value in entry.items()
        if value
    ]


def _text(name: str, value: Any, zone: tzinfo, translate: Translate) -> str:
    if value is True:
        return translate(_("yes"))
    if name in _MOMENTS and isinstance(value, int):
        return day_and_time(value, zone)
    if isinstance(value, dict):
        return ", ".join(_lines(value, zone, translate))
    if isinstance(value, list):
        return "; ".join(_text(name, one, zone, translate) for one in value)
    return str(value)
