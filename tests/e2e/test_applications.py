"""A citizen's applications in Chromium: how they stand, documents, withdrawing."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.hands import Mouse
from tests.e2e.looks import Widths
from tests.e2e.town import Town
from tests.faults.processes import instance_in
from tests.faults.processes import run
import pytest


ADDRESS = "anna.antrag@example.org"
NEWCOMER = "neu@example.org"

# What was applied for before the town opened; the office is one of the demo.
APPLY = """
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.service import offices
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.service import NewMessage
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import NewApplication
from collective.servicekonto.services.applications.service import State
from datetime import date
from io import BytesIO
from tests.factories import active_account

active_account(now(), "neu@example.org")
account = active_account(now(), "anna.antrag@example.org")
ticket = sessions.start(account, TrustLevel.LOW, "password", now())
office = offices()[0]

def apply(title, *answers, **changes):
    new = NewApplication(
        service_uid="5" * 32,
        service_title=title,
        office_uid=office.UID(),
        office_name=office.title,
        account=account,
        session=sessions.resolve(ticket, now()),
        answers=answers,
        attributes=("given_names", "family_name"),
        purpose=title,
        legal_basis="Hundesteuersatzung",
        decision_days=14,
        **changes,
    )
    return service.submit(new, now())

name = Answer(
    "name", "Name", "Über Sie", "Erika Mustermann", "", "basisregistrierung:eingabe"
)
plate = Answer("plate", "Kennzeichen", "Ihr Fahrzeug", "MS-AB 123", "")
dog = Answer("dog", "Name des Hundes", "Ihr Hund", "Bello", "")
proof = take_in(BytesIO(b"Mietvertrag"), "Mietvertrag.txt", for_citizens())
done = apply("Hundesteuer: Abmeldung", name, dog)
service.change(done, State.SETTLED, Actor.OFFICE, "Der Hund ist abgemeldet.", now())
clock.forward(minutes=10)
apply("Hundesteuer: Anmeldung", name, dog)
clock.forward(minutes=10)
parking = apply("Bewohnerparkausweis", name, plate, files=(("proof", proof),))
service.change(parking, State.IN_PROGRESS, Actor.OFFICE, "", now())
query = NewMessage(
    kind=Kind.QUERY,
    title="Ihr Mietvertrag ist nicht lesbar",
    body="<p>Bitte senden Sie uns eine bessere Kopie.</p>",
    sender=office.title,
    office=office.UID(),
    reference=parking.number,
    thread=parking.thread,
    reply_until=date(2099, 12, 31),
)
deliver(account, query, now())
note = "Bitte senden Sie uns eine bessere Kopie des Mietvertrags."
service.move(parking, State.QUERIED, Actor.OFFICE, note, now())
transaction.commit()
"""


@pytest.fixture(scope="module")
def busy_town(tmp_path_factory):
    """A town in which something was applied for."""
    directory = tmp_path_factory.mktemp("busy")
    run(instance_in(directory / "var"), APPLY)
    demo = Town(directory)
    try:
        demo.open()
        yield demo
    finally:
        demo.close()


def logged_in(page, town, address):
    """Return a citizen who is logged in."""
    page.emulate_media(reduced_motion="reduce")
    citizen = Citizen(Mouse(page), town, address)
    citizen.opens("anmelden")
    citizen.logs_in()
    return citizen


def says(citizen, text):
    """Demand that the page says what was done."""
    expect(citizen.page.locator("#notice")).to_contain_text(text)


def chooses(citizen, *files):
    """Choose files, each a name and a content."""
    citizen.page.get_by_label("Dateien anhängen").set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": content}
            for name, content in files
        ]
    )


def test_who_has_applied_for_nothing_is_led_to_the_services(page, busy_town, looks):
    newcomer = logged_in(page, busy_town, NEWCOMER)
    newcomer.opens("antraege")
    newcomer.sees("Meine Anträge")
    looks.examine(page, "antraege-leer")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_course_of_applications(new_page, busy_town, looks, scripts):
    page = new_page(java_script_enabled=scripts)
    eyes = looks if scripts else Widths()
    anna = logged_in(page, busy_town, ADDRESS)
    anna.opens("mein-bereich")
    anna.hand.follow("Meine Anträge")
    anna.sees("Meine Anträge")
    eyes.examine(page, "antraege")
    anna.hand.follow("Bewohnerparkausweis")
    anna.sees("Bewohnerparkausweis")
    eyes.examine(page, "antrag")
    with page.expect_download() as waiting:
        anna.hand.follow("Der Antrag als PDF")
    assert waiting.value.suggested_filename.startswith("A-")
    page.get_by_text("Was Sie gesendet haben").click()
    expect(page.get_by_text("MS-AB 123")).to_be_visible()
    anna.hand.follow("Unterlagen hinzufügen")
    anna.sees("Weitere Unterlagen")
    eyes.examine(page, "antrag-unterlagen")
    chooses(anna, ("Mietvertrag-neu.txt", b"Vertrag"), ("boese.exe", b"MZ"))
    anna.hand.press("Absenden")
    expect(page.locator("#errors")).to_contain_text("boese.exe")
    eyes.examine(page, "antrag-unterlagen-fehler")
    anna.hand.press("Absenden")
    says(anna, "Ihre Unterlagen sind bei der Dienststelle.")
    eyes.examine(page, "antrag-beantwortet")
    anna.opens("antraege?stand=offen")
    anna.hand.follow("Hundesteuer: Anmeldung" if scripts else "Bewohnerparkausweis")
    anna.hand.follow("Antrag zurückziehen")
    anna.sees("Antrag zurückziehen")
    eyes.examine(page, "antrag-zurueckziehen")
    anna.hand.press("Antrag zurückziehen")
    says(anna, "Sie haben Ihren Antrag zurückgezogen.")
    eyes.examine(page, "antrag-zurueckgezogen")
