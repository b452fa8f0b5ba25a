"""What mail servers send over HTTP, and what citizens read when mails come back."""

from collective.servicekonto.clock import now
from collective.servicekonto.portal.machines import knows_secret
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox.notices import service
from collective.servicekonto.postbox.notices.intake import take_in
from plone.app.layout.viewlets.common import ViewletBase
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.interface import alsoProvides


HEADER = "X-Servicekonto-Bounce"
ENVIRONMENT = "SERVICEKONTO_BOUNCE_SECRET_FILE"

MEDIA_TYPE = "message/rfc822"

# Only the beginning is read; more than this no mail server needs to report.
LONGEST = 10 * 1024 * 1024


class BounceView(BrowserView):
    """Takes in a mail that came back: POST of message/rfc822 with the secret.

    Answers 204 whatever the mail says; a mail server need not know what it meant.
    """

    def __call__(self) -> str:
        """Take the mail in, or refuse the call."""
        response = self.request.response
        response.setHeader("Cache-Control", "no-store")
        response.setStatus(self._status())
        return ""

    def _status(self) -> int:
        if self.request.method != "POST":
            self.request.response.setHeader("Allow", "POST")
            return 405
        if not knows_secret(self.request, HEADER, ENVIRONMENT):
            return 403
        media_type = self.request.getHeader("Content-Type") or ""
        if media_type.partition(";")[0].strip().lower() != MEDIA_TYPE:
            return 415
        raw = self._body()
        if len(raw) > LONGEST:
            return 413
        alsoProvides(self.request, IDisableCSRFProtection)
        take_in(raw, now())
        return 204

    def _body(self) -> bytes:
        content: bytes = self.request["BODYFILE"].read(LONGEST + 1)
        return content


class UndeliverableViewlet(ViewletBase):
    """Says on all pages of Mein Bereich that our mails come back."""

    @property
    def account(self):
        """Return the citizen's account; a page that leads elsewhere has none."""
        return getattr(self.view, "account", None)

    def is_shown(self) -> bool:
        """Tell whether mails come back for good."""
        return self.account is not None and service.is_undeliverable(self.account)

    def page(self) -> str:
        """Return the address of the page on which the citizen can change it."""
        return link(get_portal(), "e-mail")
