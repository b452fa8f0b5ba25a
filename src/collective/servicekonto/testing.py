"""Test layers: a Plone site with the add-on and an open Bürgerportal."""

from collective.servicekonto.portal.settings import settings
from pathlib import Path
from plone import api
from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PloneSandboxLayer
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.app.textfield import RichTextValue
import collective.servicekonto
import os
import tempfile


def rich_text(html: str) -> RichTextValue:
    """Return HTML as the fields of a Bürgerportal keep it."""
    return RichTextValue(html, "text/html", "text/x-html-safe")


def add_portal(site, public_url: str):
    """Add an open Bürgerportal to the site and return it."""
    portal = api.content.create(
        site,
        "Buergerportal",
        id="buergerportal",
        title="Bürgerportal",
        public_url=public_url,
        sender_name="Stadt Musterstadt",
        sender_address="servicekonto@musterstadt.example",
        privacy_declaration=rich_text("<p>Wir schützen Ihre Daten.</p>"),
    )
    api.content.transition(portal, "open")
    return portal


class AddonLayer(PloneSandboxLayer):
    """The add-on's ZCML is loaded, nothing is installed."""

    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)

    def setUpZope(self, app, configurationContext):
        """Load the ZCML; keep secret and mails in a directory of their own."""
        self._directory = tempfile.TemporaryDirectory()
        base = Path(self._directory.name)
        os.environ["SERVICEKONTO_SECRET_FILE"] = str(base / "secret")
        os.environ["SERVICEKONTO_MAILQUEUE"] = str(base / "mailqueue")
        self.loadZCML(package=collective.servicekonto)

    def setUpPloneSite(self, portal):
        """Let nothing leave the machine: mails stay in the queue."""
        portal.portal_registry["plone.smtp_host"] = ""

    def tearDownZope(self, app):
        """Remove secret and mails."""
        del os.environ["SERVICEKONTO_SECRET_FILE"]
        del os.environ["SERVICEKONTO_MAILQUEUE"]
        self._directory.cleanup()


ADDON_FIXTURE = AddonLayer()


class ServicekontoLayer(PloneSandboxLayer):
    """The add-on is installed, and the site has an open Bürgerportal."""

    defaultBases = (ADDON_FIXTURE,)

    def setUpPloneSite(self, portal):
        """Install the add-on and add a Bürgerportal."""
        applyProfile(portal, "collective.servicekonto:default")
        setRoles(portal, TEST_USER_ID, ["Manager"])
        portal.portal_workflow.setDefaultChain("simple_publication_workflow")
        add_portal(portal, "http://nohost/plone/buergerportal")
        settings().mail_interval = 0
        setRoles(portal, TEST_USER_ID, ["Member"])


SERVICEKONTO_FIXTURE = ServicekontoLayer()

ADDON_INTEGRATION_TESTING = IntegrationTesting(
    bases=(ADDON_FIXTURE,), name="ServicekontoAddon:Integration"
)
INTEGRATION_TESTING = IntegrationTesting(
    bases=(SERVICEKONTO_FIXTURE,), name="Servicekonto:Integration"
)
FUNCTIONAL_TESTING = FunctionalTesting(
    bases=(SERVICEKONTO_FIXTURE,), name="Servicekonto:Functional"
)
