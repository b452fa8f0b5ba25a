"""From the first page to the thank-you page."""

from collective.servicekonto.dataaccess import log
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.statistics import service as statistics
from collective.servicekonto.store.service import get_store
import transaction


def the_application():
    """Return the only application."""
    [application_id] = get_store().applications
    return applications.query(application_id)


def test_a_citizen_applies(erika, account, service, clock):
    erika.begins()
    assert erika.step == "ausfuellen?seite=1"
    assert erika.field("given_names").value == "Erika"
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    assert erika.step == "pruefen"
    for text in ("Erika", "Rex", "Dackel", "Steueramt", "Festsetzung der Hundesteuer"):
        assert text in erika.contents
    erika.sends()
    application = the_application()
    assert erika.step.startswith("gesendet?s=")
    assert application.number in erika.contents
    answers = {one.field: one.text for one in application.answers}
    assert answers == {
        "given_names": "Erika",
        "family_name": "Mustermann",
        "dog_name": "Rex",
        "race": "Dackel",
        "chipped": "no",
    }
    assert application.office_name == "Steueramt"
    assert application.service == service.UID()


def test_what_left_the_account_is_noted_and_a_copy_is_in_the_postfach(erika, account):
    erika.fills_in_everything()
    erika.sends()
    [transfer] = log.transfers(account.id)
    assert transfer.recipient == "Steueramt"
    assert {name for name, _level in transfer.attributes} == {
        "given_names",
        "family_name",
    }
    inbox = messages.query_box(account.id).newest(Folder.INBOX)
    assert Kind.COPY in [messages.kind(one) for one in inbox]


def test_nothing_is_left_of_the_draft(erika, account):
    erika.fills_in_everything()
    assert len(get_store().service_drafts) == 1
    erika.sends()
    assert len(get_store().service_drafts) == 0
    assert len(get_store().queue(drafts.DRAFTS)) == 0
    assert len(get_store().queue(drafts.REMINDERS)) == 0


def test_one_goes_back_without_losing_anything(erika):
    erika.begins()
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.goes("zurueck")
    assert erika.step == "ausfuellen?seite=1"
    erika.goes_on()
    assert erika.field("dog_name").value == "Rex"


def test_what_must_be_answered_is_asked_for(erika):
    erika.begins()
    erika.goes_on()
    erika.goes_on()
    assert erika.step == "ausfuellen"
    assert 'href="#form-widgets-dog_name"' in erika.contents


def test_a_form_with_gaps_cannot_be_sent(erika):
    erika.begins()
    erika.reads("pruefen")
    assert "Please correct this before you send the form" in erika.contents
    assert "Send now" not in erika.contents
    erika.sends()
    assert len(get_store().applications) == 0


def test_a_condition_decides_what_must_be_answered(erika):
    erika.begins()
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Pitbull")
    erika.goes_on()
    assert 'href="#form-widgets-permit"' in erika.contents
    erika.types(permit="17")
    erika.goes_on()
    erika.reads("ausfuellen?seite=2")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    erika.sends()
    assert "permit" not in {one.field for one in the_application().answers}


def test_a_second_click_shows_the_same_application(erika):
    erika.fills_in_everything()
    again = erika.new_tab()
    again.reads("pruefen")
    erika.sends()
    again.sends()
    assert again.url == erika.url
    assert len(get_store().applications) == 1
    erika.reload()
    assert the_application().number in erika.contents


def test_nobody_else_sees_the_thank_you_page(erika, new_browser):
    erika.fills_in_everything()
    erika.sends()
    stranger = new_browser()
    stranger.open(erika.url)
    assert stranger.page == "anmelden"
    assert the_application().number not in stranger.contents


def test_somebody_without_account_applies_and_takes_the_copy_along(somebody, mailbox):
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster")
    somebody.goes_on()
    somebody.types(dog_name="Rex")
    somebody.chooses("race", "Dackel")
    somebody.goes_on()
    somebody.goes_on()
    somebody.fills_in(email="max@example.org")
    somebody.getControl(name="neues").value = True
    somebody.sends()
    application = the_application()
    assert application.account_id == ""
    assert application.mails_changes
    assert application.number in somebody.contents
    [mail] = mailbox.mails()
    assert mail["To"] == "max@example.org"
    somebody.open(f"{somebody.url}&als=pdf")
    assert somebody.headers["Content-Type"] == "application/pdf"


def test_an_address_that_cannot_be_right_is_refused(somebody):
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster")
    somebody.goes_on()
    somebody.types(dog_name="Rex")
    somebody.chooses("race", "Dackel")
    somebody.goes_on()
    somebody.goes_on()
    somebody.fills_in(email="max at home")
    somebody.sends()
    assert 'href="#email"' in somebody.contents
    assert len(get_store().applications) == 0


def test_how_far_people_get_is_counted(erika, service, clock):
    erika.fills_in_everything()
    erika.sends()
    [counts] = statistics.overview(service.UID(), clock().date(), 1).values()
    assert (counts.started, counts.sent) == (1, 1)
    assert counts.pages == (1, 1, 1, 1)


def test_reading_writes_nothing(erika, functional):
    erika.begins()
    database = functional["app"]._p_jar.db()
    before = database.lastTransaction()
    for page in ("ausfuellen?seite=1", "ausfuellen?seite=2", "pruefen"):
        erika.reads(page)
        assert erika.headers["status"].startswith("200")
    assert database.lastTransaction() == before


def test_nobody_without_account_begins_very_many_forms(somebody, new_browser, clock):
    clock.forward(minutes=2)
    settings().guard_threshold = 1
    transaction.commit()
    somebody.begins()
    assert somebody.step == "ausfuellen?seite=1"
    robot = new_browser()
    robot.begins()
    assert robot.headers["status"].startswith("429")
    assert len(get_store().service_drafts) == 1
