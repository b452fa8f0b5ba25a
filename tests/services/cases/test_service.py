"""What clerks do with applications, and who may not."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.services.cases import inbox
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.rules import Filter
from datetime import date
from tests.factories import active_account
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")

KEY = "k" * 20
OPEN = Filter(
    states=(State.SUBMITTED, State.IN_PROGRESS, State.QUERIED, State.ANSWERED)
)


@pytest.fixture
def application(submit, clock):
    """An application, and some time after it."""
    submitted = submit()
    clock.forward(minutes=1)
    return submitted


@pytest.fixture
def send(office, at_work, case, clock):
    """Let a clerk write about an application."""

    def send(application, letter, outcome="", seen="", key=KEY):
        with at_work():
            present = case(application)
            addressed = letters.addressed(present, letter)
            return letters.send(
                office,
                present,
                addressed,
                outcome,
                seen or present.version,
                clock(),
                key,
            )

    return send


def written(account):
    """Return the kinds of the messages of the account but the welcome, oldest first."""
    box = messages.query_box(account.id)
    found = sorted(box.everything(), key=lambda one: one.provided)
    return [
        messages.kind(one) for one in found if messages.kind(one) is not Kind.SYSTEM
    ]


class TestWhoMay:
    def test_a_clerk_reads_an_application_of_the_office(
        self, office, application, at_work, clock, caplog
    ):
        caplog.set_level(logging.INFO)
        with at_work():
            case = service.read_case(office, application.id, clock().date())
        assert case.application.number == application.number
        assert "event=application-read" in caplog.text
        assert office.UID() in caplog.text
        assert f"application={application.id}" in caplog.text
        assert "amt" not in caplog.text
        assert "Hundesteuer" not in caplog.text

    @pytest.mark.parametrize("clerk", ["ordnung"])
    def test_others_do_not(self, office, application, at_work, clock, clerk):
        with at_work(clerk):
            for call in (
                lambda: service.get_case(office, application.id, clock().date()),
                lambda: service.query_by_number(office, application.number),
                lambda: service.change_many(office, {}, State.SETTLED, clock()),
                lambda: inbox.counts(office),
                lambda: inbox.page(office, OPEN, clock().date()),
            ):
                with pytest.raises(service.NotYours):
                    call()

    def test_an_office_has_none_of_the_others(
        self, other_office, application, at_work, clock
    ):
        with at_work("ordnung"):
            with pytest.raises(service.NoCase):
                service.get_case(other_office, application.id, clock().date())
            assert service.query_by_number(other_office, application.number) is None


class TestInbox:
    def test_what_is_open_is_listed_and_counted(self, office, submit, at_work, clock):
        first, second, third = submit(), submit(), submit()
        applications.move(second, State.SETTLED, applications.Actor.OFFICE, "", clock())
        with at_work():
            page = inbox.page(office, OPEN, clock().date())
            counts = inbox.counts(office)
        assert {one.id for one in page.applications} == {first.id, third.id}
        assert page.behind == ""
        assert counts[State.SUBMITTED] == 2
        assert State.SETTLED not in counts

    def test_pages_follow_each_other(self, office, submit, at_work, clock):
        sent = {submit().id for _number in range(5)}
        with at_work():
            found, behind = [], ""
            while True:
                page = inbox.page(office, OPEN, clock().date(), behind, size=2)
                found += [one.id for one in page.applications]
                behind = page.behind
                if not behind:
                    break
        assert len(found) == 5
        assert set(found) == sent

    def test_a_long_search_goes_on_with_the_next_page(
        self, office, submit, at_work, clock, monkeypatch
    ):
        wanted = submit(service_uid="6" * 32)
        clock.forward(minutes=2)
        for _number in range(3):
            submit()
        monkeypatch.setattr(inbox, "STRETCH", 2)
        chosen = Filter(states=OPEN.states, service="6" * 32)
        with at_work():
            first = inbox.page(office, chosen, clock().date())
            second = inbox.page(office, chosen, clock().date(), first.behind)
        assert first.applications == []
        assert [one.id for one in second.applications] == [wanted.id]
        assert second.behind == ""

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ({"assigned": "amt"}, [0]),
            ({"unassigned": True}, [1]),
            ({"overdue": True}, [1]),
        ],
    )
    def test_filters(self, office, submit, at_work, case, clock, chosen, expected):
        sent = [submit(), submit(decision_days=1)]
        with at_work():
            present = case(sent[0])
            service.assign(office, present, "amt", None, present.version, clock())
            clock.forward(days=3)
            page = inbox.page(
                office, Filter(states=OPEN.states, **chosen), clock().date()
            )
        assert [one.id for one in page.applications] == [
            sent[one].id for one in expected
        ]

    def test_it_is_found_by_its_number(self, office, application, at_work):
        with at_work():
            number = application.number.lower().replace("-", " ")
            assert service.query_by_number(office, number).id == application.id
            assert service.query_by_number(office, "A-0000") is None


class TestWork:
    def test_a_state_is_changed_and_the_citizen_told(
        self, office, application, account, at_work, case, clock
    ):
        with at_work():
            present = case(application)
            service.change(
                office,
                present,
                State.IN_PROGRESS,
                "Wir prüfen.",
                present.version,
                clock(),
            )
        assert applications.state(application) == State.IN_PROGRESS
        assert applications.steps(application)[-1].note == "Wir prüfen."
        assert len(written(account)) == 2

    def test_a_query_needs_a_text(self, office, application, at_work, case, clock):
        with at_work():
            present = case(application)
            assert State.QUERIED not in service.possible_changes(present)
            with pytest.raises(service.ChangeRefused):
                service.change(
                    office, present, State.QUERIED, "", present.version, clock()
                )

    def test_who_comes_second_is_told(self, office, application, at_work, case, clock):
        with at_work():
            first = case(application)
            seen = first.version
            service.assign(office, first, "amt", None, seen, clock())
            for call in (
                lambda: service.assign(
                    office, case(application), "", None, seen, clock()
                ),
                lambda: service.change(
                    office,
                    case(application),
                    State.SETTLED,
                    "",
                    seen,
                    clock(),
                ),
            ):
                with pytest.raises(service.ChangedMeanwhile):
                    call()
        assert application.assigned == "amt"
        assert applications.state(application) == State.SUBMITTED

    def test_assignment_and_day(self, office, application, at_work, case, clock):
        with at_work():
            present = case(application)
            service.assign(
                office, present, "kollegin", date(2026, 12, 1), present.version, clock()
            )
        assert (application.assigned, application.due) == ("kollegin", "2026-12-01")

    def test_notes_are_for_the_staff(self, office, application, at_work, case, clock):
        with at_work():
            service.add_note(office, case(application), " Rief an.\u202e ", "", clock())
            service.add_note(office, case(application), "Montag.", " § 32c\n", clock())
            notes = case(application).notes
        assert [(one.by, one.text, one.withheld) for one in notes] == [
            ("amt", "Rief an.", ""),
            ("amt", "Montag.", "§ 32c"),
        ]

    @pytest.mark.parametrize("text", ["", " \n", "x" * 5001])
    def test_no_note_is_empty_or_endless(
        self, office, application, at_work, case, clock, text
    ):
        with at_work(), pytest.raises(service.NoNote):
            service.add_note(office, case(application), text, "", clock())

    def test_many_at_once(self, office, submit, at_work, case, clock):
        good, changed, decided = submit(), submit(), submit()
        applications.move(
            decided, State.SETTLED, applications.Actor.OFFICE, "", clock()
        )
        with at_work():
            seen = {
                one.id: service.version(one) for one in (good, changed, decided)
            } | {"0" * 32: ""}
            present = case(changed)
            service.assign(office, present, "amt", None, present.version, clock())
            found = service.change_many(office, seen, State.IN_PROGRESS, clock())
        assert [one.id for one in found.done] == [good.id]
        assert [one.id for one in found.changed] == [changed.id]
        assert [one.id for one in found.refused] == [decided.id]
        assert applications.state(good) == State.IN_PROGRESS

    def test_files_are_handed_out(self, office, submit, file, at_work, case):
        application = submit(files=(("proof", file()),))
        with at_work():
            present = case(application)
            attachment = application.files[0].attachment
            assert service.get_file(office, present, attachment.id) is attachment
            assert service.get_paper(office, present).media_type == "application/pdf"
            with pytest.raises(service.NoCase):
                service.get_file(office, present, "x")


class TestLetters:
    def test_a_query_waits_for_the_answer(
        self, application, account, session, send, letter, clock
    ):
        query = send(application, letter())
        assert applications.state(application) == State.QUERIED
        assert query.thread == application.thread
        assert query.reference == application.number
        clock.forward(minutes=1)
        postbox.reply(account, session, query, "Ein Dackel", (), clock())
        assert applications.state(application) == State.ANSWERED

    @pytest.mark.parametrize("keeps_messages", [True, False])
    def test_a_letter_needs_the_level_of_the_application(
        self, submit, account, send, letter, keeps_messages
    ):
        application = submit(level=TrustLevel.SUBSTANTIAL)
        if not keeps_messages:
            application.aq_base.thread = ""
        query = send(application, letter())
        assert query.level == TrustLevel.SUBSTANTIAL.value

    def test_a_decision_says_how_it_is_decided(
        self, application, account, send, letter
    ):
        decision = letter(kind=Kind.DECISION, reply_until=None)
        with pytest.raises(letters.NoOutcome):
            send(application, decision)
        with pytest.raises(letters.NoOutcome):
            send(application, decision, outcome=State.IN_PROGRESS)
        before = len(written(account))
        send(application, decision, outcome=State.APPROVED)
        assert applications.state(application) == State.APPROVED
        assert written(account)[before:] == [Kind.DECISION]

    def test_a_letter_changes_nothing_by_itself(self, application, send, letter):
        send(application, letter(kind=Kind.LETTER, reply_until=None))
        assert applications.state(application) == State.SUBMITTED

    def test_sending_twice_sends_once(self, application, account, send, letter):
        sent = send(application, letter())
        before = len(written(account))
        assert send(application, letter()).id == sent.id
        assert len(written(account)) == before

    def test_who_comes_second_is_told(
        self, application, account, office, at_work, case, send, letter, clock
    ):
        with at_work():
            seen = case(application).version
            service.add_note(office, case(application), "Ich mache das.", "", clock())
        before = len(written(account))
        with pytest.raises(service.ChangedMeanwhile):
            send(application, letter(), seen=seen)
        assert len(written(account)) == before

    def test_without_a_postfach_nothing_is_written(self, submit, send, letter):
        application = submit(account=None, session=None, attributes=())
        with pytest.raises(letters.NoPostbox):
            send(application, letter())

    def test_each_application_has_its_own_citizen(
        self, submit, account, send, letter, clock
    ):
        other = active_account(clock(), email="other@example.org")
        application = submit()
        send(application, letter(kind=Kind.LETTER, reply_until=None))
        assert len(written(account)) == 2
        assert messages.query_box(other.id) is not None
        assert written(other) == []
