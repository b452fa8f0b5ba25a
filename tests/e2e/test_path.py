"""Whole paths in a real browser, against a real server with real mails."""

from itertools import count
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import NEW_PASSWORD
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Mouse
from tests.e2e.looks import demand_no_scrolling_sideways
from tests.e2e.looks import NARROW
import pytest


NUMBERS = count(1)


@pytest.fixture
def max_(page, town):
    """A citizen with an account, who is not logged in."""
    citizen = Citizen(Mouse(page), town, f"max{next(NUMBERS)}@example.org")
    for _name in citizen.begins():
        pass
    citizen.fills_in()
    for _name in [*citizen.reviews(), *citizen.activates()]:
        pass
    return citizen


def test_a_citizen_registers_activates_and_logs_in(erika, looks):
    for name in erika.whole_path():
        looks.examine(erika.page, name)


def test_the_keyboard_alone_is_enough(keyboard_user):
    for _name in keyboard_user.whole_path():
        pass


def test_scripts_are_not_needed(scriptless):
    scriptless.page.set_viewport_size(NARROW)
    for name in scriptless.whole_path():
        demand_no_scrolling_sideways(scriptless.page, name)


def test_mistakes_are_linked_to_their_fields(erika, looks):
    for _name in erika.begins():
        pass
    erika.fills_in()
    erika.hand.write("Vornamen", "")
    erika.hand.write("E-Mail-Adresse", "erika.mustermann")
    erika.hand.press("Weiter")
    looks.examine(erika.page, "angaben-fehler")
    summary = erika.page.locator("#errors")
    links = summary.get_by_role("link").all_text_contents()
    assert links == [
        "Bitte geben Sie Ihre Vornamen ein.",
        "Bitte geben Sie eine vollständige E-Mail-Adresse ein, "
        "zum Beispiel name@example.org.",
    ]
    erika.hand.follow(links[0])
    field = erika.page.get_by_label("Vornamen", exact=True)
    expect(field).to_be_focused()


