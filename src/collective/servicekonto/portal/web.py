"""What every page of the portal has in common."""

from collective.servicekonto import _
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_our_host
from collective.servicekonto.portal.service import is_own_machine
from collective.servicekonto.portal.service import link
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import urlencode
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


# Who may correct the public address.
_MANAGE_SETTINGS = "collective.servicekonto: Manage settings"

METHODS = ("GET", "HEAD", "POST")

# A form has the page to itself: nothing beside it distracts from the next step.
_COLUMNS = ("plone.leftcolumn", "plone.rightcolumn")


@implementer(IPortalPage)
class PortalPage:
    """Refuses foreign hosts and forged forms; nothing of the page is cached.

    Subclasses implement ``answer`` and give

    ``label``       the heading, also the title of the window
    ``carried``     names of entries of the address that are sent on with the form
    ``has_errors``  whether something has to be corrected
    """

    label = ""
    has_errors = False
    carried: tuple[str, ...] = ()
    message_template = ViewPageTemplateFile("message.pt")

    def __call__(self):
        """Answer the request, or explain why not."""
        for name, value in _HEADERS.items():
            self.request.response.setHeader(name, value)
        for column in _COLUMNS:
            self.request.set(f"disable_{column}", True)
        if not self.is_right_host():
            return self.wrong_host()
        if self.request.method not in METHODS:
            return self.wrong_method()
        if self.request.method == "POST":
            if not csrf.is_valid(self.request):
                return self.forged_form()
            alsoProvides(self.request, IDisableCSRFProtection)
        return self.answer()

    def is_right_host(self) -> bool:
        """Tell whether the page was opened under an address at which it may be."""
        return is_our_host(get_portal(), self.request["SERVER_URL"])

    @property
    def contact(self) -> str:
        """Whom to ask where something did not work, empty for nobody."""
        return get_portal().contact or ""

    @property
    def csrf_token(self) -> str:
        """The value of the hidden field of every form."""
        return csrf.token(self.request)

    def link(self, page: str = "") -> str:
        """Return the public address of a page of the portal."""
        return link(get_portal(), page)

    def carried_along(self) -> dict[str, str]:
        """Return name and text of the entries of the address that are sent on."""
        sent = {name: self.request.form.get(name) for name in self.carried}
        return {name: text for name, text in sent.items() if isinstance(text, str)}

    def this_page(self, **entries: str) -> str:
        """Return the page as it was opened, with further entries of the address."""
        query = urlencode(self.carried_along() | entries)
        return f"{self.__name__}?{query}" if query else self.__name__

    def redirect(self, page: str) -> str:
        """Send the browser to a page of the portal."""
        self.request.response.redirect(self.link(page), status=303)
        return ""

    def translate(self, message) -> str:
        """Return the message in the language of the page."""
        return translate(message, context=self.request)

    def message(
        self, label, text, page="", link_text=None, status: int = 200, others=()
    ):
        """Return a page that says something and shows the next step.

        ``others`` are pairs of page and text for those who need something else.
        """
        steps = [(page, link_text or _("To the start page")), *others]
        links = [(self.link(page), text) for page, text in steps]
        return self._say(label, text, links, status)

    def wrong_host(self):
        """Refuse a request under a host name that was not configured.

        On one's own machine lead to the configured one.
        """
        if is_own_machine(get_portal(), self.request["SERVER_URL"]):
            query = self.request.get("QUERY_STRING", "")
            page = "" if self.__name__ == "view" else self.__name__
            return self.redirect(f"{page}?{query}" if query else page)
        label = _("This address is not set up")
        if api.user.has_permission(_MANAGE_SETTINGS, obj=self.context):
            text = _(
                "The field “Public address” of this Bürgerportal says ${address}. "
                "Pages and links work under that address only. Is it wrong? Then "
                "correct the field.",
                mapping={"address": self.link()},
            )
            edit_form = f"{self.context.absolute_url()}/edit"
            links = [(edit_form, _("Correct the public address"))]
            return self._say(label, text, links, 400)
        return self.message(
            label,
            _("Please use the address of the Bürgerportal below."),
            link_text=_("To the Bürgerportal"),
            status=400,
        )

    def wrong_method(self):
        """Refuse what no browser does with a page."""
        self.request.response.setHeader("Allow", ", ".join(METHODS))
        return self.message(
            _("This is not possible here"),
            _("Please open the page in your browser."),
            status=405,
        )

    def forged_form(self):
        """Refuse a form that was not sent from a page of ours."""
        return self.message(
            _("The form could not be accepted"),
            _(
                "The page was open for too long. Nothing was changed. Please try "
                "again. If this message returns, your browser does not accept "
                "cookies: then please allow them for this page."
            ),
            page=self.this_page(),
            link_text=_("Try again"),
            status=403,
        )

    def logged_in_already(self):
        """Lead a citizen on who need not log in or register."""
        return self.message(
            _("You are logged in already"),
            _("You are using your Servicekonto in this browser."),
            page="mein-bereich",
            link_text=_("To Mein Bereich"),
            others=[("abmelden", _("Log out"))],
        )

    def _say(self, label, text, links: list, status: int) -> str:
        self.request.response.setStatus(status, lock=True)
        self.label = label
        return self.message_template(text=text, links=links)


class PortalView(PortalPage, BrowserView):
    """A page of the portal with a template of its own."""

    def answer(self):
        """Show the page, or act when its button was pressed."""
        return self.act() if self.request.method == "POST" else self.index()

    def act(self):
        """Return what the button leads to; most pages have none."""
        return self.index()
