"""Deleting the account, the lock, and changing one's mind, in a real browser."""

from itertools import count
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
import pytest


NUMBERS = count(1)
WISH = "Ich möchte mein Servicekonto mit allen Daten löschen."


def register(citizen):
    """Let the citizen register, activate the account and log in."""
    for _name in citizen.begins():
        pass
    citizen.fills_in()
    for _name in [*citizen.reviews(), *citizen.activates()]:
        pass
    citizen.logs_in()
    return citizen


@pytest.fixture
def otto(page, town):
    """A citizen who is logged in."""
    address = f"otto{next(NUMBERS)}@example.org"
    return register(Citizen(Mouse(page), town, address))


@pytest.fixture
def scriptless_otto(new_page, town):
    """A citizen who is logged in, with a browser that runs no scripts."""
    window = new_page(java_script_enabled=False)
    address = f"otto{next(NUMBERS)}@example.org"
    return register(Citizen(Mouse(window), town, address))


def delete(citizen):
    """Fill in the form and send it."""
    citizen.hand.write("Ihr Passwort", PASSWORD)
    citizen.hand.choose(WISH)
    citizen.hand.press("Konto löschen")
    citizen.sees("Ihr Servicekonto wird gelöscht")


def whole_path(citizen):
    """Delete the account, be locked out, keep it, and log in again."""
    citizen.opens("mein-bereich")
    citizen.hand.follow("Konto löschen")
    citizen.sees("Konto löschen")
    yield "loeschen"
    delete(citizen)
    yield "loeschen-gesperrt"
    citizen.opens("mein-bereich")
    citizen.sees("Anmelden")
    citizen.hand.write("E-Mail-Adresse", citizen.address)
    citizen.hand.write("Passwort", PASSWORD)
    citizen.hand.press("Anmelden")
    expect(citizen.page.get_by_role("alert").first).to_contain_text(
        "Die E-Mail-Adresse oder das Passwort stimmt nicht"
    )
    citizen.page.goto(citizen.town.link_of_mail(citizen.address, 2))
    citizen.sees("Servicekonto behalten")
    yield "konto-behalten"
    citizen.hand.press("Servicekonto behalten")
    citizen.sees("Ihr Servicekonto bleibt bestehen")
    yield "konto-behalten-fertig"
    citizen.hand.follow("Anmelden")
    citizen.logs_in()


def test_an_account_is_deleted_and_kept(otto, looks):
    for name in whole_path(otto):
        looks.examine(otto.page, name)
    otto.page.goto(otto.town.link_of_mail(otto.address, 2))
    otto.sees("Dieser Link gilt nicht mehr")
    looks.examine(otto.page, "konto-behalten-benutzt")


def test_scripts_are_not_needed(scriptless_otto):
    for _name in whole_path(scriptless_otto):
        pass


def test_the_keyboard_alone_is_enough(otto):
    otto.hand = Keyboard(otto.page)
    for _name in whole_path(otto):
        pass


def test_mistakes_are_linked_to_their_fields(otto, looks):
    otto.opens("loeschen")
    otto.hand.write("Ihr Passwort", "geraten")
    otto.hand.press("Konto löschen")
    looks.examine(otto.page, "loeschen-fehler")
    links = otto.page.locator("#errors").get_by_role("link").all_text_contents()
    assert links == [
        "Das ist nicht Ihr jetziges Passwort.",
        "Bitte bestätigen Sie, dass alle Daten gelöscht werden sollen.",
    ]
    otto.hand.follow(links[1])
    expect(otto.page.get_by_label(WISH)).to_be_focused()
