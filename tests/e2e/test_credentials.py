"""E-mail address, password and the end of a session, in a real browser."""

from itertools import count
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import NEW_PASSWORD
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Mouse
import pytest
import re


NUMBERS = count(1)


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
def newcomer(page, town):
    """A citizen without an account."""
    return Citizen(Mouse(page), town, f"greta{next(NUMBERS)}@example.org")


@pytest.fixture
def greta(newcomer):
    """A citizen who is logged in."""
    return register(newcomer)


@pytest.fixture
def scriptless_greta(new_page, town):
    """A citizen who is logged in, with a browser that runs no scripts."""
    window = new_page(java_script_enabled=False)
    address = f"greta{next(NUMBERS)}@example.org"
    return register(Citizen(Mouse(window), town, address))


@pytest.fixture
def elsewhere(greta, new_page, town):
    """The same citizen, or somebody who knows the password, in another browser."""
    other = Citizen(Mouse(new_page()), town, greta.address)
    other.opens("anmelden")
    other.logs_in()
    return other


def link(citizen, address, page):
    """Return the newest link to the page in the mails to the address."""
    for number in range(1, 9):
        found = citizen.town.link_of_mail(address, number)
        if f"/{page}?" in found:
            return found
    raise LookupError(page)


def changes_address(citizen, new, looks=None):
    """Ask for the new address and open the link of the mail."""
    citizen.opens("mein-bereich")
    citizen.hand.follow("E-Mail-Adresse")
    citizen.sees("E-Mail-Adresse")
    examine(looks, citizen, "adresse")
    citizen.hand.write("Neue E-Mail-Adresse", new)
    citizen.hand.write("Ihr jetziges Passwort", PASSWORD)
    citizen.hand.press("E-Mail-Adresse ändern")
    expect(citizen.page.locator("#content")).to_contain_text(new)
    examine(looks, citizen, "adresse-wartet")
    citizen.page.goto(link(citizen, new, "e-mail-bestaetigen"))
    citizen.sees("Neue E-Mail-Adresse bestätigen")
    examine(looks, citizen, "adresse-bestaetigen")
    citizen.hand.press("E-Mail-Adresse bestätigen")
    citizen.sees("Ihre neue E-Mail-Adresse ist bestätigt")
    examine(looks, citizen, "adresse-bestaetigt")


def examine(looks, citizen, name):
    """Look at the page where somebody looks."""
    if looks:
        looks.examine(citizen.page, name)


def test_another_address(greta, looks):
    new = f"neu.{greta.address}"
    changes_address(greta, new, looks)
    greta.hand.follow("Zurück zu „Mein Bereich“")
    greta.sees("Mein Bereich")
    for _name in greta.logs_out():
        pass
    greta.address = new
    greta.logs_in()


def test_another_address_without_scripts(scriptless_greta):
    changes_address(scriptless_greta, f"neu.{scriptless_greta.address}")


def test_the_owner_takes_a_change_back(greta, elsewhere, looks):
    changes_address(elsewhere, f"dieb.{greta.address}")
    greta.page.goto(link(greta, greta.address, "e-mail-abbrechen"))
    greta.sees("Änderung Ihrer E-Mail-Adresse stoppen")
    looks.examine(greta.page, "adresse-stoppen")
    greta.hand.press("Änderung stoppen")
    greta.sees("Ihre frühere E-Mail-Adresse gilt wieder")
    looks.examine(greta.page, "adresse-gestoppt")
    elsewhere.opens("mein-bereich")
    elsewhere.sees("Anmelden")
    greta.hand.follow("Neues Passwort wählen")
    greta.sees("Passwort vergessen?")


def changes_password(citizen):
    """Choose another password in Mein Bereich."""
    citizen.opens("passwort")
    citizen.sees("Passwort ändern")
    citizen.hand.write("Ihr jetziges Passwort", PASSWORD)
    citizen.hand.write("Neues Passwort", NEW_PASSWORD)
    citizen.hand.write("Passwort wiederholen", NEW_PASSWORD)


def test_another_password_ends_the_session_of_an_attacker(greta, elsewhere, looks):
    changes_password(greta)
    strength = greta.page.locator("[data-strength-result]")
    expect(strength).to_contain_text("schwer zu erraten")
    looks.examine(greta.page, "passwort")
    greta.hand.press("Passwort speichern")
    greta.sees("Ihr neues Passwort ist gespeichert")
    looks.examine(greta.page, "passwort-geaendert")
    greta.hand.follow("Zurück zu „Mein Bereich“")
    greta.sees("Mein Bereich")
    elsewhere.opens("mein-bereich")
    elsewhere.sees("Anmelden")


def test_mistakes_are_told_at_their_fields(greta, looks):
    changes_password(greta)
    greta.hand.write("Ihr jetziges Passwort", "geraten")
    greta.hand.write("Passwort wiederholen", "anders")
    greta.hand.press("Passwort speichern")
    expect(greta.page.locator("#errors")).to_be_visible()
    looks.examine(greta.page, "passwort-fehler")


