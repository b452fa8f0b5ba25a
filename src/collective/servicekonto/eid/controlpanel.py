"""The control panel of the Online-Ausweis, and its check of the connection."""

from collective.servicekonto import _
from collective.servicekonto import clock
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.cards import number_of_invented
from collective.servicekonto.eid import connection
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.server.check import check_server
from collective.servicekonto.eid.server.files import check_files
from collective.servicekonto.eid.server.files import Finding
from collective.servicekonto.eid.settings import IEIDSettings
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.store.service import query_store
from plone import api
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from plone.app.registry.browser.controlpanel import RegistryEditForm
from plone.protect import CheckAuthenticator
from plone.restapi.controlpanels import RegistryConfigletPanel
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zExceptions import Unauthorized
from zope.component import adapter
from zope.interface import Interface
import os


# Whoever has it decides which proofs of identity are believed.
PERMISSION = "collective.servicekonto: Manage eID-Server"


class EIDSettingsForm(RegistryEditForm):
    """Edits the registry records of the Online-Ausweis."""

    schema = IEIDSettings
    schema_prefix = settings.PREFIX
    label = _("Servicekonto: Online-Ausweis")
    description = _(
        "How this website reaches the eID-Server of your provider, and what it reads from "
        "a card. Certificates and keys stay files on the server."
    )

    def updateFields(self):
        """Let all data be seen at once."""
        super().updateFields()
        for name in ("required_data", "optional_data"):
            self.fields[name].widgetFactory = CheckBoxFieldWidget


class EIDControlPanel(ControlPanelFormWrapper):
    """The page around the form, with the way to the check."""

    form = EIDSettingsForm
    index = ViewPageTemplateFile("controlpanel.pt")

    def environment(self) -> list[str]:
        """Return the variables that come before what is set here."""
        return [name for name in settings.ENVIRONMENT.values() if os.environ.get(name)]

    def test_cards_are_accepted(self) -> bool:
        """Tell whether setting and environment agree on that."""
        return invented.are_allowed()

    def number_of_invented(self) -> int:
        """Return how many accounts have the card of a test identity."""
        return number_of_invented() if query_store() is not None else 0


@adapter(Interface, IServicekontoLayer)
class EIDConfigletPanel(RegistryConfigletPanel):
    """The same control panel for plone.restapi."""

    schema_prefix = settings.PREFIX
    configlet_id = "servicekonto-eid"
    configlet_category_id = "Products"

    @property
    def schema(self):
        """What may be read and set. The service itself lets Site Administrators in.

        Raises Unauthorized for those who may not choose the eID-Server.
        """
        if not api.user.has_permission(PERMISSION):
            raise Unauthorized(PERMISSION)
        return IEIDSettings


class ConnectionCheck(BrowserView):
    """Checks the connection when a button is pressed, and says what is wrong."""

    index = ViewPageTemplateFile("check.pt")
    findings: tuple[Finding, ...] = ()

    def __call__(self):
        """Return the page, with the findings after POST."""
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            self.findings = tuple(self.check())
        return self.index()

    @property
    def is_fine(self) -> bool:
        """Tell whether citizens can use the Online-Ausweis."""
        return all(finding.is_fine for finding in self.findings)

    def check(self) -> list[Finding]:
        """Look at the files first, and at the server only if they can be used."""
        configuration = settings.query_configuration()
        server = connection.query_server()
        if configuration is not None:
            findings = check_files(configuration, clock.now())
            if not all(finding.is_fine for finding in findings):
                return findings
        else:
            findings = []
        if server is None:
            return [*findings, self._no_server(configuration is not None)]
        asked = settings.question()
        return [*findings, *check_server(server, asked, invented.are_allowed())]

    def _no_server(self, is_configured: bool) -> Finding:
        if is_configured:
            text = _(
                "Parts of the program are missing. Please install the package "
                "collective.servicekonto with the extra eid."
            )
        else:
            text = _("The address of the eID-Server is not set.")
        return Finding(text, is_fine=False)
