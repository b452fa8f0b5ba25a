"""Pages on which the browser talks to the authenticator.

Such a page carries what is asked in its source; passkey.js fills the answer into the
form. Nothing is loaded beside it.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import TooManyAttempts
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import NamedTuple
from zope.i18nmessageid import Message
import json


class Ceremony(NamedTuple):
    """What the browser and the citizen do on the page.

    ``kind``    “create” or “get”, as in navigator.credentials
    ``page``    to which the answer is sent
    ``carried`` entries that are sent with it
    ``button``  begins it
    ``back``    the page of those who do not want to
    """

    kind: str
    options: dict
    page: str
    carried: dict[str, str]
    text: Message
    button: Message
    back: str = "anmeldung"


class CeremonyPage:
    """Mixin of a page that lets the browser talk to the authenticator."""

    scripts: tuple[str, ...] = ("passkey.js",)
    ceremony_template = ViewPageTemplateFile("ceremony.pt")

    def answer(self):
        """Return the page, or say that nothing more is asked of the device for now."""
        try:
            return super().answer()
        except TooManyAttempts as refused:
            return self.refused(refused.message, self.this_page())

    def show(self, label, ceremony: Ceremony, step=None) -> str:
        """Return the page."""
        self.label = label
        return self.ceremony_template(
            ceremony=ceremony, options=json.dumps(ceremony.options), step=step
        )

    def refused(self, message, page: str) -> str:
        """Say why the passkey did not count, and lead to another try."""
        return self.message(
            _("That did not work"),
            message,
            page=page,
            link_text=_("Try again"),
            others=[("anmeldung", _("Back"))],
        )

    @property
    def answer_sent(self) -> str:
        """What passkey.js filled in, empty where the page was just opened."""
        return str(self.request.form.get("answer") or "")
