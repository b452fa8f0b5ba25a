"""From the form to the page of one's own: with the Servicekonto, and with Plone."""

from benchmarks.browser import Browser
from dataclasses import dataclass
from typing import Protocol


PASSWORD = "Laterne Kompott Ziegel 47"  # noqa: S105


@dataclass(frozen=True)
class Citizen:
    """Who registers."""

    name: str
    email: str


class Journey(Protocol):
    """A way to an account, in two halves, with a mail between."""

    link: str

    def register(self, browser: Browser, citizen: Citizen) -> None:
        """Go as far as the page that says a mail is on its way."""

    def finish(self, browser: Browser, citizen: Citizen, link: str) -> None:
        """Open the mail's link, log in, and see one's own page."""


@dataclass(frozen=True)
class Servicekonto:
    """Every page that a citizen sees on the way to Mein Bereich."""

    portal: str
    link = r"http\S+/aktivieren\?token=\S+"

    def register(self, browser: Browser, citizen: Citizen) -> None:
        """Go through the wizard."""
        browser.open("registrieren", f"{self.portal}/registrieren")
        browser.submit("registrieren", "kind")
        browser.submit("registrieren-konto", "account")
        browser.submit(
            "registrieren-angaben",
            "given_names",
            given_names="Erika",
            family_name=citizen.name,
            email=citizen.email,
            password=PASSWORD,
            repetition=PASSWORD,
        )
        browser.expect(citizen.name)
        browser.submit(
            "registrieren-pruefen",
            "privacy_declaration",
            privacy_declaration="privacy_declaration:1",
            terms_of_use="terms_of_use:1",
        )
        browser.expect(citizen.email)

    def finish(self, browser: Browser, citizen: Citizen, link: str) -> None:
        """Activate, log in, and see Mein Bereich."""
        browser.open("aktivieren", link)
        browser.submit("aktivieren", "token")
        browser.submit("anmelden", "password", email=citizen.email, password=PASSWORD)
        browser.expect(citizen.name)


@dataclass(frozen=True)
class PlonesOwn:
    """Plone's self-registration, where the mail leads to the choice of a password."""

    site: str
    link = r"http\S+/passwordreset/\S+"

    def register(self, browser: Browser, citizen: Citizen) -> None:
        """Fill in @@register."""
        browser.open("@@register", f"{self.site}/@@register")
        browser.submit(
            "@@register",
            "form.widgets.email",
            **{
                "form.widgets.fullname": f"Erika {citizen.name}",
                "form.widgets.username": citizen.name,
                "form.widgets.email": citizen.email,
            },
        )

    def finish(self, browser: Browser, citizen: Citizen, link: str) -> None:
        """Choose a password, which logs in, and see the personal page."""
        browser.open("passwordreset", link)
        browser.submit(
            "passwordreset",
            "password2",
            userid=citizen.name,
            password=PASSWORD,
            password2=PASSWORD,
        )
        browser.open("personal", f"{self.site}/@@personal-information")
        browser.expect(citizen.email)
