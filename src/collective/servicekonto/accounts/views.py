"""Logging in and out, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.cookies import expire_ticket
from collective.servicekonto.accounts.interfaces import ILogInWay
from collective.servicekonto.accounts.new_password import reveal_attributes
from collective.servicekonto.accounts.onward import FIRST_PAGE
from collective.servicekonto.accounts.onward import onward
from collective.servicekonto.accounts.onward import SECOND_STEP
from collective.servicekonto.accounts.onward import wanted_page
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.pas import remember_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.sessions import resolve
from collective.servicekonto.clock import now
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.waiting import WaitingShown
from collective.servicekonto.portal.web import PortalView
from dataclasses import replace
from plone import api
from plone.autoform import directives
from plone.base.interfaces import IRedirectAfterLogin
from plone.protect.interfaces import IDisableCSRFProtection
from plone.supermodel import model
from Products.CMFPlone.browser.login.login import LoginForm as PloneLoginForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import quote
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema
from zope.component import getUtilitiesFor
from zope.interface import alsoProvides
from zope.interface import implementer
import Products.CMFPlone.browser.login as plone_login


class ILogin(model.Schema):
    """What one logs in with."""

    email = schema.TextLine(title=_("E-mail address"), required=False)
    directives.widget("password", PasswordFieldWidget)
    password = schema.TextLine(title=_("Password"), required=False)


# What led to the log-in, by the word in its address.
# Why somebody is asked to log in who sent a form.
LOGGED_OUT = "abgemeldet"

NOTICES = {
    LOGGED_OUT: _(
        "You were logged out in the meantime, so nothing was sent yet. Please log in: "
        "then you come back to the form and can send it."
    ),
    "aktivierung": _(
        "Your Servicekonto is active. You can log in now with your e-mail address and "
        "your password."
    ),
    "neues-passwort": _(
        "Your new password is saved. You were logged out everywhere. Please log in "
        "with the new password."
    ),
}


def page_behind(request) -> str:
    """Return the page that the citizen wanted before the log-in."""
    return wanted_page(request.form.get("weiter")) or FIRST_PAGE


def next_page(account, page: str) -> str:
    """Return where the password leads: to the passkey, where there is one."""
    expected = passkeys.are_expected(account)
    return f"{SECOND_STEP}?weiter={page}" if expected else page


class AnmeldenForm(WaitingShown, PortalForm):
    """Log-in of citizens."""

    schema = ILogin
    label = _("Log in")
    scripts = ("reveal.js",)
    carried = ("weiter",)
    help_template = ViewPageTemplateFile("login_help.pt")
    autocomplete = {"email": "username", "password": "current-password"}

    def answer(self):
        """Return the form to those who are not logged in yet."""
        return self.logged_in_already() if is_citizen() else super().answer()

    @button.buttonAndHandler(_("Log in"), name="login")
    def handle_login(self, action):
        """Begin a session and go to Mein Bereich."""
        data, errors = self.extractData()
        if errors:
            return
        address, password = data.get("email") or "", data.get("password") or ""
        missing = _missing(address, password)
        if missing:
            self.show_problems(missing)
            return
        try:
            ticket = login.log_in(self.request, address, password, now())
        except login.LoginRefused as refused:
            self.status = self.translate(refused.message)
            return
        account = query_account(ticket.account_id)
        self.redirect(next_page(account, self._page_behind))

    @property
    def notice(self):
        """What led here."""
        told = NOTICES.get(str(self.request.form.get("nach")))
        if told is None and self._page_behind != FIRST_PAGE:
            return _("Please log in. Then we take you to the page that you wanted.")
        return told

    @property
    def _page_behind(self) -> str:
        return page_behind(self.request)

    def input_attributes(self, name):
        """Offer to show the password."""
        attributes = super().input_attributes(name)
        if name == "password":
            attributes |= reveal_attributes(self)
        return attributes

    def above_form(self):
        """Say what one can take along, unless this is the way to it."""
        return self.waiting()

    def waiting_here(self):
        """Return what a log-in takes along, with the way to that."""
        return [
            replace(
                one,
                page=onward("anmelden", one.behind),
                link_text=_("Log in and take these entries along"),
            )
            for one in super().waiting_here()
            if one.behind and one.behind != self._page_behind
        ]

    def below_form(self):
        """Link to what helps those who cannot log in."""
        return self.help_template()

    def other_ways(self) -> list[dict]:
        """Return address and text of each other way to log in."""
        ways = [one() for _name, one in getUtilitiesFor(ILogInWay)]
        back = f"?weiter={quote(self._page_behind)}"
        return [
            {"href": self.link(f"{way.page}{back}"), "text": way.text}
            for way in ways
            if way is not None
        ]

    @property
    def way_to_register(self) -> str:
        """The registration, which leads on to the same page."""
        wanted = wanted_page(self.request.form.get("weiter"))
        return self.link(onward("registrieren", wanted))

    @property
    def can_register(self) -> bool:
        """Tell whether registering is offered."""
        return is_open(get_portal())


def _missing(address: str, password: str) -> dict:
    problems = {}
    if not address.strip():
        problems["email"] = _("Please enter your e-mail address.")
    if not password:
        problems["password"] = _("Please enter your password.")
    return problems


class AbmeldenView(PortalView):
    """Asks whether to log out, and does it."""

    label = _("Log out")

    def answer(self):
        """Show the button, end the session with POST, and say that it is over."""
        session = current_session()
        if session is None:
            expire_ticket(self.request)
            return self.message(
                _("You are logged out"),
                _("On a shared computer, please close all windows of the browser."),
            )
        if self.request.method != "POST":
            return self.index()
        login.log_out(session, now())
        expire_ticket(self.request)
        return self.redirect("abmelden")


class LoginForm(PloneLoginForm):
    """Plone's own log-in form, which lets citizens in with a session of ours."""

    index = ViewPageTemplateFile("templates/login.pt", plone_login.__path__[0])

    def update(self):
        """Say also that one has to wait."""
        super().update()
        refused = login.query_pause(self.request)
        if refused is not None:
            api.portal.show_message(refused.message, self.request, "error")

    def _post_login(self):
        if csrf.comes_from_elsewhere(self.request):
            if login.is_citizen(self.request):
                return False
            return super()._post_login()
        ticket = login.begin_session_if_citizen(self.request, now())
        if ticket is None:
            return super()._post_login()
        alsoProvides(self.request, IDisableCSRFProtection)
        remember_session(self.request, resolve(ticket, now()))
        return False


@implementer(IRedirectAfterLogin)
class RedirectAfterLogin:
    """Sends citizens who came from nowhere to Mein Bereich."""

    def __init__(self, context, request):
        self.context = context
        self.request = request

    def __call__(self, came_from=None, is_initial_login=False):
        """Return where to go."""
        session = current_session()
        if came_from or session is None:
            return came_from
        account = query_account(session.account_id)
        page = next_page(account, FIRST_PAGE)
        return f"{account.aq_parent.absolute_url()}/{page}"
