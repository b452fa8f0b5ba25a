"""Ihr Profil in a real browser, with and without scripts."""

from itertools import count
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import NEW_PASSWORD
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.looks import demand_no_scrolling_sideways
from tests.e2e.looks import NARROW
import pytest


NUMBERS = count(1)
SAVED = "Ihre Angaben sind gespeichert."


def registered(hand, town) -> Citizen:
    """Return a citizen who is logged in and sees the profile."""
    citizen = Citizen(hand, town, f"profil{next(NUMBERS)}@example.org")
    for _name in citizen.begins():
        pass
    citizen.fills_in()
    for _name in [*citizen.reviews(), *citizen.activates()]:
        pass
    citizen.logs_in()
    citizen.opens("profil")
    citizen.sees("Ihr Profil")
    return citizen


@pytest.fixture
def max_(page, town):
    """A citizen with a mouse."""
    return registered(Mouse(page), town)


def row(citizen, name):
    """Return the row with this name, such as “Kind 1”."""
    return citizen.page.get_by_role("group", name=name, exact=True)


def field(citizen, name, label):
    """Return a field of a row."""
    return row(citizen, name).get_by_label(label, exact=True)


def adds_a_child_and_a_vehicle(citizen) -> None:
    """Add two rows, and fill them in."""
    citizen.hand.press("Kind hinzufügen")
    field(citizen, "Kind 1", "Vornamen").fill("Max")
    field(citizen, "Kind 1", "Geburtsdatum").fill("24.5.2019")
    citizen.hand.press("Fahrzeug hinzufügen")
    field(citizen, "Fahrzeug 1", "Kennzeichen").fill("MU-ST 123")


def fills_in(citizen) -> None:
    """Fill in address and date of birth."""
    citizen.hand.write("Geburtsdatum", "5.1950")
    citizen.hand.write("Straße und Hausnummer", "Rathausplatz 1")
    citizen.hand.write("Postleitzahl", "12345")
    citizen.hand.write("Ort", "Musterstadt")
    citizen.page.get_by_label("Land", exact=True).select_option("Deutschland")


def saves(citizen) -> None:
    """Save, and read that it was saved."""
    citizen.hand.press("Speichern")
    expect(citizen.page.get_by_role("status").first).to_contain_text(SAVED)


def sees_everything_again(citizen) -> None:
    """Demand that everything is on the page that was filled in."""
    page = citizen.page
    first = page.get_by_label("Geburtsdatum", exact=True).first
    expect(first).to_have_value("05.1950")
    expect(page.get_by_label("Land", exact=True)).to_have_value("DE")
    expect(field(citizen, "Kind 1", "Vornamen")).to_have_value("Max")
    expect(field(citizen, "Kind 1", "Geburtsdatum")).to_have_value("24.05.2019")
    expect(field(citizen, "Fahrzeug 1", "Kennzeichen")).to_have_value("MU-ST 123")


def test_the_profile_is_filled_in_saved_and_seen_again(max_, looks):
    looks.examine(max_.page, "profil-leer")
    fills_in(max_)
    adds_a_child_and_a_vehicle(max_)
    saves(max_)
    looks.examine(max_.page, "profil")
    max_.page.reload()
    sees_everything_again(max_)


def test_mistakes_lead_to_their_fields(max_, looks):
    max_.hand.press("Bankverbindung hinzufügen")
    expect(
        field(max_, "Bankverbindung 1", "Kontoinhaberin oder Kontoinhaber")
    ).to_be_focused()
    field(max_, "Bankverbindung 1", "IBAN").fill("DE00")
    max_.hand.write("Postleitzahl", "123")
    max_.hand.press("Speichern")
    looks.examine(max_.page, "profil-fehler")
    max_.hand.follow(
        "Diese IBAN stimmt nicht. Bitte vergleichen Sie sie Zeichen für Zeichen mit "
        "Ihrer Bankkarte."
    )
    expect(field(max_, "Bankverbindung 1", "IBAN")).to_be_focused()


