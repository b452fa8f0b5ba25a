"""What a clerk does with applications in the browser."""

from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.services.cases.circulars import service as circulars
from collective.servicekonto.services.cases.exports import service as exports
from plone import api
from urllib.parse import urlencode
import json
import pytest
import transaction


EVIL = "=1+1<script>alert(1)</script> #let x = 1"


@pytest.fixture
def application(functional, submit, file, clock):
    """An application with a file."""
    answers = (
        Answer("name", "Name", "Über Sie", "Erika", "Erika", "hoch:online-ausweis"),
        Answer("evil", "Bemerkung", "Hund", EVIL, EVIL, ""),
        Answer("empty", "Chip", "Hund", "", None, ""),
    )
    submitted = submit(answers=answers, files=(("proof", file()),))
    clock.forward(minutes=1)
    transaction.commit()
    return submitted


@pytest.fixture
def at_case(clerk, application):
    """The clerk's browser, at the application."""
    clerk.opens(f"vorgang?antrag={application.id}")
    return clerk


def state(application):
    """Return the state of the application as others see it."""
    transaction.begin()
    return applications.state(applications.query(application.id))


def kinds(account):
    """Return the kinds of the messages of the account, the oldest first."""
    transaction.begin()
    box = messages.query_box(account.id)
    found = sorted(box.everything(), key=lambda one: one.provided)
    return [messages.kind(one) for one in found]


class TestInbox:
    def test_an_empty_one_says_that_there_is_nothing_to_do(self, clerk):
        clerk.opens("vorgaenge")
        assert "There is nothing to do" in clerk.contents

    def test_it_shows_what_is_open(self, clerk, application):
        clerk.opens("vorgaenge")
        assert application.number in clerk.contents
        assert "All open ones (1)" in clerk.contents
        assert "To be decided by" in clerk.contents
        assert "Erika" not in clerk.contents

    def test_a_filter_that_fits_nothing_leads_back(self, clerk, application):
        clerk.opens("vorgaenge?wer=ich")
        assert "No application is like this" in clerk.contents
        assert application.number not in clerk.contents
        clerk.getLink("Show all open applications").click()
        assert application.number in clerk.contents

    def test_it_is_found_by_its_number(self, clerk, application):
        clerk.opens("vorgaenge")
        clerk.getControl(name="nummer").value = application.number.lower()
        clerk.presses("find")
        assert clerk.page == "vorgang"

    def test_an_unknown_number_is_said(self, clerk, application):
        clerk.opens("vorgaenge")
        clerk.getControl(name="nummer").value = "A-0000"
        clerk.presses("find")
        assert "no application with the number A-0000" in clerk.contents

    def test_several_are_changed_after_a_question(self, clerk, application):
        clerk.opens("vorgaenge")
        clerk.getControl(name="antrag").value = [application.id]
        clerk.getControl(name="nach").value = [State.IN_PROGRESS.value]
        clerk.presses("change")
        assert "Nothing is changed yet" in clerk.contents
        assert state(application) == State.SUBMITTED
        clerk.presses("confirm")
        assert "Number of applications that were changed: 1" in clerk.contents
        assert clerk.page == "vorgaenge"
        assert state(application) == State.IN_PROGRESS

    @pytest.mark.parametrize(
        ("tick", "nach", "said"),
        [
            (False, State.SETTLED.value, "Please tick the applications"),
            (True, "", "Please choose a state"),
        ],
    )
    def test_what_is_missing_is_said(self, clerk, application, tick, nach, said):
        clerk.opens("vorgaenge")
        clerk.getControl(name="antrag").value = [application.id] if tick else []
        clerk.getControl(name="nach").value = [nach]
        clerk.presses("change")
        assert said in clerk.contents

    def test_whoever_comes_second_learns_it(self, clerk, application, clock):
        clerk.opens("vorgaenge")
        clerk.getControl(name="antrag").value = [application.id]
        clerk.getControl(name="nach").value = [State.SETTLED.value]
        clerk.presses("change")
        transaction.begin()
        applications.move(
            applications.query(application.id),
            State.IN_PROGRESS,
            Actor.OFFICE,
            "",
            clock(),
        )
        transaction.commit()
        clerk.presses("confirm")
        assert "somebody else has worked on them meanwhile: 1" in clerk.contents
        assert state(application) == State.IN_PROGRESS

    @pytest.mark.parametrize("name", ["csv", "xlsx", "xml", "json"])
    def test_it_leaves_as_a_file(self, clerk, application, name):
        clerk.opens("vorgaenge")
        clerk.getControl(name="format").value = [name]
        clerk.presses("export")
        assert clerk.headers["Content-Disposition"].endswith(f'.{name}"')
        assert clerk.headers["Cache-Control"] == "no-store"
        content = clerk._response.body
        if name == "csv":
            assert f'"\'{EVIL}"'.encode() in content
        if name == "json":
            (found,) = json.loads(content)["applications"]
            assert found["answers"][1]["text"] == EVIL

    def test_too_much_for_one_file_is_said(self, clerk, application, monkeypatch):
        monkeypatch.setattr(exports, "LARGEST", 10)
        clerk.opens("vorgaenge")
        clerk.getControl(name="format").value = ["csv"]
        clerk.presses("export")
        assert "This is too much for one file" in clerk.contents
        assert "Content-Disposition" not in clerk.headers

    def test_an_office_that_is_gone_has_none(self, clerk, application, office, clock):
        clerk.opens("vorgaenge")
        applications.change(application, State.SETTLED, Actor.OFFICE, "", clock())
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(office)
        transaction.commit()
        clerk.getControl(name="format").value = ["csv"]
        clerk.presses("export")
        assert clerk.status == 404
        assert application.number not in str(clerk.contents)

    def test_it_is_for_the_staff_of_the_office_only(self, new_clerk, application):
        for name in ("ordnung",):
            other = new_clerk(name)
            for page in ("vorgaenge", f"vorgang?antrag={application.id}"):
                other.opens(page)
                assert other.status == 403
                assert application.number not in other.contents

    def test_visitors_are_led_to_the_log_in(self, new_clerk, application):
        visitor = new_clerk("")
        visitor.opens("vorgaenge")
        assert "require_login" in visitor.url or "login" in visitor.url


