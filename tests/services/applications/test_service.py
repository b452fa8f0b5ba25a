"""An application from the form to the decision."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import Turn
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications import workflow
from collective.servicekonto.services.applications.rules import MOVES
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import Brochure
from collective.servicekonto.services.applications.service import ChangeRefused
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.service import get_store
from datetime import date
from plone import api
from tests.factories import active_account
from tests.services.applications.conftest import SERVICE
import pickle
import pytest


pytestmark = pytest.mark.usefixtures("integration")


def inbox(account):
    """Return the messages of the inbox but the welcome, the newest first."""
    found = postbox.listing(
        account, TrustLevel.LOW, Folder.INBOX, postbox.Search()
    ).messages
    return [one for one in found if messages.kind(one) is not Kind.SYSTEM]


def listed(office, *states):
    """Return the ids of the applications that the office has in these states."""
    return [one.application_id for one in service.of_office(office.UID(), states)]


class TestSubmitting:
    def test_it_is_found_by_id_number_citizen_and_office(self, submit, account, office):
        application = submit()
        assert service.query(application.id).number == application.number
        assert service.query_by_number(application.number).id == application.id
        assert [one.id for one in service.of_account(account)] == [application.id]
        assert listed(office, State.SUBMITTED) == [application.id]
        [place] = service.of_office(office.UID(), [State.SUBMITTED])
        assert place.service == SERVICE

    def test_it_says_what_was_entered_and_until_when_it_is_decided(self, submit, clock):
        application = submit()
        assert [one.text for one in application.answers][:2] == [
            "Erika",
            "e@example.org",
        ]
        assert application.answers[2].value == ["Bello", "Waldi"]
        assert service.state(application) == State.SUBMITTED
        assert date.fromisoformat(application.due) == date(2026, 12, 7)
        [step] = service.steps(application)
        assert (step.at, step.state, step.by) == (
            int(clock().timestamp()),
            State.SUBMITTED,
            Actor.CITIZEN,
        )

    def test_that_data_left_the_account_is_in_its_log(self, submit, account):
        submit()
        [entry] = dataaccess.find(account, dataaccess.Search())
        assert entry.recipient == "Steueramt"
        assert entry.purpose == "Anmeldung eines Hundes"
        assert entry.legal_basis == "Hundesteuersatzung"
        assert dict(entry.attributes).keys() == {"given_names", "email"}

    def test_a_copy_with_everything_lies_in_the_postfach(self, submit, account, file):
        sent = file()
        brochure = Brochure("Merkblatt.pdf", "application/pdf", b"%PDF-1.4")
        application = submit(files=(("proof", sent),), brochures=(brochure,))
        [copy] = inbox(account)
        assert messages.kind(copy) is Kind.COPY
        assert copy.reference == application.number
        assert copy.thread == application.thread
        for text in ("Bello", "Waldi", "e@example.org", "Über Sie", "Nachweis.txt"):
            assert text in copy.body
        paper, handed_out, own = copy.attachments
        assert paper is application.paper
        assert paper.name == f"{application.number}.pdf"
        assert handed_out.name == "Merkblatt.pdf"
        assert own is sent

    def test_a_brochure_is_stored_once_for_all(self, submit, account):
        brochure = Brochure("Merkblatt.pdf", "application/pdf", b"%PDF-1.4")
        submit(brochures=(brochure,))
        submit(brochures=(brochure,))
        first, second = (one.attachments[1] for one in inbox(account))
        assert first is second

    def test_nothing_of_it_is_in_the_catalog(self, submit):
        catalog = api.portal.get_tool("portal_catalog")
        before = catalog.getCounter()
        submit()
        assert catalog.getCounter() == before
        assert not catalog.unrestrictedSearchResults(portal_type="Antrag")

    def test_markup_that_was_typed_is_text(self, submit, account):
        evil = "<script>alert(1)</script>#sys.inputs\x00\u202e"
        answer = service.Answer("a", evil, evil, evil, evil)
        submit(answers=(answer,), service_title=evil)
        [copy] = inbox(account)
        assert "<script" not in copy.body
        assert "&lt;script&gt;" in copy.body
        assert not {"\x00", "\u202e"} & set(copy.body + copy.title)

    def test_a_locked_account_submits_nothing(self, new, account, clock):
        accounts.lock(account, clock())
        with pytest.raises(accounts.NotActive):
            service.submit(new(), clock())
        assert not get_store().applications

    def test_a_session_of_somebody_else_submits_nothing(self, new, clock):
        stranger = active_account(clock(), "fremd@example.org")
        with pytest.raises(dataaccess.NotYourSession):
            service.submit(new(account=stranger), clock())
        assert not get_store().applications

    def test_without_account_nothing_is_in_any_postfach(self, submit, account, mailbox):
        application = submit(account=None, session=None, email="e@example.org")
        assert application.account_id == application.thread == ""
        assert inbox(account) == []
        assert service.query_citizen(application) is None
        assert service.of_account(account) == []

    def test_no_class_of_ours_is_in_what_is_stored(self, submit, file):
        application = submit(files=(("proof", file()),))
        stored = vars(service.query(application.id).aq_base).copy()
        plain = {
            name: value
            for name, value in stored.items()
            if name in ("timeline", "retentions", "due", "number", "notes")
        }
        assert len(plain) >= 4
        assert b"collective" not in pickle.dumps(plain)
        assert b"collective" not in pickle.dumps(stored["content"].answers)


class TestChanging:
    def test_the_timeline_the_lists_and_the_postfach_follow(
        self, submit, account, office, clock
    ):
        application = submit()
        clock.forward(days=1)
        service.change(
            application, State.IN_PROGRESS, Actor.OFFICE, "Wir prüfen.", clock()
        )
        assert service.state(application) == State.IN_PROGRESS
        assert listed(office, State.SUBMITTED) == []
        assert listed(office, *State) == [application.id]
        last = service.steps(application)[-1]
        assert (last.state, last.by, last.note) == (
            State.IN_PROGRESS,
            Actor.OFFICE,
            "Wir prüfen.",
        )
        told, copy = inbox(account)
        assert told.thread == copy.thread
        assert "Wir prüfen." in told.body

    def test_whoever_writes_to_the_citizen_moves_it_quietly(
        self, submit, account, clock
    ):
        application = submit()
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        assert len(inbox(account)) == 1
        assert service.state(application) == State.QUERIED

    def test_what_does_not_follow_is_refused(self, submit, office, clock):
        application = submit()
        with pytest.raises(ChangeRefused):
            service.change(application, State.ANSWERED, Actor.OFFICE, "", clock())
        with pytest.raises(ChangeRefused):
            service.change(application, State.APPROVED, Actor.CITIZEN, "", clock())
        assert service.state(application) == State.SUBMITTED
        assert len(service.steps(application)) == 1

    def test_each_state_has_its_list_and_its_number(self, submit, office, clock):
        first, second, third = submit(), submit(), submit()
        service.change(second, State.REJECTED, Actor.OFFICE, "", clock())
        assert service.count(office.UID(), State.SUBMITTED) == 2
        assert service.count(office.UID(), State.REJECTED) == 1
        assert service.count(office.UID(), State.QUERIED) == 0
        assert set(listed(office, State.SUBMITTED)) == {first.id, third.id}

    def test_lists_go_on_where_one_stopped(self, submit, office, clock):
        sent = []
        for _number in range(5):
            sent.insert(0, submit().id)
            clock.forward(minutes=2)
        places = list(service.of_office(office.UID(), [State.SUBMITTED]))
        assert [one.application_id for one in places] == sent
        behind = service.of_office(office.UID(), State, str(places[1]))
        assert [one.application_id for one in behind] == sent[2:]

    def test_citizens_withdraw_until_it_is_decided(self, submit, account, clock):
        application = submit()
        assert service.can_be_withdrawn(application)
        service.withdraw(application, clock())
        assert service.state(application) == State.WITHDRAWN
        assert not service.can_be_withdrawn(application)
        with pytest.raises(ChangeRefused):
            service.withdraw(application, clock())
        assert messages.kind(inbox(account)[0]) is Kind.COPY

    def test_an_answer_in_the_postfach_answers_the_query(
        self, submit, account, session, clock
    ):
        application = submit()
        query = postbox.NewMessage(
            kind=Kind.QUERY,
            title="Frage",
            body="<p>Welche Rasse?</p>",
            sender="Steueramt",
            office=application.office,
            reference=application.number,
            thread=application.thread,
            reply_until=date(2099, 1, 1),
        )
        asked = postbox.deliver(account, query, clock())
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        postbox.reply(account, session, asked, "Dackel", (), clock())
        assert service.state(application) == State.ANSWERED
        assert service.steps(application)[-1].by == Actor.CITIZEN

    def test_an_answer_to_another_matter_changes_nothing(
        self, submit, account, session, clock
    ):
        application = submit()
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        query = postbox.NewMessage(
            kind=Kind.QUERY,
            title="Frage",
            body="<p>Parken</p>",
            sender="Steueramt",
            office=application.office,
            reference="P-17",
            reply_until=date(2099, 1, 1),
        )
        asked = postbox.deliver(account, query, clock())
        postbox.reply(account, session, asked, "Hier", (), clock())
        assert service.state(application) == State.QUERIED

    def test_the_number_of_somebody_else_answers_nothing(self, submit, clock):
        application = submit()
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        stranger = active_account(clock(), "fremd@example.org")
        reply = postbox.NewMessage(
            kind=Kind.REPLY,
            title="x",
            body="",
            sender="x",
            office=application.office,
            reference=application.number,
        )
        postbox.deliver(stranger, reply, clock())
        assert service.state(application) == State.QUERIED


class TestDocuments:
    def test_they_lie_beside_those_of_the_form(self, submit, account, file, clock):
        application = submit(files=(("proof", file()),))
        clock.forward(days=1)
        service.add_documents(application, [file("Impfpass.txt")], clock())
        names = [(one.field, one.attachment.name) for one in application.files]
        assert names == [("proof", "Nachweis.txt"), ("", "Impfpass.txt")]
        assert service.steps(application)[-1].documents == 1
        assert "Impfpass.txt" in inbox(account)[0].body

    def test_they_answer_a_query(self, submit, file, clock):
        application = submit()
        service.move(application, State.QUERIED, Actor.OFFICE, "", clock())
        service.add_documents(application, [file()], clock())
        assert service.state(application) == State.ANSWERED

    def test_they_do_not_end_the_turn_of_the_office(self, submit, account, file, clock):
        application = submit()
        first = messages.query_message(account.id, application.thread)
        thread_lists.set_turn(account, first, Turn.OFFICE, clock())
        service.add_documents(application, [file()], clock())
        assert Turn(first.turn) is Turn.OFFICE

    def test_not_where_the_service_wants_none(self, submit, file, clock):
        application = submit(takes_documents=False)
        assert not service.takes_documents(application)
        with pytest.raises(service.NoDocuments):
            service.add_documents(application, [file()], clock())

    def test_not_once_it_is_decided(self, submit, file, clock):
        application = submit()
        service.change(application, State.REJECTED, Actor.OFFICE, "", clock())
        with pytest.raises(service.NoDocuments):
            service.add_documents(application, [file()], clock())

    def test_not_any_number_of_times_a_day(self, submit, file, clock):
        settings().answers_per_day = 2
        application = submit()
        service.add_documents(application, [file()], clock())
        service.add_documents(application, [file()], clock())
        with pytest.raises(TooManyAnswers):
            service.add_documents(application, [file()], clock())
        clock.forward(days=1, minutes=1)
        service.add_documents(application, [file()], clock())


class TestWorkflow:
    def test_the_rules_say_what_the_workflow_of_the_profile_says(self):
        for state in State:
            assert set(workflow.possible(state)) == set(MOVES[state])
        assert workflow.states() == [one.value for one in State]

    def test_a_webmasters_state_is_one_of_the_states(self, submit, office, clock):
        tool = api.portal.get_tool("portal_workflow")
        definition = tool.servicekonto_antrag
        definition.states.addState("council")
        council = definition.states["council"]
        council.setProperties(title="Beim Stadtrat", transitions=("approve",))
        definition.transitions.addTransition("to_council")
        definition.transitions["to_council"].setProperties(
            title="An den Stadtrat", new_state_id="council"
        )
        before = definition.states["submitted"]
        before.transitions = (*before.transitions, "to_council")
        application = submit()
        assert "council" in service.possible_changes(application, Actor.OFFICE)
        service.change(application, "council", Actor.OFFICE, "", clock())
        assert service.state(application) == "council"
        assert service.title("council") == "Beim Stadtrat"
        assert not service.is_decided("council")
        assert listed(office, "council") == [application.id]
        assert service.states()[-1] == "council"
        assert not service.can_be_withdrawn(application)
        service.change(application, State.APPROVED, Actor.OFFICE, "", clock())
        assert listed(office, State.APPROVED) == [application.id]

    def test_a_renamed_state_is_called_so(self):
        tool = api.portal.get_tool("portal_workflow")
        tool.servicekonto_antrag.states["approved"].title = "Genehmigt"
        assert service.title(State.APPROVED) == "Genehmigt"
