"""The door to forms under way."""

from collections.abc import Iterator
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.settings import Settings
from dataclasses import replace
from datetime import datetime
from typing import Any


def draft_of(account: Any, service_uid: str, now: datetime) -> Draft | None:
    """Return what the citizen has entered into the form so far, or None."""
    return drafts.query(account.id, service_uid, now)


def drafts_of(account: Any, now: datetime) -> Iterator[tuple[str, Draft]]:
    """Return the UID of the form and the draft of everything that was begun."""
    return drafts_of_owner(account.id, now)


def drafts_of_owner(owner: str, now: datetime) -> Iterator[tuple[str, Draft]]:
    """Yield the same for an owner of drafts (see applicant.Applicant)."""
    for uid, draft in drafts.all_of(owner):
        if now.timestamp() < draft.expires:
            yield uid, draft


def kept_back(draft: Draft) -> tuple[str, ...]:
    """Return the attributes of the account that are not handed over."""
    return draft.kept_back


def demanded(settings: Settings, draft: Draft | None) -> Settings:
    """Return the settings as they are for somebody with this draft.

    What was entered at a level needs it still, whatever the editor demands today.
    """
    if draft is None:
        return settings
    level = max(settings.required_level, TrustLevel(draft.level))
    return replace(settings, required_level=level)
