"""The demo site: made at the first start, told its addresses at each start."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SpecialUsers import system
from collections.abc import Iterator
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.mail.outbox import send_queued
from contextlib import contextmanager
from plone.distribution.api.site import create
from Testing.makerequest import makerequest
from typing import Any
from zope.component.hooks import setSite
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
import transaction
import Zope2


SITE_ID = "Plone"
PORTAL_ID = "buergerportal"
DEMO_PROFILE = "profile-collective.servicekonto:demo"
MANAGER = "admin"
TOWN = {
    "site_id": SITE_ID,
    "title": "Musterstadt",
    "description": "Die Internetseiten der Stadt Musterstadt",
    "default_language": "de",
    "portal_timezone": "Europe/Berlin",
    "setup_content": False,
}


@contextmanager
def application(port: int) -> Iterator[Any]:
    """Open Zope's root as the system user; what was done is committed at the end."""
    environ = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(port)}
    root = makerequest(Zope2.app(), environ=environ)
    setRequest(root.REQUEST)
    newSecurityManager(None, system.__of__(root.acl_users))
    try:
        yield root
        transaction.commit()
    finally:
        transaction.abort()
        setSite(None)
        noSecurityManager()
        clearRequest()
        root._p_jar.close()


def has_town(root: Any) -> bool:
    """Tell whether the site was built at an earlier start."""
    return SITE_ID in root.objectIds()


def build_town(root: Any) -> None:
    """Create the manager, the site and its pages."""
    site = create(root, "classic", dict(TOWN))
    # Creating a site gives the root a new, empty user folder.
    root.acl_users._doAddUser(MANAGER, MANAGER, ["Manager"], [])
    site.portal_registry["plone.email_from_name"] = "Stadt Musterstadt"
    site.portal_registry["plone.email_from_address"] = "rathaus@musterstadt.example"
    site.portal_setup.runAllImportStepsFromProfile(DEMO_PROFILE)


def use_addresses(root: Any, address: str, smtp_host: str, smtp_port: int) -> None:
    """Set what depends on the ports of this start: public address and mail server."""
    site = root[SITE_ID]
    setSite(site)
    site[PORTAL_ID].public_url = f"{address}/{PORTAL_ID}"
    registry = site.portal_registry
    registry["collective.servicekonto.eid.allow_test_identities"] = True
    registry["plone.smtp_host"] = smtp_host
    registry["plone.smtp_port"] = smtp_port
    send_queued(site.MailHost, queue_directory(site))
