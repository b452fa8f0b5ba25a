"""What helps people who see, hear or type differently."""

from playwright.sync_api import expect
from tests.e2e.citizen import PASSWORD
from tests.e2e.citizen import PRIVACY
from tests.e2e.citizen import TERMS
from tests.e2e.looks import NARROW


LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 3


def test_after_a_mistake_the_focus_is_on_the_message(erika, looks):
    erika.opens("anmelden")
    erika.hand.press("Anmelden")
    expect(erika.page.locator("#errors")).to_be_focused()
    assert erika.page.title().startswith("Fehler: Anmelden")
    looks.examine(erika.page, "anmelden-leer")


def test_without_a_mistake_the_focus_stays_at_the_top(erika):
    erika.opens("anmelden")
    expect(erika.page.locator("body")).to_be_focused()


def test_the_first_key_offers_to_skip_the_header(erika):
    erika.opens("anmelden")
    erika.page.keyboard.press("Tab")
    expect(erika.page.locator(":focus")).to_have_attribute("href", "#content")


def test_a_form_without_its_cookie_can_be_sent_again(erika, looks):
    erika.opens("anmelden")
    erika.page.context.clear_cookies()
    erika.hand.press("Anmelden")
    erika.sees("Das Formular konnte nicht angenommen werden")
    looks.examine(erika.page, "formular-abgelehnt")
    erika.hand.follow("Noch einmal versuchen")
    erika.sees("Anmelden")


def test_the_header_fits_a_small_screen(erika):
    erika.page.set_viewport_size(NARROW)
    erika.opens("")
    link = erika.page.get_by_role("link", name="Servicekonto: Anmelden")
    box = link.bounding_box()
    assert box["height"] >= 44
    assert box["height"] < 60, "The link takes more than one line."
    assert box["x"] + box["width"] <= NARROW["width"]


def test_the_header_of_the_site_fits_as_well(erika):
    erika.page.set_viewport_size(NARROW)
    erika.page.goto(erika.town.site)
    link = erika.page.locator("#portal-anontools a")
    assert link.bounding_box()["x"] >= 0


def test_a_long_name_is_broken(erika, looks):
    erika.address = "langer.name@example.org"
    for _name in erika.begins():
        pass
    erika.fills_in()
    erika.hand.write("Familienname", LONG_NAME)
    erika.hand.press("Weiter")
    erika.sees("Angaben prüfen")
    looks.examine(erika.page, "langer-name-pruefen")
    erika.hand.choose(PRIVACY)
    erika.hand.choose(TERMS)
    erika.hand.press("Servicekonto anlegen")
    for _name in erika.activates():
        pass
    erika.hand.write("E-Mail-Adresse", erika.address)
    erika.hand.write("Passwort", PASSWORD)
    erika.hand.press("Anmelden")
    erika.sees("Mein Bereich")
    expect(erika.page.get_by_text(LONG_NAME)).to_be_visible()
    looks.examine(erika.page, "langer-name")


def test_who_is_logged_in_is_led_to_mein_bereich(erika, looks):
    erika.address = "schon.da@example.org"
    for _name in erika.begins():
        pass
    erika.fills_in()
    for _name in [*erika.reviews(), *erika.activates()]:
        pass
    erika.logs_in()
    erika.opens("anmelden")
    erika.sees("Sie sind schon angemeldet")
    looks.examine(erika.page, "schon-angemeldet")
    erika.opens("")
    looks.examine(erika.page, "startseite-angemeldet")
    erika.hand.follow("Zu „Mein Bereich“")
    erika.sees("Mein Bereich")


def test_staff_and_citizens_find_their_log_in(erika, looks):
    erika.page.goto(f"{erika.town.site}/login")
    looks.examine(erika.page, "login")
    erika.page.get_by_role("link", name="Beim Servicekonto anmelden").click()
    erika.sees("Anmelden")
    erika.hand.follow("zur Anmeldung der Website")
    expect(erika.page).to_have_url(f"{erika.town.site}/login")


def test_what_old_hands_press_is_large_enough(erika):
    """44 pixels (WCAG 2.5.5), more than the 24 that are demanded at least."""
    erika.opens("anmelden")
    page = erika.page
    pressed = [
        page.get_by_role("button", name="Passwort anzeigen"),
        page.locator("#content").get_by_role("button", name="Anmelden", exact=True),
        page.get_by_role("link", name="Servicekonto: Anmelden"),
        *page.locator("#portal-languageselector a").all(),
    ]
    for one in pressed:
        box = one.bounding_box()
        assert min(box["height"], box["width"]) >= 44, one