class TestCase:
    def test_it_shows_everything(self, at_case, application):
        shown = at_case.contents
        assert application.number in shown
        assert "verified with the Online-Ausweis, trust level: hoch" in shown
        assert "no entry" in shown
        assert "Nachweis.txt" in shown
        assert "<script>alert" not in shown
        assert "Your office has to answer" not in shown

    def test_pdf_and_file_can_be_saved(self, at_case, application):
        for page in (
            f"vorgang-pdf?antrag={application.id}",
            f"vorgang-datei?antrag={application.id}"
            f"&datei={application.files[0].attachment.id}",
        ):
            at_case.opens(page)
            assert at_case.status == 200
            assert "attachment" in at_case.headers["Content-Disposition"]

    @pytest.mark.parametrize(
        "page", ["vorgang?antrag=x", "vorgang", "vorgang-pdf?antrag=x"]
    )
    def test_what_is_not_there_is_said(self, clerk, application, page):
        clerk.opens(page)
        assert clerk.status == 404
        assert "This application is not there" in clerk.contents

    def test_a_state_is_changed(self, at_case, application, account):
        at_case.getControl(name="zustand").value = [State.IN_PROGRESS.value]
        at_case.getControl(name="mitteilung").value = "Wir prüfen."
        at_case.presses("state")
        assert "The state is changed" in at_case.contents
        assert "Wir prüfen." in at_case.contents
        assert state(application) == State.IN_PROGRESS

    def test_it_is_assigned(self, at_case, application):
        at_case.presses("take")
        assert "Assignment and day are changed" in at_case.contents
        at_case.getControl(name="wer").value = ["kollegin"]
        at_case.getControl(name="bis").value = "24.12.2026"
        at_case.presses("arrange")
        transaction.begin()
        found = applications.query(application.id)
        assert (found.assigned, found.due) == ("kollegin", "2026-12-24")

    def test_what_is_no_day_is_said(self, at_case):
        at_case.getControl(name="bis").value = "demnächst"
        at_case.presses("arrange")
        assert "Please enter a date" in at_case.contents

    def test_a_note_is_kept(self, at_case):
        at_case.getControl(name="notiz").value = "<b>Rief an</b>"
        at_case.presses("note")
        assert "&lt;b&gt;Rief an&lt;/b&gt;" in at_case.contents

    def test_a_query_is_reviewed_and_sent(self, at_case, application, account):
        at_case.fills_in(kind="query", text="Welche Rasse?", reply_until="2099-01-01")
        before = len(kinds(account))
        at_case.presses("review")
        assert "Check the message" in at_case.contents
        assert len(kinds(account)) == before
        at_case.presses("send")
        assert at_case.page == "vorgang"
        assert "The message is on its way" in at_case.contents
        assert "Welche Rasse?" in at_case.contents
        assert state(application) == State.QUERIED
        assert kinds(account)[before:] == [Kind.QUERY]

    def test_a_decision_asks_for_its_outcome(self, at_case, application, account):
        at_case.fills_in(kind="decision", text="Ihr Hund ist angemeldet.")
        at_case.presses("review")
        assert "Please choose below how the application is decided" in at_case.contents
        at_case.getControl(name="outcome").value = [State.APPROVED.value]
        at_case.presses("review")
        assert "State of the application afterwards" in at_case.contents
        at_case.presses("send")
        assert state(application) == State.APPROVED
        assert kinds(account)[-1] is Kind.DECISION
        at_case.opens("vorgaenge")
        assert application.number not in at_case.contents
        at_case.opens("vorgaenge?stand=approved")
        assert application.number in at_case.contents

    def test_two_clerks_at_once(self, at_case, new_clerk, application, account):
        colleague = new_clerk("kollegin")
        colleague.opens(f"vorgang?antrag={application.id}")
        at_case.presses("take")
        before = len(kinds(account))
        colleague.fills_in(kind="letter", text="Guten Tag")
        colleague.presses("review")
        assert "somebody else has worked on this application" in colleague.contents
        assert "Guten Tag" in colleague.contents
        colleague.presses("review")
        assert "Check the message" in colleague.contents
        assert len(kinds(account)) == before

    def test_without_a_postfach_one_writes_by_post(self, clerk, submit):
        application = submit(
            account=None, session=None, attributes=(), email="e@example.org"
        )
        transaction.commit()
        clerk.opens(f"vorgang?{urlencode({'antrag': application.id})}")
        assert "This citizen has no Postfach" in clerk.contents
        assert "e@example.org" in clerk.contents
        assert "buttons.review" not in clerk.contents
        assert "Nobody is told of the new state" in clerk.contents
        assert 'name="mitteilung"' not in clerk.contents

    def test_a_remark_that_is_mailed_says_where_it_goes(self, clerk, submit):
        application = submit(
            account=None,
            session=None,
            attributes=(),
            email="e@example.org",
            mails_changes=True,
        )
        transaction.commit()
        clerk.opens(f"vorgang?{urlencode({'antrag': application.id})}")
        assert "the citizen wants e-mails" in clerk.contents
        clerk.getControl(name="zustand").value = [State.IN_PROGRESS.value]
        clerk.getControl(name="mitteilung").value = "Wir prüfen."
        clerk.presses("state")
        assert "Wir prüfen." in clerk.contents


