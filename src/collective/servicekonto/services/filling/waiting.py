"""The forms that were begun in this browser without logging in."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.clock import now
from collective.servicekonto.portal.waiting import Waiting
from collective.servicekonto.services.filling.applicant import anonymous
from collective.servicekonto.services.filling.service import drafts_of_owner
from collective.servicekonto.services.service import page_of
from collective.servicekonto.services.service import service_of
from collective.servicekonto.services.service import settings
from typing import Any
from zope.globalrequest import getRequest


def waiting() -> Iterator[Waiting]:
    """Yield each form that is not sent yet, with the way to go on."""
    owner = anonymous(getRequest()).owner
    if not owner:
        return
    for uid, _draft in drafts_of_owner(owner, now()):
        form = service_of(uid)
        if form is not None:
            yield _waiting(form)


def _waiting(form: Any) -> Waiting:
    takes_accounts = settings(form).takes_accounts
    behind = f"entwurf-uebernehmen?dienst={form.UID()}" if takes_accounts else ""
    text = _(
        "A form was begun in this browser without logging in, and it is not sent yet: "
        "${title}",
        mapping={"title": form.title},
    )
    if behind and current_session() is not None:
        return Waiting(form.UID(), text, behind, _("Take these entries along"))
    return Waiting(form.UID(), text, page_of(form), _("To this form"), behind)
