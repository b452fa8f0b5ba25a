"""The door to the Bürgerportal: which it is, and what is set there."""

from Acquisition import aq_base
from collective.servicekonto.portal.content import IBuergerportal
from collective.servicekonto.portal.content import OWN_MACHINE
from collective.servicekonto.store.service import query_store
from datetime import timedelta
from Products.CMFCore.interfaces import IWorkflowTool
from typing import Any
from urllib.parse import urlsplit
from zope.component import getUtility
from zope.component.hooks import getSite


OPEN = "open"


class NoPortal(LookupError):
    """The site has no Bürgerportal."""


def query_portal() -> Any | None:
    """Return the site's Bürgerportal, or None."""
    site = getSite()
    store = query_store(site)
    if store is None or not store.portal_path:
        return None
    found = site
    for name in store.portal_path.split("/"):
        # A page asks dozens of times: traversing would look for views, too.
        found = None if found is None else found._getOb(name, None)
    return found if IBuergerportal.providedBy(aq_base(found)) else None


def get_portal() -> Any:
    """Return the site's Bürgerportal. Raises NoPortal."""
    portal = query_portal()
    if portal is None:
        raise NoPortal
    return portal


def is_open(portal: Any) -> bool:
    """Tell whether new accounts can be registered."""
    return workflow_state(portal) == OPEN


def workflow_state(content: Any, variable: str = "review_state") -> str:
    """Return the state of the content in the workflow that keeps it in this variable.

    A page asks for each of its messages; plone.api would look for the site each time.
    """
    tool = getUtility(IWorkflowTool)
    state: str = tool.getInfoFor(content, variable)
    return state


def link(portal: Any, page: str = "") -> str:
    """Return the public address of a page of the portal.

    It is made from the configured address only, never from the request.
    """
    base: str = portal.public_url.rstrip("/")
    return f"{base}/{page}" if page else base


def is_our_host(portal: Any, origin: str) -> bool:
    """Tell whether a request under this origin (scheme, host, port) is meant for us.

    The scheme is not compared: behind a proxy it is often another one.
    """
    ours: str = urlsplit(portal.public_url).netloc
    return urlsplit(origin).netloc.lower() == ours.lower()


def is_own_machine(portal: Any, origin: str) -> bool:
    """Tell whether this is another name of the machine on which the portal is tried.

    Only there a machine has names that nobody else can use.
    """
    ours, theirs = urlsplit(portal.public_url), urlsplit(origin)
    hosts = {ours.hostname, theirs.hostname}
    return hosts <= set(OWN_MACHINE) and ours.port == theirs.port


def activation_time(portal: Any) -> timedelta:
    """Return for how long an activation link is valid."""
    return timedelta(hours=portal.activation_hours)


def draft_time(portal: Any) -> timedelta:
    """Return for how long a registration is kept after its last step."""
    return timedelta(minutes=portal.draft_minutes)


def transfer_time(portal: Any) -> timedelta:
    """Return for how long a transfer of data stays in the citizen's log."""
    return timedelta(days=portal.transfer_days)


def lock_time(portal: Any) -> timedelta:
    """Return how long an account is locked before it is deleted; may be zero."""
    return timedelta(days=portal.lock_days)


def reset_time(portal: Any) -> timedelta:
    """Return for how long a link for a new password is valid."""
    return timedelta(minutes=portal.reset_minutes)


def message_time(portal: Any) -> timedelta:
    """Return how long messages of the Postfach are kept, unless they say otherwise."""
    return timedelta(days=portal.message_days)
