"""Offices with their staff, and the browsers of the staff."""

from collective.servicekonto.offices.content import CLERK
from plone import api
from plone.testing.zope import Browser


PASSWORD = "Aktenordner im Keller 12"


def add_office(site, title, *clerks, **entries):
    """Add an office to the portal, with clerks who can log in."""
    with api.env.adopt_roles(["Manager"]):
        office = api.content.create(
            site.buergerportal, "Dienststelle", title=title, **entries
        )
        for clerk in clerks:
            api.user.create(f"{clerk}@musterstadt.example", clerk, PASSWORD)
            api.user.grant_roles(clerk, roles=[CLERK], obj=office)
    return office


class Clerk(Browser):
    """A browser at the pages of an office; error pages are read as well."""

    app = None
    office = ""

    def __init__(self, app, office: str, name: str, password: str = PASSWORD) -> None:
        super().__init__(app)
        self.app = app
        self.raiseHttpErrors = False
        self.office = office
        if name:
            self.addHeader("Authorization", f"Basic {name}:{password}")

    def opens(self, page: str) -> None:
        """Open a page of the office."""
        self.open(f"{self.office}/{page}")

    def fills_in(self, **entries: str) -> None:
        """Type into fields, or choose."""
        for name, entry in entries.items():
            control = self.getControl(name=name)
            is_choice = control.type in ("radio", "select")
            control.value = [entry] if is_choice else entry

    def presses(self, button: str) -> None:
        """Press the button with this name."""
        self.getControl(name=f"buttons.{button}", index=0).click()

    @property
    def status(self) -> int:
        """The status of the page."""
        return int(self.headers["status"][:3])

    @property
    def page(self) -> str:
        """Return the name of the page that is open."""
        return self.url.rpartition("/")[2].partition("?")[0]

    def writes(self, recipient: str, **changes: str) -> None:
        """Fill in the form of a new message."""
        self.opens("schreiben")
        entries = {
            "recipient": recipient,
            "kind": "query",
            "subject": "Ihr Antrag",
            "text": "Bitte senden Sie uns eine Kopie.",
            "reference": "HU-2026-17",
            "reply_until": "2099-01-01",
        }
        self.fills_in(**(entries | changes))
