"""Clerk and citizen write to each other, in a real browser."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.clerk import Clerk
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.test_deletion import register
import pytest


OFFICE = "amt-buergerbuero"


@pytest.fixture
def clerk(page, town):
    """The clerk of the Bürgerbüro, who is logged in."""
    clerk = Clerk(Mouse(page), town, "amt", OFFICE)
    clerk.logs_in()
    return clerk


@pytest.fixture
def new_citizen(new_page, town):
    """Returns citizens who are logged in, each with a window."""

    def new_citizen(address):
        return register(Citizen(Mouse(new_page()), town, address))

    return new_citizen


def number_of(citizen):
    """Return the account number that the citizen reads in Mein Bereich."""
    citizen.opens("mein-bereich")
    return citizen.page.locator("#kontonummer").inner_text()


def fill_in(clerk, number, subject):
    """Fill in the form of a new message with the editor and a text block."""
    clerk.hand.write("Empfänger", number)
    clerk.hand.choose("Rückfrage: Sie brauchen eine Antwort oder eine Unterlage.")
    clerk.hand.write("Betreff", subject)
    clerk.writes_into_the_editor("Hallo Frau Mustermann")
    clerk.page.get_by_label("Textbaustein", exact=True).select_option(index=0)
    clerk.hand.press("In den Text einfügen")
    assert "fehlt uns noch eine Kopie" in clerk.text()
    clerk.hand.write("Aktenzeichen (freiwillig)", "PA-2026-17")
    clerk.page.get_by_label("Antworten möglich bis").fill("2030-12-31")


def test_a_query_its_answer_and_the_end(clerk, new_citizen, looks):
    erika = new_citizen("erika.amt@example.org")
    number = number_of(erika)
    looks.examine(erika.page, "mein-bereich-kontonummer")

    clerk.goes_to_messages()
    looks.examine(clerk.page, "nachrichten-leer")
    clerk.hand.follow("Nachricht schreiben")
    clerk.sees("Nachricht schreiben")
    expect(clerk.page.locator("iframe.tox-edit-area__iframe")).to_be_visible()
    looks.examine(clerk.page, "schreiben")
    clerk.hand.press("Nachricht prüfen")
    looks.examine(clerk.page, "schreiben-fehler")
    fill_in(clerk, number, "Kopie Ihres Ausweises")
    clerk.hand.press("Nachricht prüfen")
    clerk.sees("Nachricht prüfen")
    looks.examine(clerk.page, "schreiben-pruefen")
    clerk.hand.press("Nachricht senden")
    clerk.sees("Kopie Ihres Ausweises")
    looks.examine(clerk.page, "nachricht-gesendet")

    erika.opens("postfach")
    erika.hand.follow("Kopie Ihres Ausweises")
    erika.sees("Kopie Ihres Ausweises")
    erika.hand.follow("Antworten")
    erika.page.locator("#antwort").fill("Guten Tag, hier ist die Kopie.")
    erika.page.locator("#dateien").set_input_files(
        {"name": "Ausweis.txt", "mimeType": "text/plain", "buffer": b"Kopie"}
    )
    erika.page.locator("button[value='senden']").last.click()
    erika.page.wait_for_url("**/postfach-gesendet?*")

    clerk.goes_to_messages()
    looks.examine(clerk.page, "nachrichten")
    clerk.hand.follow("Kopie Ihres Ausweises")
    expect(clerk.page.get_by_text("Guten Tag, hier ist die Kopie.")).to_be_visible()
    expect(clerk.page.get_by_text("Erika Mustermann")).to_be_visible()
    looks.examine(clerk.page, "nachricht")
    with clerk.page.expect_download() as waiting:
        clerk.hand.follow("Ausweis.txt")
    assert waiting.value.suggested_filename == "Ausweis.txt"
    clerk.hand.press("Erledigt, keine Antwort nötig")
    expect(clerk.page.get_by_role("status").first).to_contain_text("erledigt")
    looks.examine(clerk.page, "nachricht-erledigt")


def test_a_message_is_taken_back(clerk, new_citizen, looks):
    number = number_of(new_citizen("zurueck@example.org"))
    clerk.opens("schreiben")
    fill_in(clerk, number, "Aus Versehen")
    clerk.hand.press("Nachricht prüfen")
    clerk.hand.press("Nachricht senden")
    clerk.hand.follow("Zurückrufen")
    clerk.sees("Nachricht zurückrufen")
    looks.examine(clerk.page, "zurueckrufen")
    clerk.hand.press("Zurückrufen")
    clerk.sees("Zurückgerufene Nachricht")
    looks.examine(clerk.page, "zurueckgerufen")


def test_other_pages_of_the_office(clerk, looks):
    clerk.opens("")
    looks.examine(clerk.page, "dienststelle")
    clerk.opens("textbausteine")
    looks.examine(clerk.page, "textbausteine")
    clerk.opens("nachrichten?liste=beendet")
    looks.examine(clerk.page, "nachrichten-beendet")
    clerk.opens("../amt-ordnung/nachrichten")
    clerk.sees("Diese Nachrichten sind nur für diese Dienststelle")
    looks.examine(clerk.page, "nachrichten-fremd")


def test_a_clerk_without_scripts_writes_too(new_page, town, new_citizen):
    number = number_of(new_citizen("skriptlos.amt@example.org"))
    window = new_page(java_script_enabled=False)
    clerk = Clerk(Mouse(window), town, "amt", OFFICE)
    clerk.logs_in()
    clerk.opens("schreiben")
    clerk.hand.write("Empfänger", number)
    clerk.hand.write("Betreff", "Ohne Skript")
    clerk.hand.choose("Information: alles andere.")
    window.locator("textarea[name='text']").fill("Hallo,\n\nzweiter Absatz.")
    clerk.page.get_by_label("Textbaustein", exact=True).select_option(index=1)
    clerk.hand.press("In den Text einfügen")
    clerk.hand.press("Nachricht prüfen")
    clerk.sees("Nachricht prüfen")
    expect(window.locator(".servicekonto-body p").nth(1)).to_have_text(
        "zweiter Absatz."
    )
    clerk.hand.press("Nachricht senden")
    clerk.sees("Ohne Skript")


def test_a_clerk_with_the_keyboard_alone_answers(new_page, town, new_citizen):
    number = number_of(new_citizen("tastatur.amt@example.org"))
    window = new_page(java_script_enabled=False)
    clerk = Clerk(Keyboard(window), town, "amt", OFFICE)
    clerk.logs_in()
    clerk.opens("schreiben")
    clerk.hand.write("Empfänger", number)
    clerk.hand.choose("Information: alles andere.")
    clerk.hand.write("Betreff", "Mit der Tastatur")
    clerk.hand.write("Text", "Guten Tag")
    clerk.hand.press("Nachricht prüfen")
    clerk.hand.press("Nachricht senden")
    clerk.sees("Mit der Tastatur")
