"""What every page of the portal has in common."""

from collective.servicekonto import _
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_our_host
from collective.servicekonto.portal.service import link
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces.browser import IBrowserView


class IPortalPage(IBrowserView):
    """A page of the Bürgerportal."""


_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


# A form has the page to itself: nothing beside it distracts from the next step.
_COLUMNS = ("plone.leftcolumn", "plone.rightcolumn")


@implementer(IPortalPage)
class PortalPage:
    """Refuses foreign hosts and forged forms; nothing of the page is cached.

    Subclasses give ``label`` (the heading, also the title of the window) and
    implement ``answer``.
    """

    label = ""
    message_template = ViewPageTemplateFile("message.pt")

    def __call__(self):
        """Answer the request, or explain why not."""
        for name, value in _HEADERS.items():
            self.request.response.setHeader(name, value)
        for column in _COLUMNS:
            self.request.set(f"disable_{column}", True)
        if not is_our_host(get_portal(), self.request["SERVER_URL"]):
            return self.wrong_host()
        if self.request.method == "POST":
            if not csrf.is_valid(self.request):
                return self.forged_form()
            alsoProvides(self.request, IDisableCSRFProtection)
        return self.answer()

    @property
    def csrf_token(self) -> str:
        """The value of the hidden field of every form."""
        return csrf.token(self.request)

    def link(self, page: str = "") -> str:
        """Return the public address of a page of the portal."""
        return link(get_portal(), page)

    def redirect(self, page: str) -> str:
        """Send the browser to a page of the portal."""
        self.request.response.redirect(self.link(page), status=303)
        return ""

    def translate(self, message) -> str:
        """Return the message in the language of the page."""
        return translate(message, context=self.request)

    def message(self, label, text, page: str = "", link_text=None, status: int = 200):
        """Return a page that says something and shows the next step."""
        self.request.response.setStatus(status, lock=True)
        self.label = label
        return self.message_template(
            text=text,
            href=self.link(page),
            link_text=link_text or _("To the start page"),
        )

    def wrong_host(self):
        """Refuse a request under a host name that was not configured."""
        return self.message(
            _("This address is not set up"),
            _("Please use the address of the Bürgerportal below."),
            link_text=_("To the Bürgerportal"),
            status=400,
        )

    def forged_form(self):
        """Refuse a form that was not sent from a page of ours."""
        return self.message(
            _("The form could not be accepted"),
            _(
                "The page was open for too long, or your browser does not accept "
                "cookies. Nothing was changed. Please allow cookies for this page, "
                "go back, reload the page and send the form again."
            ),
            status=403,
        )


class PortalView(PortalPage, BrowserView):
    """A page of the portal with a template of its own."""

    def answer(self):
        """Show the page, or act when its button was pressed."""
        return self.act() if self.request.method == "POST" else self.index()

    def act(self):
        """Return what the button leads to; most pages have none."""
        return self.index()
