"""Declarations that citizens confirm, and the versions that they confirmed."""

from collective.servicekonto import _
from collective.servicekonto.store.service import get_store
from datetime import datetime
from lxml.html import fragment_fromstring
from typing import Any
from typing import NamedTuple
from zope.i18nmessageid import Message


TITLES: dict[str, Message] = {
    "privacy_declaration": _("Data protection declaration"),
    "terms_of_use": _("Terms of use"),
}


class Declaration(NamedTuple):
    """One wording of a declaration. ``text`` is HTML, ``since`` epoch seconds."""

    name: str
    version: int
    text: str
    since: int

    @property
    def title(self) -> Message:
        """The name that citizens read."""
        return TITLES[self.name]

    @property
    def reference(self) -> str:
        """Names this wording, as it is kept with an account."""
        return f"{self.name}:{self.version}"


def current_declarations(portal: Any) -> list[Declaration]:
    """Return the wordings that a citizen has to confirm now."""
    wordings = get_store().declarations
    return [
        Declaration(*wordings[f"{name}:{version}"])
        for name, version in _current_versions(portal).items()
    ]


def record_versions(portal: Any, now: datetime) -> None:
    """Keep each declaration whose wording differs from its last version."""
    wordings = get_store().declarations
    current = {}
    for name in TITLES:
        text = _html(portal, name)
        if not text:
            continue
        version = _last_version(wordings, name)
        if not version or _wording(wordings[f"{name}:{version}"][2]) != _wording(text):
            version += 1
            stored = Declaration(name, version, text, int(now.timestamp()))
            wordings[stored.reference] = tuple(stored)
        current[name] = version
    if current != _current_versions(portal):
        portal.declaration_versions = current


def declaration(portal: Any, reference: str) -> Declaration | None:
    """Return the wording with this reference, or None."""
    stored = get_store().declarations.get(reference)
    return None if stored is None else Declaration(*stored)


def _wording(text: str) -> list[tuple]:
    """Return what differs only where citizens would read something else.

    An editor in the browser breaks lines and writes umlauts in its own way.
    """
    root = fragment_fromstring(text, create_parent="div")
    return [
        (
            element.tag,
            sorted(element.attrib.items()),
            (element.text or "").split(),
            (element.tail or "").split(),
        )
        for element in root.iter()
    ]


def _current_versions(portal: Any) -> dict[str, int]:
    return getattr(portal, "declaration_versions", {})


def _last_version(wordings: Any, name: str) -> int:
    return max(
        (int(key.rpartition(":")[2]) for key in wordings if key.startswith(f"{name}:")),
        default=0,
    )


def _html(portal: Any, name: str) -> str:
    value = getattr(portal, name, None)
    return (value.output_relative_to(portal) or "").strip() if value else ""
