"""An office that still has something to decide is not deleted: nobody could do it then."""

from collective.servicekonto import _
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases.inbox import open_states
from plone import api
from plone.rest.interfaces import IAPIRequest
from typing import Any
from zExceptions import BadRequest
from zExceptions import Redirect
from zope.globalrequest import getRequest
from zope.i18n import translate


def keep_while_needed(office: Any, event: Any) -> None:
    """Refuse to delete the office alone; with the whole portal it goes."""
    if event.object is not office:
        return
    uid = office.UID()
    number = sum(applications.count(uid, one) for one in open_states())
    if not number:
        return
    text = _(
        "This office is not deleted: it has still to decide ${number} applications. "
        "Please decide them first. If another office is to do it, give its staff the "
        "role here, and rename the office.",
        mapping={"number": number},
    )
    request = getRequest()
    if IAPIRequest.providedBy(request):
        raise BadRequest(translate(text, context=request))
    api.portal.show_message(text, request, type="error")
    raise Redirect(office.absolute_url())
