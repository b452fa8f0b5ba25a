"""What happens when a Bürgerportal is added, changed, moved or removed."""

from Acquisition import aq_base
from collective.servicekonto.clock import now
from collective.servicekonto.portal.adding import second_portal
from collective.servicekonto.portal.declarations import record_versions
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.store.service import create_store
from collective.servicekonto.store.service import get_store
from zExceptions import BadRequest
from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


def portal_placed(portal, event) -> None:
    """Remember where the portal is. There is one per site."""
    if IObjectRemovedEvent.providedBy(event):
        return
    store = create_store(getSite())
    other = query_portal()
    if other is not None and aq_base(other) is not aq_base(portal):
        raise BadRequest(translate(second_portal(other.title), context=getRequest()))
    site_path = len(getSite().getPhysicalPath())
    store.portal_path = "/".join(portal.getPhysicalPath()[site_path:])
    record_versions(portal, now())


def portal_changed(portal, event) -> None:
    """Keep a new version of each declaration that was changed."""
    record_versions(portal, now())


def portal_removed(portal, event) -> None:
    """Forget where the portal was. The citizens' data stay."""
    store = get_store(getSite())
    if query_portal() is None or aq_base(query_portal()) is aq_base(portal):
        store.portal_path = ""
