"""What a citizen does at the Bürgerportal, page by page."""

from collections.abc import Iterator
from playwright.sync_api import expect
from tests.e2e.hands import Mouse
from tests.e2e.town import Town


PASSWORD = "Kuhglocke hinterm Fahrradständer"
NEW_PASSWORD = "Zwetschge Leuchtturm Pantoffel"
PRIVACY = "Gelesen und einverstanden: Datenschutzerklärung (öffnet ein neues Fenster)"
TERMS = "Gelesen und einverstanden: Nutzungsbedingungen (öffnet ein neues Fenster)"


class Citizen:
    """Erika Mustermann with her own e-mail address.

    What takes several pages is an iterator over their names: the caller looks at
    each page before it is left.
    """

    def __init__(self, hand: Mouse, town: Town, address: str) -> None:
        self.hand = hand
        self.page = hand.page
        self.town = town
        self.address = address

    def sees(self, heading: str) -> None:
        """Demand that the page has this heading, and the window its name."""
        expect(self.page.locator("#content h1")).to_have_text(heading)
        assert self.page.title().startswith(heading)

    def opens(self, page: str) -> None:
        """Open a page of the portal."""
        self.page.goto(f"{self.town.portal}/{page}")

    def begins(self) -> Iterator[str]:
        """Go from the landing page to the empty form."""
        self.opens("")
        self.sees("Bürgerportal")
        yield "startseite"
        self.hand.follow("Servicekonto anlegen")
        self.sees("Registrieren")
        yield "registrieren"
        self.hand.choose("Als Privatperson")
        self.hand.press("Weiter")
        self.sees("Konto wählen")
        yield "konto"
        self.hand.press("Weiter")
        self.sees("Ihre Angaben")

    def fills_in(self) -> None:
        """Fill in the form, without sending it."""
        self.hand.choose("Frau")
        self.hand.write("Vornamen", "Erika")
        self.hand.write("Familienname", "Musterfrau")
        self.hand.write("E-Mail-Adresse", self.address)
        self.hand.write("Passwort", PASSWORD)
        self.hand.write("Passwort wiederholen", PASSWORD)

    def reviews(self) -> Iterator[str]:
        """Check the entries, change the name, agree, and have the account made."""
        self.hand.press("Weiter")
        self.sees("Angaben prüfen")
        yield "pruefen"
        self.hand.follow("Ändern Familienname")
        self.sees("Ihre Angaben")
        self.hand.write("Familienname", "Mustermann")
        self.hand.press("Weiter")
        self.sees("Angaben prüfen")
        expect(self.page.get_by_role("definition").nth(4)).to_have_text("Mustermann")
        self.hand.choose(PRIVACY)
        self.hand.choose(TERMS)
        self.hand.press("Servicekonto anlegen")
        self.sees("Fast fertig: Bitte öffnen Sie Ihre E-Mails")
        yield "gesendet"

    def activates(self) -> Iterator[str]:
        """Open the link of the mail and press the button."""
        self.page.goto(self.town.link_of_mail(self.address, 1))
        self.sees("Servicekonto aktivieren")
        yield "aktivieren"
        self.hand.press("Aktivieren")
        self.sees("Anmelden")
        notice = self.page.get_by_role("status").first
        expect(notice).to_contain_text("Ihr Servicekonto ist aktiv.")
        yield "aktiviert"

    def logs_in(self, password: str = PASSWORD) -> None:
        """Log in, and come to Mein Bereich."""
        self.sees("Anmelden")
        self.hand.write("E-Mail-Adresse", self.address)
        self.hand.write("Passwort", password)
        self.hand.press("Anmelden")
        self.sees("Mein Bereich")
        greeting = self.page.get_by_text("Guten Tag, Erika Mustermann!")
        expect(greeting).to_be_visible()

    def logs_out(self) -> Iterator[str]:
        """Log out; Mein Bereich is closed then."""
        self.hand.follow("Abmelden")
        self.sees("Abmelden")
        yield "abmelden"
        self.hand.press("Jetzt abmelden")
        self.sees("Sie sind abgemeldet")
        yield "abgemeldet"
        self.opens("mein-bereich")
        self.sees("Anmelden")

    def whole_path(self) -> Iterator[str]:
        """Register, activate, log in and log out."""
        yield from self.begins()
        yield "angaben"
        self.fills_in()
        yield from self.reviews()
        yield from self.activates()
        yield "anmelden"
        self.logs_in()
        yield "mein-bereich"
        yield from self.logs_out()