def test_what_a_session_sends_that_was_ended_elsewhere_is_not_taken(
    greta, elsewhere, looks
):
    new = f"neu.{greta.address}"
    greta.opens("e-mail")
    greta.hand.write("Neue E-Mail-Adresse", new)
    changes_password(elsewhere)
    elsewhere.hand.press("Passwort speichern")
    elsewhere.sees("Ihr neues Passwort ist gespeichert")
    greta.hand.write("Ihr jetziges Passwort", PASSWORD)
    greta.hand.press("E-Mail-Adresse ändern")
    greta.sees("Anmelden")
    told = greta.page.get_by_text("Deshalb wurde noch nichts gesendet")
    expect(told).to_be_visible()
    looks.examine(greta.page, "abgemeldet-beim-senden")
    greta.hand.write("E-Mail-Adresse", greta.address)
    greta.hand.write("Passwort", NEW_PASSWORD)
    greta.hand.press("Anmelden")
    greta.sees("E-Mail-Adresse")
    field = greta.page.get_by_label("Neue E-Mail-Adresse", exact=True)
    expect(field).to_have_value("")


def dialog_of(citizen):
    """Return the warning."""
    return citizen.page.get_by_role("alertdialog")


@pytest.fixture
def late(newcomer):
    """A citizen on the form of the address, whose browser's clock the test moves."""
    register(newcomer)
    newcomer.page.clock.install()
    newcomer.opens("e-mail")
    return newcomer


def test_two_minutes_before_the_end_there_is_a_warning(late, looks):
    warning = dialog_of(late)
    late.page.clock.fast_forward("57:30")
    expect(warning).to_be_hidden()
    late.page.clock.fast_forward("00:35")
    expect(warning).to_be_visible()
    expect(warning).to_have_accessible_name("Sie werden bald abgemeldet")
    stay = warning.get_by_role("button", name="Angemeldet bleiben")
    expect(stay).to_be_focused()
    status = warning.get_by_role("status")
    expect(status).to_have_text("Noch 2 Minuten")
    late.page.clock.fast_forward("01:00")
    expect(status).to_have_text("Noch 1 Minute")
    looks.examine(late.page, "sitzung-warnung")


def test_one_button_is_enough_to_stay(late):
    field = late.page.get_by_label("Neue E-Mail-Adresse", exact=True)
    late.hand.write("Neue E-Mail-Adresse", "greta@")
    late.page.clock.fast_forward("58:30")
    warning = dialog_of(late)
    warning.get_by_role("button", name="Angemeldet bleiben").click()
    expect(warning).to_be_hidden()
    expect(field).to_have_value("greta@")
    expect(field).to_be_focused()
    late.page.clock.fast_forward("57:00")
    expect(warning).to_be_hidden()


def test_the_escape_key_stays_logged_in_as_well(late):
    late.page.clock.fast_forward("58:30")
    warning = dialog_of(late)
    expect(warning).to_be_visible()
    with late.page.expect_response(re.compile("/sitzung$")) as response:
        late.page.keyboard.press("Escape")
    assert response.value.status == 200
    expect(warning).to_be_hidden()


def test_logging_out_is_possible_at_once(late):
    late.page.clock.fast_forward("58:30")
    dialog_of(late).get_by_role("button", name="Abmelden").click()
    late.sees("Sie sind abgemeldet")


def test_after_the_end_nothing_personal_is_to_be_seen(late, looks):
    late.page.clock.fast_forward("01:01:00")
    over = dialog_of(late)
    expect(over).to_have_accessible_name("Sie sind abgemeldet")
    expect(late.page.locator("#content")).to_be_hidden()
    looks.examine(late.page, "sitzung-vorbei")
    # The clock of the server has not moved: the session is over there as well.
    late.page.context.clear_cookies(name="servicekonto_session")
    over.get_by_role("link", name="Neu anmelden").click()
    late.sees("Anmelden")


def test_a_second_tab_keeps_the_first_one_logged_in(late):
    late.page.clock.fast_forward("58:30")
    warning = dialog_of(late)
    expect(warning).to_be_visible()
    second = late.page.context.new_page()
    second.goto(f"{late.town.portal}/mein-bereich")
    expect(warning).to_be_hidden()
    late.page.clock.fast_forward("57:00")
    expect(warning).to_be_hidden()


def test_a_clock_that_jumps_back_does_not_postpone_the_warning(late):
    late.page.clock.fast_forward("30:00")
    late.page.clock.set_system_time("2020-01-01T00:00:00")
    late.page.clock.fast_forward("28:30")
    expect(dialog_of(late)).to_be_visible()


def test_the_browser_hides_the_page_of_a_session_that_was_ended_elsewhere(
    greta, elsewhere
):
    greta.page.clock.install()
    greta.opens("e-mail")
    greta.hand.write("Neue E-Mail-Adresse", "neue.greta@example.org")
    changes_password(elsewhere)
    elsewhere.hand.press("Passwort speichern")
    elsewhere.sees("Ihr neues Passwort ist gespeichert")
    greta.page.clock.fast_forward("58:30")
    dialog_of(greta).get_by_role("button", name="Angemeldet bleiben").click()
    expect(dialog_of(greta)).to_have_accessible_name("Sie sind abgemeldet")
    expect(greta.page.locator("#content")).to_be_hidden()
    dialog_of(greta).get_by_role("link", name="Neu anmelden").click()
    greta.sees("Anmelden")
    greta.hand.write("E-Mail-Adresse", greta.address)
    greta.hand.write("Passwort", NEW_PASSWORD)
    greta.hand.press("Anmelden")
    greta.sees("E-Mail-Adresse")
    field = greta.page.get_by_label("Neue E-Mail-Adresse", exact=True)
    # Only what a session that ran out leaves behind is kept.
    expect(field).to_have_value("")
