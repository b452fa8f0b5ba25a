"""A code in Mein Bereich, and the counter of the Bürgerbüro, in a real browser."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.clerk import Clerk
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.office import OFFICE
from tests.e2e.test_deletion import register
from tests.e2e.test_desk import number_of
import pytest


ON_THE_CARD = {
    "Vornamen": "Erika Maria",
    "Familienname": "Müller-Łuczak",
    "Geburtsname": "Gabler",
    "Geburtsdatum": "12.08.1964",
    "Geburtsort": "Berlin",
    "Straße und Hausnummer": "Heidestraße 17",
    "Postleitzahl": "51147",
    "Ort": "Köln",
}


class CounterClerk(Clerk):
    """Somebody who confirms identities."""

    way_in = "Schalter"

    def enters(self, number: str, code: str) -> None:
        """Fill in the form from what the citizen shows."""
        self.hand.write("Kontonummer oder E-Mail-Adresse", number)
        self.hand.write("Code für den Schalter", code)
        for label, text in ON_THE_CARD.items():
            self.hand.write(label, text)

    def vouches(self) -> None:
        """Set the tick, and type the password once more."""
        self.page.locator("#checked").click()
        self.hand.write("Ihr eigenes Passwort noch einmal", self.login)


@pytest.fixture
def clerk(page, town):
    """The clerk at the counter, who is logged in."""
    clerk = CounterClerk(Mouse(page), town, "schalter", OFFICE)
    clerk.logs_in()
    return clerk


@pytest.fixture
def two_clerks(town):
    """The town wants two clerks for each confirmation."""
    town.decides(counter_four_eyes=True)
    yield
    town.decides(counter_four_eyes=False)


def visitor(hand, town, address):
    """Return a citizen who is logged in, and the account number."""
    citizen = register(Citizen(hand, town, address))
    return citizen, number_of(citizen)


def code_of(citizen):
    """Let the citizen make a code, and return it."""
    citizen.hand.write("Ihr jetziges Passwort", PASSWORD)
    citizen.hand.press("Code erstellen")
    citizen.sees("Ihr Code für den Schalter")
    return citizen.page.locator("#code").inner_text()


def clerk_takes(clerk, citizen, number):
    """Let the clerk take what has to wait for a second one."""
    citizen.opens("schalter")
    code = code_of(citizen)
    clerk.opens("schalter")
    clerk.enters(number, code)
    clerk.hand.press("Vergleichen")
    clerk.vouches()
    clerk.hand.press("Bestätigen")
    clerk.sees("Eine zweite Person muss bestätigen")


def test_an_office_confirms_who_somebody_is(new_page, town, clerk, looks):
    erika, number = visitor(Mouse(new_page()), town, "erika.schalter@example.org")
    erika.hand.follow("Angaben am Schalter bestätigen lassen")
    erika.sees("Angaben am Schalter bestätigen lassen")
    looks.examine(erika.page, "schalter-erklaerung")
    code = code_of(erika)
    looks.examine(erika.page, "schalter-code")

    clerk.page.get_by_role("link", name="Schalter").click()
    clerk.sees("Eine Identität am Schalter bestätigen")
    looks.examine(clerk.page, "schalter")
    clerk.hand.press("Vergleichen")
    looks.examine(clerk.page, "schalter-fehler")
    clerk.enters(number, code)
    clerk.hand.press("Vergleichen")
    clerk.sees("Vergleichen und bestätigen")
    expect(clerk.page.get_by_text("Mustermann", exact=True)).to_be_visible()
    looks.examine(clerk.page, "schalter-vergleich")
    clerk.vouches()
    clerk.hand.press("Bestätigen")
    clerk.sees("Es ist bestätigt")
    looks.examine(clerk.page, "schalter-bestaetigt")

    erika.opens("profil")
    profile = erika.page.locator("#content")
    expect(profile.get_by_label("Familienname", exact=True)).to_have_value(
        "Müller-Łuczak"
    )
    expect(profile).to_contain_text("Von einer Behörde bestätigt am")
    looks.examine(erika.page, "profil-bestaetigt")
    erika.opens("schalter")
    assert code_of(erika) != code


def test_what_waits_for_a_second_clerk(new_page, town, clerk, two_clerks, looks):
    erika, number = visitor(Mouse(new_page()), town, "vier.augen@example.org")
    clerk_takes(clerk, erika, number)
    looks.examine(clerk.page, "schalter-zweite-person")
    clerk.opens("schalter-warten")
    looks.examine(clerk.page, "schalter-warten")
    erika.opens("schalter")
    erika.hand.press("Code und Bestätigung zurückziehen")
    clerk.opens("schalter-warten")
    expect(clerk.page.get_by_text("Es wartet nichts.")).to_be_visible()


def test_a_second_clerk_confirms(new_page, town, clerk, two_clerks, looks):
    erika, number = visitor(Mouse(new_page()), town, "zweite.person@example.org")
    clerk_takes(clerk, erika, number)
    second = CounterClerk(Mouse(new_page()), town, "schalter2", OFFICE)
    second.logs_in()
    second.opens("schalter-warten")
    second.hand.follow(f"Konto {number}")
    second.sees("Als zweite Person bestätigen")
    looks.examine(second.page, "schalter-zweiter-vergleich")
    second.vouches()
    second.hand.press("Bestätigen")
    second.sees("Es ist bestätigt")
    erika.opens("profil")
    profile = erika.page.locator("#content")
    expect(profile).to_contain_text("Von einer Behörde bestätigt am")


def test_it_is_done_with_the_keyboard_and_without_scripts(new_page, town):
    def window():
        return Keyboard(new_page(java_script_enabled=False))

    otto, number = visitor(window(), town, "tastatur.schalter@example.org")
    otto.opens("schalter")
    code = code_of(otto)
    clerk = CounterClerk(window(), town, "schalter", OFFICE)
    clerk.logs_in()
    clerk.opens("schalter")
    clerk.enters(number, code)
    clerk.hand.press("Vergleichen")
    clerk.sees("Vergleichen und bestätigen")
    clerk.vouches()
    clerk.hand.press("Bestätigen")
    clerk.sees("Es ist bestätigt")
