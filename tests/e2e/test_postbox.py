"""The Postfach in Chromium, from the first message to the last answer."""

from itertools import count
from pathlib import Path
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.office import Office
from tests.e2e.test_deletion import register
import pytest


NUMBERS = count(1)
SUBJECT = "Ihr Antrag auf einen Bewohnerparkausweis"


@pytest.fixture
def office(town):
    """An office of the town."""
    return Office(town)


@pytest.fixture
def paula(page, town):
    """A citizen who is logged in."""
    return register(Citizen(Mouse(page), town, f"paula{next(NUMBERS)}@example.org"))


@pytest.fixture
def scriptless_paula(new_page, town):
    """A citizen who is logged in, with a browser that runs no scripts."""
    window = new_page(java_script_enabled=False)
    return register(Citizen(Mouse(window), town, f"paula{next(NUMBERS)}@example.org"))


def ticks(citizen, subject):
    """Tick a message in the list."""
    citizen.hand.choose(f"Anhaken: {subject}")


def says(citizen, text):
    """Demand that the page says at once what was done."""
    expect(citizen.page.locator("#notice")).to_contain_text(text)


def saved(citizen, name):
    """Follow a link that saves a file, and return its content."""
    with citizen.page.expect_download() as waiting:
        citizen.hand.follow(name)
    return Path(waiting.value.path()).read_bytes()


def whole_path(citizen, office, tmp_path):
    """Read, search, archive, delete, undo, answer with a file, and save."""
    # Colours that are just changing under the mouse are no colours to judge.
    citizen.page.emulate_media(reduced_motion="reduce")
    office.writes(citizen.address)
    office.writes(
        citizen.address,
        kind="letter",
        subject="Neue Öffnungszeiten",
        text="Guten Tag,\n\nab Januar öffnen wir schon um 7 Uhr.",
        reply_until="",
    )
    citizen.opens("mein-bereich")
    header = citizen.page.locator(".servicekonto-account")
    expect(header).to_contain_text("ungelesene Nachrichten")
    yield "postfach-mein-bereich"
    citizen.hand.follow("Postfach")
    citizen.sees("Postfach")
    yield "postfach"

    ticks(citizen, "Neue Öffnungszeiten")
    citizen.hand.press("In den Papierkorb")
    says(citizen, "Eine Nachricht liegt jetzt im Papierkorb.")
    yield "postfach-erledigt"
    citizen.hand.press("Rückgängig")
    says(citizen, "Eine Nachricht liegt wieder dort, wo sie vorher war.")
    ticks(citizen, "Neue Öffnungszeiten")
    citizen.hand.press("In den Papierkorb")
    citizen.hand.follow("Papierkorb")
    yield "postfach-papierkorb"
    ticks(citizen, "Neue Öffnungszeiten")
    citizen.hand.press("Endgültig löschen")
    citizen.sees("Endgültig löschen")
    yield "postfach-endgueltig"
    citizen.hand.follow("Nicht löschen")
    ticks(citizen, "Neue Öffnungszeiten")
    citizen.hand.press("Wiederherstellen")
    says(citizen, "Eine Nachricht ist wiederhergestellt.")
    citizen.opens("postfach")

    citizen.page.get_by_text("Diesen Ordner durchsuchen").click()
    citizen.hand.write("Wort in Betreff oder Text", "parkausweis")
    citizen.hand.press("Nachrichten suchen")
    expect(citizen.page.locator("#content h3")).to_have_count(1)
    assert "parkausweis" not in citizen.page.url
    yield "postfach-suche"
    citizen.hand.follow(SUBJECT)
    citizen.sees(SUBJECT)
    yield "postfach-nachricht"
    assert saved(citizen, "Als PDF speichern").startswith(b"%PDF")
    citizen.page.get_by_text("Zustellnachweis: was wann").click()
    yield "postfach-zustellnachweis"
    assert b"retrieved" in saved(
        citizen, "Zustellnachweis als Datei herunterladen (JSON)"
    )

    citizen.hand.follow("Antworten")
    citizen.sees("Antworten")
    yield "postfach-antwort"
    contract = tmp_path / "Mietvertrag.txt"
    contract.write_text("Mietvertrag", encoding="utf-8")
    program = tmp_path / "rechnung.exe"
    program.write_bytes(b"MZ")
    files = citizen.page.get_by_label("Dateien anhängen")
    files.set_input_files([contract, program])
    citizen.hand.press("Absenden")
    expect(citizen.page.locator("#errors")).to_contain_text("rechnung.exe")
    yield "postfach-antwort-fehler"
    citizen.hand.write("Ihre Antwort", "Guten Tag,\n\nanbei der Vertrag.")
    citizen.hand.press("Entwurf speichern")
    says(citizen, "Ihr Entwurf ist gespeichert.")
    yield "postfach-entwurf"
    citizen.opens("postfach")
    citizen.hand.follow(SUBJECT)
    citizen.hand.follow("Antwort weiterschreiben")
    expect(citizen.page.get_by_label("Ihre Antwort")).to_contain_text("anbei")
    citizen.hand.press("Absenden")
    citizen.sees("Ihre Antwort ist abgeschickt")
    yield "postfach-gesendet"
    citizen.hand.follow("Antwort ansehen")
    citizen.sees(SUBJECT)
    assert saved(citizen, "Mietvertrag.txt") == b"Mietvertrag"
    yield "postfach-verlauf"

    citizen.hand.press("Ins Archiv")
    says(citizen, "Eine Nachricht liegt jetzt im Archiv.")
    citizen.hand.follow("Archiv")
    yield "postfach-archiv"


