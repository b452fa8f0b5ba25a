"""The citizen's applications in the browser."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from datetime import date
from io import BytesIO
from pypdf import PdfReader
from tests.factories import active_account
from tests.postbox.citizen.pages import notice
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import problems
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.pages import text_of
from webtest import Upload
import pytest
import transaction


def page_of(application, page="antrag"):
    """Return the page about the application."""
    return f"{page}?antrag={application.id}"


def change(application, to, clock, note="", by=Actor.OFFICE):
    """Let somebody change the state."""
    transaction.begin()
    found = service.query(application.id)
    service.change(found, to, by, note, clock())
    transaction.commit()


def attaches(browser, content=b"Ein Nachweis", name="nachweis.txt"):
    """Choose a file."""
    field = browser.getControl(name="dateien")._control
    field.value = [Upload(name, content, "text/plain")]


def looks_for(browser, word):
    """Search in the list."""
    browser.fills_in(wort=word)
    browser.getControl(name="was").click()
    transaction.begin()


class TestList:
    def test_mein_bereich_leads_to_it(self, erika):
        erika.opens("mein-bereich")
        erika.getLink("My applications").click()
        assert erika.page == "antraege"
        assert "You have not applied for anything yet." in text_of(erika)

    def test_it_shows_service_state_office_and_number(self, erika, applied):
        application = applied()
        erika.opens("antraege")
        text = text_of(erika)
        for word in ("Hundesteuer", "Received", "Steueramt", application.number):
            assert word in text
        erika.getLink("Hundesteuer").click()
        assert erika.page == "antrag"

    def test_the_newest_comes_first(self, erika, applied, clock):
        applied(service_title="Erstes")
        clock.forward(minutes=5)
        applied(service_title="Zweites")
        erika.opens("antraege")
        text = text_of(erika)
        assert text.index("Zweites") < text.index("Erstes")

    def test_open_and_closed_ones_are_told_apart(self, erika, applied, clock):
        applied(service_title="Läuft")
        change(applied(service_title="Fertig"), State.SETTLED, clock)
        erika.opens("antraege?stand=offen")
        assert "Läuft" in text_of(erika)
        assert "Fertig" not in text_of(erika)
        erika.opens("antraege?stand=abgeschlossen")
        assert "Fertig" in text_of(erika)
        assert "Läuft" not in text_of(erika)

    def test_words_that_are_looked_for_are_not_in_the_address(self, erika, applied):
        applied(service_title="Hundesteuer")
        applied(service_title="Parkausweis")
        erika.opens("antraege")
        looks_for(erika, "park")
        assert "Parkausweis" in text_of(erika)
        assert "Hundesteuer" not in text_of(erika)
        assert "park" not in erika.url
        erika.getLink("Show all again").click()
        assert "Hundesteuer" in text_of(erika)

    def test_what_is_not_found_is_said(self, erika, applied):
        applied()
        erika.opens("antraege")
        looks_for(erika, "Zirkus")
        assert "No application was found." in text_of(erika)

    def test_nobody_sees_those_of_others(self, erika, applied, functional, site, clock):
        applied()
        stranger = active_account(clock(), "fremd@example.org")
        transaction.commit()
        other = type(erika)(functional["app"], site.buergerportal.absolute_url())
        other.logs_in(stranger.email)
        other.opens("antraege")
        assert "You have not applied for anything yet." in text_of(other)


class TestOne:
    def test_it_shows_what_was_sent_and_what_comes(self, erika, applied):
        erika.opens(page_of(applied()))
        text = text_of(erika)
        for word in (
            "State: Received",
            "The office checks your application.",
            "The office wants to decide by",
            "by you",
            "The office deletes this application on",
            "at the latest.",
            "Über Sie",
            "from your account",
            "no entry",
            "The application as PDF",
        ):
            assert word in text

    def test_the_timeline_shows_each_change_the_latest_first(
        self, erika, applied, clock
    ):
        application = applied()
        clock.forward(minutes=30)
        change(application, State.IN_PROGRESS, clock, "Wir prüfen das.")
        erika.opens(page_of(application))
        text = text_of(erika)
        assert "State: In progress" in text
        assert "Wir prüfen das." in text
        assert text.index("by the office") < text.index("by you")

    def test_a_query_leads_to_the_question(self, erika, applied, account, clock):
        application = applied()
        query = postbox.NewMessage(
            kind=Kind.QUERY,
            title="Welche Rasse?",
            body="<p>?</p>",
            sender="Steueramt",
            office=application.office,
            reference=application.number,
            thread=application.thread,
            reply_until=date(2099, 1, 1),
        )
        asked = postbox.deliver(account, query, clock())
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        transaction.commit()
        erika.opens(page_of(application))
        erika.getLink("Read and answer the question").click()
        assert erika.url.endswith(asked.id)

    def test_it_is_a_pdf_that_screen_readers_can_read(self, erika, applied):
        application = applied()
        erika.opens(page_of(application))
        erika.getLink("The application as PDF").click()
        assert erika.headers["Content-Type"] == "application/pdf"
        assert application.number in erika.headers["Content-Disposition"]
        reader = PdfReader(BytesIO(_body(erika)))
        text = "".join(page.extract_text() for page in reader.pages)
        assert "Waldi" in text
        assert application.number in text
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    def test_its_files_are_downloaded(self, erika, applied, file):
        application = applied(files=(("proof", file()),))
        erika.opens(page_of(application))
        erika.getLink("Nachweis.txt").click()
        assert _body(erika) == b"Ein Nachweis"

    @pytest.mark.parametrize("number", ["0", "2", "x", ""])
    def test_a_file_that_does_not_exist(self, erika, applied, file, number):
        application = applied(files=(("proof", file()),))
        erika.opens(page_of(application, "antrag-datei") + f"&nummer={number}")
        assert status(erika) == 404

    @pytest.mark.parametrize(
        "page",
        ["antrag", "antrag-pdf", "antrag-datei", "antrag-unterlagen"],
    )
    @pytest.mark.parametrize("text", ["", "0" * 32, "x", "../../etc"])
    def test_an_application_that_does_not_exist(self, erika, page, text):
        erika.opens(f"{page}?antrag={text}")
        assert status(erika) == 404

    def test_markup_that_was_typed_is_text(self, erika, applied):
        evil = "<script>alert(1)</script>"
        application = applied(
            service_title=evil, answers=(service.Answer("a", evil, evil, evil, evil),)
        )
        erika.opens(page_of(application))
        assert "<script>alert" not in erika.contents
        assert evil in text_of(erika)


class TestDocuments:
    def test_they_are_sent_and_confirmed(self, erika, applied):
        application = applied()
        erika.opens(page_of(application))
        erika.getLink("Add documents").click()
        attaches(erika)
        press(erika, "Send")
        assert erika.page == "antrag"
        assert "Your documents are with the office." in notice(erika)
        assert "nachweis.txt" in text_of(erika)
        assert "A document was added" in text_of(erika)

    def test_without_a_file_one_is_asked_for(self, erika, applied):
        erika.opens(page_of(applied(), "antrag-unterlagen"))
        press(erika, "Send")
        assert "Please choose a file." in problems(erika)

    def test_a_good_file_survives_a_bad_one(self, erika, applied):
        application = applied()
        erika.opens(page_of(application, "antrag-unterlagen"))
        field = erika.getControl(name="dateien")._control
        field.value = [
            Upload("gut.txt", b"gut", "text/plain"),
            Upload("boese.exe", b"MZ", "text/plain"),
        ]
        press(erika, "Send")
        assert "boese.exe" in problems(erika)
        assert "gut.txt" in text_of(erika)
        assert len(service.query(application.id).files) == 0
        press(erika, "Send")
        names = [one.attachment.name for one in service.query(application.id).files]
        assert names == ["gut.txt"]

    def test_a_draft_is_kept_for_another_day(self, erika, applied):
        application = applied()
        erika.opens(page_of(application, "antrag-unterlagen"))
        attaches(erika)
        press(erika, "Save the draft")
        erika.opens(page_of(application, "antrag-unterlagen"))
        assert "nachweis.txt" in text_of(erika)
        assert len(service.query(application.id).files) == 0

    def test_sending_twice_sends_once(self, erika, applied):
        application = applied()
        erika.opens(page_of(application, "antrag-unterlagen"))
        tab = erika.new_tab()
        tab.opens(page_of(application, "antrag-unterlagen"))
        key = erika.getControl(name="schluessel").value
        tab.getControl(name="schluessel").value = key
        for browser in (erika, tab):
            attaches(browser)
            press(browser, "Send")
            assert browser.page == "antrag"
        assert len(service.query(application.id).files) == 1

    def test_not_once_it_is_decided(self, erika, applied, clock):
        application = applied()
        erika.opens(page_of(application, "antrag-unterlagen"))
        attaches(erika)
        change(application, State.REJECTED, clock)
        press(erika, "Send")
        assert status(erika) == 409
        assert "No documents can be added" in text_of(erika)
        erika.opens(page_of(application))
        assert "Add documents" not in text_of(erika)

    def test_they_survive_the_end_of_the_session(self, erika, applied, clock):
        application = applied()
        erika.opens(page_of(application, "antrag-unterlagen"))
        attaches(erika)
        clock.forward(hours=2)
        press(erika, "Send")
        assert erika.page == "anmelden"
        erika.logs_in()
        erika.opens(page_of(application, "antrag-unterlagen"))
        assert "nachweis.txt" in text_of(erika)


class TestWithdrawing:
    def test_it_is_asked_before(self, erika, applied):
        application = applied()
        erika.opens(page_of(application))
        erika.getLink("Withdraw the application").click()
        assert service.state(application) == State.SUBMITTED
        press(erika, "Withdraw the application")
        assert "You have withdrawn your application." in notice(erika)
        assert "State: Withdrawn" in text_of(erika)

    def test_twice_is_once(self, erika, applied):
        application = applied()
        tab = erika.new_tab()
        for browser in (erika, tab):
            browser.opens(page_of(application, "antrag-zurueckziehen"))
        for browser in (erika, tab):
            press(browser, "Withdraw the application")
            assert browser.page == "antrag"
        assert len(service.steps(service.query(application.id))) == 2

    def test_not_once_it_is_decided(self, erika, applied, clock):
        application = applied()
        erika.opens(page_of(application, "antrag-zurueckziehen"))
        change(application, State.APPROVED, clock)
        press(erika, "Withdraw the application")
        assert status(erika) == 409
        assert service.state(service.query(application.id)) == State.APPROVED

    def test_a_link_withdraws_nothing(self, erika, applied):
        application = applied()
        erika.opens(page_of(application, "antrag-zurueckziehen") + "&was=ja")
        transaction.begin()
        assert service.state(service.query(application.id)) == State.SUBMITTED

    def test_the_form_of_another_page_withdraws_nothing(self, erika, applied):
        application = applied()
        address = f"{erika.portal}/{page_of(application, 'antrag-zurueckziehen')}"
        erika.post(address, "csrf=x")
        transaction.begin()
        assert status(erika) == 403
        assert service.state(service.query(application.id)) == State.SUBMITTED


@pytest.mark.parametrize(
    "page", ["antraege", "antrag?antrag=0", "antrag-unterlagen?antrag=0"]
)
def test_who_is_not_logged_in_comes_to_the_log_in(erika, page):
    erika.testapp.cookiejar.clear()
    erika.opens(page)
    assert erika.page == "anmelden"


def test_a_revoked_session_sees_nothing(erika, applied, account):
    application = applied()
    sessions.end_all(account)
    transaction.commit()
    erika.opens(page_of(application))
    assert erika.page == "anmelden"


def _body(browser):
    return browser._response.body
