"""Upgrade, log-in and registering: Chromium, the real AusweisApp, the test eID-Server."""

from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.testserver import app as ausweisapp
from collective.servicekonto.eid.testserver.app import Answers
from collective.servicekonto.eid.testserver.run import keys
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.citizen import PRIVACY
from tests.e2e.citizen import TERMS
from tests.e2e.hands import Mouse
from urllib.parse import parse_qs
from urllib.parse import urlsplit
import pytest


PLUS = "Servicekonto Plus mit Ihrem Online-Ausweis, E-Mail-Adresse und Passwort"

# The app's simulator fails now and then from a race of its own.
TRIES = 4


@pytest.fixture(scope="module")
def app(town, tmp_path_factory):
    """An AusweisApp that trusts the town's eID-Server."""
    instance = Instance(var=town.directory / "var", port=town.port)
    directory = tmp_path_factory.mktemp("app")
    with ausweisapp.running(directory, keys(instance.eid).cvca, free_port()) as running:
        yield running


class Holder(Citizen):
    """A citizen with a card, in front of the AusweisApp."""

    def __init__(self, hand, town, address, app):
        super().__init__(hand, town, address)
        self.app = app

    def arrives(self) -> None:
        """Register, activate and log in."""
        for _page in self.begins():
            pass
        self.fills_in()
        for _page in (*self.reviews(), *self.activates()):
            pass
        self.logs_in()

    def begins_upgrade(self) -> None:
        """Go as far as the page that opens the app."""
        self.opens("hochstufen")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name='buttons.upgrade']").click()

    def uses_app(self, answers: Answers) -> None:
        """Follow the link into the app, and let it lead back."""
        link = self.page.locator("[data-eid-open]").first.get_attribute("href")
        (token,) = parse_qs(urlsplit(link).query)["tcTokenURL"]
        with self.app.attended(answers):
            self.page.goto(self.app.activation(token))

    def reads(self, answers: Answers) -> None:
        """Begin until the app gets to the end; this many times it may fail."""
        for _time in range(TRIES):
            self.begins_upgrade()
            self.uses_app(answers)
            if "hochstufen-pruefen" in self.page.url:
                return
        raise AssertionError("The AusweisApp did not read its card.")

    def uses_card(self, page: str, leads_to: str) -> None:
        """Begin until the app gets to the end; this many times it may fail."""
        for _time in range(TRIES):
            self.opens(page)
            self.page.locator("#content form button[type=submit]").click()
            self.uses_app(Answers())
            if self.page.url.endswith(f"/{leads_to}"):
                return
        raise AssertionError("The AusweisApp did not read its card.")

    def chooses_plus(self) -> None:
        """Go as far as the page about the card."""
        self.opens("registrieren")
        self.hand.choose("Als Privatperson")
        self.hand.press("Weiter")
        self.hand.choose(PLUS)
        self.hand.press("Weiter")

    def removes_card(self) -> None:
        """Let another account have it."""
        self.opens("ausweis-entfernen")
        self.page.locator("#content form button[type=submit]").click()
        assert "ausweis-entfernt" in self.page.url


@pytest.fixture
def arrives(new_page, town, app):
    """Lets a citizen arrive who trusts the certificate of the demo."""

    def arrives(address):
        window = new_page(ignore_https_errors=True)
        return Holder(Mouse(window), town, address, app)

    return arrives


@pytest.fixture
def holder(arrives):
    """A citizen with a card."""
    return arrives("inhaberin@example.org")


def test_the_card_upgrades_the_account(holder, looks):
    holder.arrives()
    holder.opens("hochstufen")
    looks.examine(holder.page, "hochstufen")
    holder.begins_upgrade()
    looks.examine(holder.page, "hochstufen-app")
    holder.uses_app(Answers(cancel="ACCESS_RIGHTS"))
    expect(holder.page.locator("h1")).to_be_visible()
    assert "eid-rueckkehr" in holder.page.url
    looks.examine(holder.page, "hochstufen-abgebrochen")

    holder.reads(Answers())
    card = holder.page.locator("main, #content").first
    expect(card).to_contain_text("HEIDESTRAẞE 17")
    expect(card).to_contain_text("GABLER")
    looks.examine(holder.page, "hochstufen-pruefen")
    holder.page.locator("[name=confirm]").click()

    holder.opens("mein-bereich")
    expect(holder.page.get_by_text("Servicekonto Plus").first).to_be_visible()
    holder.opens("profil")
    expect(holder.page.locator("#content")).to_contain_text("HEIDESTRAẞE 17")

    holder.opens("mein-bereich")
    for _page in holder.logs_out():
        pass
    for page in ("anmelden", "anmelden-karte", "neuer-ausweis", "ausweis-unbekannt"):
        holder.opens(page)
        looks.examine(holder.page, page)
    holder.uses_card("anmelden-karte", "mein-bereich")
    holder.opens("anmeldung")
    expect(holder.page.locator("#content")).to_contain_text("hoch")
    looks.examine(holder.page, "anmeldung-ausweis")
    holder.opens("neuer-ausweis")
    looks.examine(holder.page, "neuer-ausweis-angemeldet")
    # The simulator plays one card, and the next citizen wants to have it.
    holder.removes_card()


def test_a_citizen_registers_with_the_card(arrives, looks):
    citizen = arrives("mit.ausweis@example.org")
    citizen.chooses_plus()
    citizen.sees("Online-Ausweis auslesen")
    looks.examine(citizen.page, "registrieren-ausweis")

    citizen.uses_card("registrieren-ausweis", "registrieren-angaben")
    content = citizen.page.locator("#content")
    expect(content).to_contain_text("HEIDESTRAẞE 17")
    expect(citizen.page.get_by_label("Familienname", exact=True)).to_have_count(0)
    looks.examine(citizen.page, "registrieren-ausweis-angaben")
    citizen.hand.write("E-Mail-Adresse", citizen.address)
    citizen.hand.write("Passwort", PASSWORD)
    citizen.hand.write("Passwort wiederholen", PASSWORD)
    citizen.hand.press("Weiter")

    expect(content).to_contain_text("GABLER")
    looks.examine(citizen.page, "registrieren-ausweis-pruefen")
    citizen.hand.choose(PRIVACY)
    citizen.hand.choose(TERMS)
    citizen.hand.press("Servicekonto anlegen")
    for _page in citizen.activates():
        pass

    citizen.uses_card("anmelden-karte", "mein-bereich")
    expect(content).to_contain_text("Servicekonto Plus")
    citizen.removes_card()