def test_the_whole_path(paula, office, looks, tmp_path):
    for name in whole_path(paula, office, tmp_path):
        looks.examine(paula.page, name)


def test_scripts_are_not_needed(scriptless_paula, office, tmp_path):
    for _name in whole_path(scriptless_paula, office, tmp_path):
        pass


def test_the_keyboard_alone_is_enough(paula, office):
    office.writes(paula.address)
    paula.hand = Keyboard(paula.page)
    paula.opens("postfach")
    paula.hand.choose("Alle Nachrichten auf dieser Seite anhaken")
    paula.hand.press("Ins Archiv")
    says(paula, "2 Nachrichten liegen jetzt im Archiv.")
    expect(paula.page.locator("#notice")).to_be_focused()
    paula.hand.press("Rückgängig")
    says(paula, "2 Nachrichten liegen wieder dort, wo sie vorher waren.")
    paula.hand.follow(SUBJECT)
    paula.sees(SUBJECT)
    paula.hand.follow("Antworten")
    paula.hand.write("Ihre Antwort", "Kommt morgen.")
    paula.hand.press("Absenden")
    paula.sees("Ihre Antwort ist abgeschickt")


def test_empty_folders_say_what_to_do(paula, looks):
    for folder in ("gesendet", "archiv", "papierkorb"):
        paula.opens(f"postfach?ordner={folder}")
        paula.sees("Postfach")
        looks.examine(paula.page, f"postfach-{folder}-leer")


def test_a_protected_message_says_how_to_open_it(paula, office, looks):
    office.writes(paula.address, subject="Ihr Bescheid", level="substanziell")
    paula.opens("postfach")
    expect(paula.page.locator("#content")).not_to_contain_text("Ihr Bescheid")
    looks.examine(paula.page, "postfach-geschuetzt")
    paula.hand.follow("Geschützte Nachricht")
    paula.sees("Geschützte Nachricht")
    looks.examine(paula.page, "postfach-nachricht-geschuetzt")
    paula.hand.follow("Passkey einrichten")
    paula.sees("Anmeldung und Sicherheit")


def test_a_decision_says_until_when_one_can_object(paula, office, looks):
    office.relies_on("ozg-9", "nw")
    text = "Guten Tag,\n\nIhr Antrag ist abgelehnt.\n\nGegen diesen Bescheid …"
    office.writes(paula.address, kind="decision", subject="Bescheid", text=text)
    paula.opens("postfach")
    paula.hand.follow("Bescheid")
    expect(paula.page.locator("#content")).to_contain_text(
        "Bekanntgabe und Widerspruch"
    )
    looks.examine(paula.page, "postfach-bescheid")
    calendar = saved(
        paula, "Letzten Tag für einen Widerspruch in Ihren Kalender übernehmen (ICS)"
    )
    assert b"BEGIN:VEVENT" in calendar


def test_who_is_away_says_so(paula, looks):
    paula.opens("postfach")
    paula.hand.follow("Abwesenheit mitteilen")
    paula.sees("Abwesenheit")
    looks.examine(paula.page, "postfach-abwesenheit")
    paula.hand.press("Speichern")
    looks.examine(paula.page, "postfach-abwesenheit-fehler")
    paula.hand.write("Erster Tag", "2027-01-02")
    paula.hand.write("Letzter Tag", "2027-01-05")
    paula.hand.press("Speichern")
    paula.sees("Postfach")
    looks.examine(paula.page, "postfach-abwesend")


def test_on_paper_a_message_is_complete(paula, office):
    office.writes(paula.address)
    paula.opens("postfach")
    paula.hand.follow(SUBJECT)
    paula.page.emulate_media(media="print")
    expect(paula.page.get_by_role("link", name="Antworten")).to_be_hidden()
    expect(paula.page.get_by_role("heading", name=SUBJECT)).to_be_visible()
