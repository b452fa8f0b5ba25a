"""Browsers of citizens, in the process of the tests."""

from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.accounts.sessions import Ticket
from plone.testing.zope import Browser
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from typing import Self


class Citizen(Browser):
    """A browser that uses the Bürgerportal; error pages are read as well."""

    app = None
    portal = ""

    def __init__(self, app, portal: str) -> None:
        super().__init__(app)
        self.app = app
        self.addHeader("X-Forwarded-For", "127.0.0.1")
        self.raiseHttpErrors = False
        self.portal = portal

    def opens(self, page: str) -> None:
        """Open a page of the portal."""
        self.open(f"{self.portal}/{page}")

    def fills_in(self, **entries: str) -> None:
        """Type into fields."""
        for name, text in entries.items():
            self.getControl(name=name).value = text

    def presses(self, button: str) -> None:
        """Press the button with this name."""
        self.getControl(name=f"buttons.{button}").click()

    def logs_in(self, address: str = ADDRESS, password: str = PASSWORD) -> None:
        """Log in."""
        self.opens("anmelden")
        self.fills_in(email=address, password=password)
        self.presses("login")

    def goes_on_with(self, ticket: Ticket) -> None:
        """Go on in another session, as after a log-in with other means."""
        self.cookies[SESSION_COOKIE] = str(ticket)

    def new_tab(self) -> Self:
        """Open a tab in the same browser: it has the same cookies, now and later."""
        tab = type(self)(self.app, self.portal)
        tab.testapp.cookiejar = self.testapp.cookiejar
        return tab

    @property
    def is_logged_in(self) -> bool:
        """Tell whether Mein Bereich opens."""
        self.opens("mein-bereich")
        return self.url.endswith("/mein-bereich")

    @property
    def page(self) -> str:
        """Return the name of the page that is open."""
        return self.url.rpartition("/")[2].partition("?")[0]