def test_a_field_tells_its_message_to_screen_readers(erika):
    for _name in erika.begins():
        pass
    erika.hand.press("Weiter")
    field = erika.page.get_by_label("Vornamen", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true", timeout=1000)
    assert "Bitte geben Sie Ihre Vornamen ein." in description_of(field)


def test_personal_fields_can_be_filled_in_by_the_browser(erika):
    for _name in erika.begins():
        pass
    tokens = {
        label: erika.page.get_by_label(label, exact=True).get_attribute("autocomplete")
        for label in ("Vornamen", "Familienname", "E-Mail-Adresse", "Passwort")
    }
    assert tokens == {
        "Vornamen": "given-name",
        "Familienname": "family-name",
        "E-Mail-Adresse": "email",
        "Passwort": "new-password",
    }


def test_the_declarations_must_be_confirmed(erika, looks):
    for _name in erika.begins():
        pass
    erika.fills_in()
    erika.hand.press("Weiter")
    erika.hand.press("Servicekonto anlegen")
    looks.examine(erika.page, "pruefen-fehler")
    erika.hand.follow("Bitte bestätigen Sie: Datenschutzerklärung")
    box = erika.page.locator("#privacy_declaration")
    expect(box).to_be_focused()
    assert "Bitte bestätigen Sie" in description_of(box)


def test_the_strength_of_the_password_is_told_while_typing(erika, looks):
    for _name in erika.begins():
        pass
    verdict = erika.page.locator("[data-strength-result]")
    erika.hand.write("Passwort", "passwort")
    expect(verdict.locator("meter")).to_be_visible()
    expect(verdict).to_contain_text("Dieses Passwort verwenden sehr viele Menschen.")
    erika.hand.write("Passwort", PASSWORD)
    expect(verdict).to_contain_text("sehr schwer zu erraten")
    looks.examine(erika.page, "passwort-staerke")


def place_of(element):
    """Return how far below the beginning of the page it is, in pixels."""
    return element.evaluate("one => one.getBoundingClientRect().top + scrollY")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_verdict_moves_no_button_away_from_a_finger(erika, width):
    for _name in erika.begins():
        pass
    erika.page.set_viewport_size({"width": width, "height": 900})
    erika.hand.write("Passwort", PASSWORD)
    button = erika.page.get_by_role("button", name="Weiter", exact=True)
    before = place_of(button)
    verdict = erika.page.locator("[data-strength-result]")
    expect(verdict).to_contain_text("sehr schwer zu erraten")
    assert place_of(button) == before


def test_a_password_can_be_shown_and_hidden(erika):
    for _name in erika.begins():
        pass
    field = erika.page.get_by_label("Passwort", exact=True)
    erika.hand.write("Passwort", PASSWORD)
    expect(field).to_have_attribute("type", "password")
    button = erika.page.get_by_role("button", name="Passwort anzeigen").first
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(PASSWORD)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_a_forgotten_password_is_replaced_with_the_link_of_the_mail(max_, looks):
    max_.hand.follow("Passwort vergessen?")
    max_.sees("Passwort vergessen?")
    looks.examine(max_.page, "passwort-vergessen")
    max_.hand.write("E-Mail-Adresse", max_.address)
    max_.hand.press("Link senden")
    max_.sees("Bitte öffnen Sie Ihre E-Mails")
    looks.examine(max_.page, "passwort-gesendet")
    link = max_.town.link_of_mail(max_.address, 2)
    max_.page.goto(link)
    max_.sees("Neues Passwort wählen")
    labels = max_.page.locator("#servicekonto-form label").all_text_contents()
    assert labels == ["Neues Passwort", "Passwort wiederholen"]
    max_.hand.write("Neues Passwort", NEW_PASSWORD)
    max_.hand.write("Passwort wiederholen", NEW_PASSWORD)
    strength = max_.page.locator("[data-strength-result]")
    expect(strength).to_contain_text("schwer zu erraten")
    looks.examine(max_.page, "passwort-neu")
    max_.hand.press("Passwort speichern")
    max_.sees("Anmelden")
    notice = max_.page.get_by_role("status").first
    expect(notice).to_contain_text("Ihr neues Passwort ist gespeichert.")
    looks.examine(max_.page, "passwort-gespeichert")
    max_.logs_in(NEW_PASSWORD)
    max_.page.goto(link)
    max_.sees("Dieser Link gilt nicht mehr")
    looks.examine(max_.page, "passwort-link-benutzt")


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(max_, looks):
    max_.hand.write("E-Mail-Adresse", max_.address)
    max_.hand.write("Passwort", NEW_PASSWORD)
    max_.hand.press("Anmelden")
    expect(max_.page.get_by_role("alert").first).to_contain_text(
        "Die E-Mail-Adresse oder das Passwort stimmt nicht"
    )
    looks.examine(max_.page, "anmelden-fehler")


def test_a_used_link_says_what_to_do(max_, looks):
    max_.page.goto(max_.town.link_of_mail(max_.address, 1))
    max_.sees("Dieser Link wurde schon benutzt")
    looks.examine(max_.page, "link-benutzt")
    max_.hand.follow("Anmelden")
    max_.sees("Anmelden")


def test_a_step_without_a_registration_leads_to_its_beginning(erika, looks):
    erika.opens("registrieren-pruefen")
    erika.sees("Bitte beginnen Sie noch einmal")
    looks.examine(erika.page, "neu-beginnen")
    erika.hand.follow("Servicekonto anlegen")
    erika.sees("Registrieren")


def test_the_declarations_can_be_read(erika, looks):
    erika.opens("erklaerung?fassung=privacy_declaration:1")
    erika.sees("Datenschutzerklärung")
    looks.examine(erika.page, "erklaerung")


def description_of(field) -> str:
    """Return what a screen reader adds to the label of the field."""
    return field.evaluate(
        """element => element.getAttribute("aria-describedby").split(" ")
            .map(id => document.getElementById(id).textContent).join(" ")"""
    )
