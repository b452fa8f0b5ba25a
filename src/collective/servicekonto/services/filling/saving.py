"""Keeping what was entered."""

from collections.abc import Mapping
from collective.servicekonto.accounts.service import demand_active
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling import files
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.service import settings
from datetime import datetime
from typing import Any


def keep(filling: Filling, form: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Keep what was sent with the form; return why files were refused, by field.

    What nobody can type into is not taken, whatever the browser sent. Raises TooMuch,
    or NotActive for an account that is being deleted.
    """
    draft = filling.draft
    sent = entries.sent(form, filling.typed)
    merged = entries.merged(draft.entries, sent)
    taken = files.take(form, draft.files, filling.for_files, for_citizens())
    draft.entries = merged
    if dict(taken.files) != dict(draft.files):
        draft.files = taken.files
    store(filling, now)
    return taken.refused


def store(filling: Filling, now: datetime) -> None:
    """Keep the draft as it is, from now on for its lifetime. Raises NotActive."""
    draft, applicant = filling.draft, filling.applicant
    draft.model = filling.model
    draft.level = settings(filling.service).required_level.value
    if applicant.account is not None and not draft.saved:
        demand_active(applicant.account)
    uid = filling.service.UID()
    drafts.keep(applicant.owner, uid, draft, applicant.lifetime, now)


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


def version_of(filling: Filling, page: Page) -> str:
    """Return what tells the kept entries of the page from what others save there."""
    kept = entries.of_fields(filling.draft.entries, page.names)
    return entries.version(dict(kept))