def test_of_two_tabs_the_second_is_told(max_, looks):
    second = Citizen(Mouse(max_.page.context.new_page()), max_.town, max_.address)
    second.opens("profil")
    max_.hand.write("Telefon", "030 1")
    saves(max_)
    second.hand.write("Telefon", "030 2")
    second.hand.press("Speichern")
    told = second.page.locator("#conflicts")
    expect(told).to_contain_text("Gespeichert ist: 030 1")
    expect(told).to_contain_text("Hier getippt: 030 2")
    looks.examine(second.page, "profil-zwei-fenster")
    saves(second)
    expect(second.page.get_by_label("Telefon", exact=True)).to_have_value("030 2")


def test_what_was_typed_survives_the_end_of_the_session(max_, looks):
    fills_in(max_)
    adds_a_child_and_a_vehicle(max_)
    with max_.town.later(minutes=61):
        max_.hand.press("Speichern")
        max_.sees("Anmelden")
        max_.hand.write("E-Mail-Adresse", max_.address)
        max_.hand.write("Passwort", PASSWORD)
        max_.hand.press("Anmelden")
        max_.sees("Ihr Profil")
        notice = max_.page.get_by_role("status").first
        expect(notice).to_contain_text("noch da")
        looks.examine(max_.page, "profil-wieder-da")
        saves(max_)
        sees_everything_again(max_)


def test_nobody_writes_into_the_profile_with_a_session_that_was_revoked(max_, new_page):
    fills_in(max_)
    ends_all_sessions(Citizen(Mouse(new_page()), max_.town, max_.address))
    max_.hand.press("Speichern")
    max_.sees("Anmelden")
    max_.hand.write("E-Mail-Adresse", max_.address)
    max_.hand.write("Passwort", NEW_PASSWORD)
    max_.hand.press("Anmelden")
    max_.sees("Ihr Profil")
    expect(max_.page.get_by_label("Geburtsdatum", exact=True).first).to_have_value("")


def ends_all_sessions(citizen) -> None:
    """Choose a new password on another device, which logs out everywhere."""
    citizen.opens("passwort-vergessen")
    citizen.hand.write("E-Mail-Adresse", citizen.address)
    citizen.hand.press("Link senden")
    citizen.sees("Bitte öffnen Sie Ihre E-Mails")
    citizen.page.goto(citizen.town.link_of_mail(citizen.address, 2))
    citizen.hand.write("Neues Passwort", NEW_PASSWORD)
    citizen.hand.write("Passwort wiederholen", NEW_PASSWORD)
    citizen.hand.press("Passwort speichern")
    citizen.sees("Anmelden")


def test_the_keyboard_alone_is_enough(page, town):
    citizen = registered(Keyboard(page), town)
    citizen.hand.write("Geburtsname", "Gabler")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(SAVED)
    citizen.hand.press("Kind hinzufügen")
    expect(field(citizen, "Kind 1", "Vornamen")).to_be_focused()
    page.keyboard.type("Max")
    citizen.hand.press("Speichern")
    expect(field(citizen, "Kind 1", "Vornamen")).to_have_value("Max")


def test_scripts_are_not_needed(new_page, town):
    window = new_page(java_script_enabled=False)
    window.set_viewport_size(NARROW)
    citizen = registered(Mouse(window), town)
    fills_in(citizen)
    adds_a_child_and_a_vehicle(citizen)
    demand_no_scrolling_sideways(window, "profil")
    saves(citizen)
    sees_everything_again(citizen)
    citizen.hand.press("Kind 1 entfernen")
    saves(citizen)
    expect(row(citizen, "Kind 1")).to_have_count(0)


def test_browsers_can_fill_in_the_fields(max_):
    tokens = {
        label: max_.page.get_by_label(label, exact=True).get_attribute("autocomplete")
        for label in ("Vornamen", "Familienname", "Straße und Hausnummer", "Ort")
    }
    assert tokens == {
        "Vornamen": "given-name",
        "Familienname": "family-name",
        "Straße und Hausnummer": "street-address",
        "Ort": "address-level2",
    }
