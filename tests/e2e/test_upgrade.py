"""Upgrade and log-in: Chromium, the real AusweisApp, and the test eID-Server."""

from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.testserver import app as ausweisapp
from collective.servicekonto.eid.testserver.app import Answers
from collective.servicekonto.eid.testserver.run import keys
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Mouse
from urllib.parse import parse_qs
from urllib.parse import urlsplit
import pytest


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

    def logs_in_with_card(self) -> None:
        """Begin until the app gets to the end; this many times it may fail."""
        for _time in range(TRIES):
            self.opens("anmelden-karte")
            self.page.locator("#content form button[type=submit]").click()
            self.uses_app(Answers())
            if self.page.url.endswith("/mein-bereich"):
                return
        raise AssertionError("The AusweisApp did not read its card.")


@pytest.fixture
def holder(new_page, town, app):
    """A citizen who trusts the certificate of the demo."""
    window = new_page(ignore_https_errors=True)
    return Holder(Mouse(window), town, "inhaberin@example.org", app)


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
    holder.logs_in_with_card()
    holder.opens("anmeldung")
    expect(holder.page.locator("#content")).to_contain_text("hoch")
