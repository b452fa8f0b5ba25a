"""A citizen applies for a club."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.editor import Editor
from tests.e2e.hands import Mouse
from tests.e2e.test_deletion import register
import pytest


TITLE = "Festplatz mieten"
NAME = "Name der Organisation"
CLUB = "Schützenverein Musterstadt e. V."


@pytest.fixture
def service(new_page, town):
    """A form for citizens and organisations."""
    editor = Editor(new_page(), town)
    editor.logs_in()
    editor.makes_a_service(TITLE, "Bürgerbüro")
    address = editor.page.url.removesuffix("/view")
    editor.lets_apply("Organisationen, für die jemand handelt")
    editor.page.goto(f"{address}/zuordnung")
    editor.takes_the_suggestions()
    editor.page.locator("#content").get_by_role("button", name="Speichern").click()
    editor.page.goto(address)
    editor.publishes()
    return address


@pytest.fixture
def erika(new_page, town):
    """A citizen who is logged in."""
    return register(Citizen(Mouse(new_page()), town, "vorsitz@example.org"))


def test_a_citizen_applies_for_her_club(service, erika, looks):
    page = erika.page
    erika.opens("dienste")
    erika.hand.follow(TITLE)
    expect(page.locator("#content")).to_contain_text("auch für eine Organisation")
    looks.examine(page, "organisation-dienst")
    erika.hand.press("Antrag beginnen")
    for_club = page.get_by_label("für eine Organisation")
    expect(for_club).not_to_be_checked()
    expect(page.get_by_label(NAME)).to_be_hidden()
    for_club.check()
    expect(page.get_by_label(NAME)).to_be_visible()
    erika.hand.press("Weiter")
    expect(page.locator("#errors")).to_contain_text(NAME)
    looks.examine(page, "organisation-fehler")
    erika.opens("festplatz-mieten/ausfuellen?seite=1")
    expect(for_club).to_be_checked()
    page.get_by_label(NAME).fill(CLUB)
    page.get_by_label("Ihre Funktion dort").fill("Erste Vorsitzende")
    page.locator("[name='form.widgets.topic']").fill("Schützenfest")
    page.locator("[name='form.widgets.comments']").fill("Am ersten Mai")
    looks.examine(page, "organisation-formular")
    erika.hand.press("Weiter")
    erika.sees("Prüfen und absenden")
    expect(page.locator("#content")).to_contain_text(CLUB)
    looks.examine(page, "organisation-pruefen")
    erika.hand.press("Jetzt absenden")
    page.wait_for_url("**/gesendet*")
