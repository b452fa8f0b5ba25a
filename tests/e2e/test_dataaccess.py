"""Datenzugriff and export in Chromium."""

from io import BytesIO
from pathlib import Path
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Mouse
from zipfile import ZipFile
import pytest


@pytest.fixture
def anna(page, town):
    """A citizen who is logged in."""
    citizen = Citizen(Mouse(page), town, "anna.daten@example.org")
    if not town.mails_to(citizen.address):
        for _name in citizen.begins():
            pass
        citizen.fills_in()
        for _name in [*citizen.reviews(), *citizen.activates()]:
            pass
    citizen.opens("anmelden")
    citizen.logs_in()
    return citizen


def test_whom_nothing_was_handed_to_reads_what_the_page_is_for(anna, looks):
    anna.hand.follow("Datenzugriff")
    anna.sees("Datenzugriff")
    expect(anna.page.get_by_text("Bisher hat niemand")).to_be_visible()
    looks.examine(anna.page, "datenzugriff-leer")


def test_the_export_is_downloaded_with_the_password(anna, looks):
    anna.hand.follow("Daten herunterladen")
    anna.sees("Daten herunterladen")
    looks.examine(anna.page, "export")
    anna.hand.write("Ihr Passwort", "geraten und falsch")
    anna.hand.press("Herunterladen")
    looks.examine(anna.page, "export-fehler")
    anna.hand.write("Ihr Passwort", PASSWORD)
    with anna.page.expect_download() as waiting:
        anna.hand.press("Herunterladen")
    content = Path(waiting.value.path()).read_bytes()
    archive = ZipFile(BytesIO(content))
    assert archive.testzip() is None
    assert "uebersicht.pdf" in archive.namelist()
