"""The page from which the AusweisApp is opened."""

from collective.servicekonto import _
from collective.servicekonto.accounts.new_password import present_password_field
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.help import APP_PAGE
from collective.servicekonto.eid.help import TROUBLE
from collective.servicekonto.eid.tc_token import desktop_link
from collective.servicekonto.eid.tc_token import phone_link
from collective.servicekonto.eid.words import TITLES
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.browser.password import PasswordFieldWidget


class IPasswordAgain(model.Schema):
    """The password once more."""

    directives.widget("password", PasswordFieldWidget)
    password = present_password_field()


class StartPage:
    """Mixin of a page that begins a reading of the card.

    Scripts make it more comfortable: they look whether the AusweisApp runs, and follow
    what happens in it. Without them the links do.
    """

    start_template = ViewPageTemplateFile("start.pt")
    app_page = APP_PAGE
    trouble = TROUBLE

    def always_read(self):
        """Return the titles of the data that are read where somebody is identified."""
        return _titles(settings.question().required)

    def read_if_allowed(self):
        """Return the titles of those that the citizen can deselect then."""
        return _titles(settings.question().optional)

    def start(self, token_address: str, step=None) -> str:
        """Return the page with the links that open the AusweisApp."""
        self.label = _("Open the AusweisApp")
        return self.start_template(
            desktop=desktop_link(token_address),
            phone=phone_link(token_address),
            step=step,
        )

    def not_set_up(self) -> str:
        """Say that the portal reads no cards."""
        return self.message(
            _("The Online-Ausweis cannot be used here yet"),
            _(
                "This town has not set it up yet. You can use everything else of your "
                "Servicekonto. If a service needs the Online-Ausweis, please come to the "
                "office, or write to it."
            ),
            page="mein-bereich",
            link_text=_("To Mein Bereich"),
        )

    def failed(self, text) -> str:
        """Say why the AusweisApp cannot be opened now."""
        return self.message(
            _("That did not work"),
            text,
            page=self.this_page(),
            link_text=_("Try again"),
            others=[("mein-bereich", _("To Mein Bereich"))],
        )

    def needs_passkey(self, page: str) -> str:
        """Lead to the confirmation with the passkey, and back to this page."""
        return self.message(
            _("Please confirm with a passkey first"),
            _(
                "Your Servicekonto is protected by a passkey. Please confirm with it. "
                "After that you come back to this page."
            ),
            page=f"anmelden-passkey?weiter={page}",
            link_text=_("Confirm with your passkey"),
            others=[("mein-bereich", _("To Mein Bereich"))],
        )


def _titles(operations):
    return [title for one, title in TITLES.items() if one in operations]
