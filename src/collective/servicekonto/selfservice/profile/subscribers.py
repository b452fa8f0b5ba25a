"""What the webmaster is told in the type editor."""

from collective.servicekonto import _
from collective.servicekonto.accounts.attributes import TYPE_NAME
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.selfservice.profile.questions import question
from collective.servicekonto.selfservice.profile.rows import is_row_type
from collective.servicekonto.selfservice.profile.service import is_answerable
from plone import api
from typing import Any


def field_added(event: Any) -> None:
    """Say so when citizens will not see the new field."""
    fti = getattr(event.object, "fti", None)
    request = getattr(event.object, "REQUEST", None)
    if fti is None or not IServicekontoLayer.providedBy(request):
        return
    if _is_shown(fti, event.field):
        return
    message = _(
        "Citizens will not see this field in their profile. Please choose another "
        "type of field or another short name."
    )
    api.portal.show_message(message, request, type="warning")


def _is_shown(fti: Any, field: Any) -> bool:
    site = api.portal.get()
    if fti.getId() == TYPE_NAME:
        return is_answerable(field.__name__, field, site)
    return not is_row_type(fti) or question(field, site) is not None
