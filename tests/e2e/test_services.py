"""An editor makes a form, a citizen fills it in, and the town answers."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.clerk import Clerk
from tests.e2e.editor import Editor
from tests.e2e.hands import Mouse
from tests.e2e.test_deletion import register
import pytest


OFFICE = "amt-buergerbuero"
TITLE = "Baum fällen"
ANSWER = "Guten Tag, der Baum steht am Zaun."


@pytest.fixture
def editor(new_page, town):
    """An editor who is logged in."""
    editor = Editor(new_page(), town)
    editor.logs_in()
    return editor


@pytest.fixture
def erika(new_page, town):
    """A citizen who is logged in."""
    return register(Citizen(Mouse(new_page()), town, "erika.baum@example.org"))


@pytest.fixture
def clerk(new_page, town):
    """The clerk of the office."""
    clerk = Clerk(Mouse(new_page()), town, "amt", OFFICE)
    clerk.logs_in()
    return clerk


def makes_the_form(editor, looks):
    """Make a form, with a field of one's own and the suggested mapping."""
    editor.makes_a_service(TITLE, "Bürgerbüro")
    looks.examine(editor.page, "baum-neu")
    address = editor.page.url.removesuffix("/view")
    editor.adds_a_field("Welcher Baum?")
    editor.page.goto(f"{address}/zuordnung")
    editor.takes_the_suggestions()
    looks.examine(editor.page, "baum-zuordnung")
    editor.page.locator("#content").get_by_role("button", name="Speichern").click()
    editor.page.goto(address)
    editor.publishes()
    editor.page.goto(f"{address}/statistik")
    looks.examine(editor.page, "statistik-leer")


def fills_in(erika, looks):
    """Find the service, fill in its form, and come to the review."""
    erika.opens("dienste")
    looks.examine(erika.page, "baum-dienste")
    erika.hand.follow(TITLE)
    erika.sees(TITLE)
    looks.examine(erika.page, "baum-dienst")
    erika.hand.press("Antrag beginnen")
    erika.sees(TITLE)
    erika.hand.press("Weiter")
    looks.examine(erika.page, "formular-fehler")
    page = erika.page
    page.locator("[name='form.widgets.topic']").fill("Eine Eiche")
    page.locator("[name='form.widgets.comments']").fill("Sie ist krank. <b>Ja</b>")
    page.get_by_label("Welcher Baum?").fill("Die große am Zaun")
    looks.examine(page, "formular")
    expect(page.get_by_text("Gespeichert:")).to_be_visible()
    page.reload()
    expect(page.locator("[name='form.widgets.topic']")).to_have_value("Eine Eiche")
    erika.hand.press("Weiter")
    erika.sees("Prüfen und absenden")
    expect(page.get_by_text("erika.baum@example.org")).to_be_visible()
    looks.examine(page, "formular-pruefen")


def sends(erika, looks):
    """Send the form and see that it arrived, here, in the Postfach, and in the list."""
    erika.hand.press("Jetzt absenden")
    erika.page.wait_for_url("**/gesendet*")
    looks.examine(erika.page, "formular-gesendet")
    erika.opens("postfach")
    expect(erika.page.locator("#content").get_by_text(TITLE).first).to_be_visible()
    erika.opens("antraege")
    looks.examine(erika.page, "antraege-baum")
    erika.hand.follow(TITLE)
    looks.examine(erika.page, "antrag-baum")


def asks(clerk, looks):
    """Take the application, and ask the citizen something."""
    clerk.opens("vorgaenge")
    looks.examine(clerk.page, "vorgaenge")
    clerk.page.locator("#content").get_by_role("link", name=TITLE).click()
    clerk.sees(TITLE)
    looks.examine(clerk.page, "vorgang")
    clerk.hand.press("Mir zuweisen")
    writes(clerk, "Rückfrage: Sie brauchen eine Antwort oder eine Unterlage.", "Wo?")
    clerk.page.get_by_label("Antworten möglich bis").fill("2030-12-31")
    clerk.hand.press("Nachricht prüfen")
    looks.examine(clerk.page, "vorgang-rueckfrage")
    clerk.hand.press("Nachricht senden")
    expect(clerk.page.get_by_role("status").first).to_contain_text("unterwegs")


def writes(clerk, kind, text):
    """Begin a message about the application."""
    clerk.hand.choose(kind)
    clerk.writes_into_the_editor(text)


def answers(erika, looks):
    """See that something is asked, and answer it."""
    erika.opens("antraege")
    looks.examine(erika.page, "antraege-rueckfrage")
    erika.hand.follow(TITLE)
    looks.examine(erika.page, "antrag-rueckfrage")
    erika.opens("postfach")
    erika.page.locator("#content").get_by_role("link", name=TITLE).first.click()
    erika.hand.follow("Antworten")
    erika.page.locator("#antwort").fill(ANSWER)
    erika.page.locator("button[value='senden']").last.click()
    erika.page.wait_for_url("**/postfach-gesendet?*")


def decides(clerk, looks):
    """Read the answer, and approve with a file."""
    clerk.opens("vorgaenge")
    clerk.page.locator("#content").get_by_role("link", name=TITLE).click()
    expect(clerk.page.get_by_text(ANSWER)).to_be_visible()
    looks.examine(clerk.page, "vorgang-beantwortet")
    writes(
        clerk,
        "Bescheid: Ihre Dienststelle entscheidet, und Fristen beginnen.",
        "Sie dürfen.",
    )
    clerk.page.locator("#content input[type='file']").set_input_files(
        {"name": "Bescheid.txt", "mimeType": "text/plain", "buffer": b"Bewilligt"}
    )
    clerk.page.locator("#outcome-approved").check()
    clerk.hand.press("Nachricht prüfen")
    looks.examine(clerk.page, "vorgang-bescheid")
    clerk.hand.press("Nachricht senden")
    expect(clerk.page.get_by_role("status").first).to_contain_text("unterwegs")


def reads_the_decision(erika, looks):
    """See that the application is approved, and find the file in the Postfach."""
    erika.opens("antraege")
    expect(erika.page.locator("#content").get_by_text("Bewilligt")).to_be_visible()
    erika.hand.follow(TITLE)
    looks.examine(erika.page, "antrag-bewilligt")
    erika.opens("postfach")
    erika.page.locator("#content").get_by_role("link", name=TITLE).first.click()
    expect(erika.page.get_by_role("link", name="Bescheid.txt")).to_be_visible()


def test_a_form_is_made_filled_in_queried_and_decided(editor, erika, clerk, looks):
    makes_the_form(editor, looks)
    fills_in(erika, looks)
    sends(erika, looks)
    asks(clerk, looks)
    answers(erika, looks)
    decides(clerk, looks)
    reads_the_decision(erika, looks)
    editor.page.goto(f"{editor.town.portal}/baum-faellen/statistik")
    looks.examine(editor.page, "statistik")
    clerk.opens("rundschreiben")
    looks.examine(clerk.page, "rundschreiben")
