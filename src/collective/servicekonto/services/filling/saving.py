"""Keeping what was entered."""

from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto.accounts.service import demand_active
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling import files
from collective.servicekonto.services.filling import limits
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.filling.entries import Entries
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.service import settings
from datetime import datetime
from functools import partial
from typing import Any


def keep(filling: Filling, form: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Keep what was sent with the form; return why files were refused, by field.

    What nobody can type into is not taken, whatever the browser sent. Raises TooMuch,
    or NotActive for an account that is being deleted.
    """
    draft = filling.draft
    sent = entries.sent(form, filling.typed)
    merged = entries.merged(draft.entries, sent)
    limits.count_save(filling, now)
    taken = files.take(
        form,
        draft.files,
        filling.for_files,
        for_citizens(),
        partial(limits.check_upload, filling, now=now),
        partial(limits.note_upload, filling, now=now),
    )
    draft.entries = merged
    if dict(taken.files) != dict(draft.files):
        draft.files = taken.files
    draft.aside = entries.without(draft.aside, entries.fields_of(sent))
    store(filling, now)
    return taken.refused


def set_aside(
    filling: Filling, form: Mapping[str, Any], page: int, now: datetime
) -> None:
    """Keep what was typed on the page in a session below the level of the draft.

    It changes nothing until the citizen takes it over, at that level, nor does it use up
    the draft. Files are not taken. Raises TooMuch.
    """
    draft = filling.draft
    merged = entries.merged(draft.aside, entries.sent(form, filling.typed))
    limits.count_writing(filling, now)
    draft.aside = merged
    draft.page = page


def leave_aside(filling: Filling, page: Page) -> None:
    """Forget what was set aside of the page."""
    draft = filling.draft
    draft.aside = entries.without(draft.aside, page.names)


def store(filling: Filling, now: datetime) -> None:
    """Keep the draft as it is, from now on for its lifetime. Raises NotActive."""
    draft, applicant = filling.draft, filling.applicant
    draft.model = filling.model
    required = settings(filling.service).required_level
    draft.level = max(TrustLevel(draft.level), required).value
    if applicant.account is not None and not draft.saved:
        demand_active(applicant.account)
    uid = filling.service.UID()
    drafts.keep(applicant.owner, uid, draft, applicant.lifetime, now)


def take_over(filling: Filling, other: Draft, now: datetime) -> None:
    """Let the draft of somebody without account be that of the citizen.

    It takes the place of one that the citizen has, and is a new application. Raises
    NotActive.
    """
    draft = drafts.new_draft()
    draft.entries = dict(entries.of_fields(other.entries, filling.typed))
    draft.files = dict(other.files)
    for name in ("page", "reached", "solved", "saves", "uploaded"):
        setattr(draft, name, getattr(other, name))
    filling.draft = draft
    store(filling, now)


def choose_rows(filling: Filling, chosen: Mapping[str, str]) -> None:
    """Let rows of the account fill in the form: attribute → key, "" for none.

    What was typed into their fields gives way to a row.
    """
    draft = filling.draft
    draft.chosen = {k: v for k, v in (dict(draft.chosen) | dict(chosen)).items() if v}
    filled = {
        name
        for name, one in filling.mapping.items()
        if one.column and chosen.get(one.attribute)
    }
    draft.entries = entries.without(draft.entries, filled)


def leave_to_account(filling: Filling, page: Page, data: Mapping[str, Any]) -> None:
    """Forget entries that say what the account says: they follow the account."""
    same = {
        name
        for name in page.names
        if name in data
        and filling.prefilled(name) is not None
        and filling.prefilled(name) == data[name]
    }
    if same:
        filling.draft.entries = entries.without(filling.draft.entries, same)


def version_of(filling: Filling, names: Collection[str]) -> str:
    """Return what tells the kept entries of these fields from what others save there."""
    kept = entries.of_fields(filling.draft.entries, names)
    return entries.version(dict(kept))


def is_changed_elsewhere(
    filling: Filling, names: Collection[str], known: str, sent: Entries
) -> bool:
    """Tell whether somebody else has saved something else in these fields since.

    ``known`` is the version that was seen, empty for none.
    """
    if not known or known == version_of(filling, names):
        return False
    kept = filling.draft.entries
    return any(kept.get(name) != text for name, text in sent.items())