class TestCircular:
    @pytest.fixture
    def dog_tax(self, site, office):
        """The service with which people applied."""
        with api.env.adopt_roles(["Manager"]):
            form = api.content.create(
                site.buergerportal,
                "EasyForm",
                title="Hundesteuer anmelden",
                is_online_service=True,
                office=office.UID(),
                purpose="Steuer",
                legal_basis="Satzung",
            )
            api.content.transition(form, "publish")
        transaction.commit()
        return form

    def test_it_is_reviewed_and_sent(self, clerk, dog_tax, submit, account, clock):
        submit(service_uid=dog_tax.UID())
        clock.forward(minutes=1)
        transaction.commit()
        before = len(kinds(account))
        clerk.opens("rundschreiben")
        service, states = (
            clerk.getControl(name=f"{name}:list") for name in ("service", "states")
        )
        assert service.displayValue == ["Please choose"]
        assert states.displayOptions[0] == "All that are open"
        clerk.fills_in(subject="Neue Marken", text="Bitte holen Sie die Marke ab.")
        clerk.getControl(name="service:list").value = [dog_tax.UID()]
        clerk.presses("review")
        assert "Number of applications: 1" in clerk.contents
        assert len(kinds(account)) == before
        clerk.presses("send")
        assert clerk.page == "rundschreiben-stand"
        assert "All is sent" in clerk.contents
        assert len(kinds(account)) == before + 1
        clerk.opens("rundschreiben")
        clerk.fills_in(subject="Nochmal", text="Guten Tag")
        clerk.getControl(name="service:list").value = [dog_tax.UID()]
        clerk.presses("review")
        assert "They got a message already" in clerk.contents

    def test_it_is_stopped_with_a_button(
        self, clerk, dog_tax, submit, account, clock, monkeypatch
    ):
        monkeypatch.setattr(circulars, "BATCH", 1)
        for _number in range(2):
            submit(service_uid=dog_tax.UID())
        transaction.commit()
        clerk.opens("rundschreiben")
        clerk.fills_in(subject="Neue Marken", text="Bitte holen Sie die Marke ab.")
        clerk.getControl(name="service:list").value = [dog_tax.UID()]
        clerk.presses("review")
        clerk.presses("send")
        clerk.opens("rundschreiben")
        clerk.getLink("Neue Marken").click()
        clerk.getControl("Stop sending").click()
        assert "It was stopped on" in clerk.contents
        assert "Stop sending" not in clerk.contents

    def test_whom_it_did_not_reach_is_said(
        self, clerk, dog_tax, submit, account, monkeypatch
    ):
        def fails(*_args):
            raise RuntimeError

        monkeypatch.setattr(circulars.letters, "deliver_about", fails)
        application = submit(service_uid=dog_tax.UID())
        transaction.commit()
        clerk.opens("rundschreiben")
        clerk.fills_in(subject="Neue Marken", text="Bitte holen Sie die Marke ab.")
        clerk.getControl(name="service:list").value = [dog_tax.UID()]
        clerk.presses("review")
        clerk.presses("send")
        assert "did not get it because of a fault" in clerk.contents
        assert application.number in clerk.contents

    def test_what_is_missing_is_said(self, clerk, dog_tax):
        clerk.opens("rundschreiben")
        clerk.presses("review")
        assert "Please choose a service of your office." in clerk.contents
        assert "Please enter a subject." in clerk.contents

    def test_an_unknown_one_is_said(self, clerk):
        clerk.opens("rundschreiben-stand?nr=x")
        assert clerk.status == 404
