"""Applications in the words of the staff."""

from collective.servicekonto import _
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications.rules import Actor
from typing import Any


ACTORS = {
    Actor.CITIZEN: _("by the citizen"),
    Actor.OFFICE: _("by the office"),
    Actor.SYSTEM: _("automatically"),
}

_ORIGINS = {
    Source.TYPED: _("from the account, not verified"),
    Source.LINK: _("from the account, e-mail address confirmed"),
    Source.OFFICE: _("from the account, confirmed by an authority"),
    Source.ONLINE_AUSWEIS: _("verified with the Online-Ausweis"),
}

LEVELS = {
    TrustLevel.BASIS: _("no trust level"),
    TrustLevel.LOW: _("trust level: niedrig"),
    TrustLevel.SUBSTANTIAL: _("trust level: substanziell"),
    TrustLevel.HIGH: _("trust level: hoch"),
}


def origin(text: str) -> list[Any]:
    """Say where an answer comes from, and how sure it is; nothing where it was typed."""
    level, _colon, source = text.partition(":")
    if not source:
        return []
    return [_ORIGINS[Source(source)], LEVELS[TrustLevel(level)]]
