"""What the staff of an office do with messages."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.status import Status
from collective.servicekonto.postbox.desk.status import status
from collective.servicekonto.postbox.desk.status import steps
from collective.servicekonto.postbox.orders import KeyReused
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.rules import Turn
from datetime import date
from datetime import timedelta
from tests.factories import active_account
from tests.postbox.desk.conftest import KEY
from tests.postbox.seen import happened
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")


@pytest.fixture
def reply(account, session, clock):
    """Let Erika answer."""
    return lambda message, text="Gern.": postbox.reply(
        account, session, message, text, (), clock()
    )


@pytest.fixture
def titles(office, at_work, clock):
    """Return the subjects of a list of the office."""

    def titles(*, is_open):
        with at_work():
            page = service.threads(office, is_open, clock().date())
        return [one.first.title for one in page.threads]

    return titles


def test_a_message_is_delivered_with_the_signature(write, account):
    message = write()
    assert message.body.endswith("<p>B. Amt</p>")
    assert message.sender == "Bürgerbüro"
    assert messages.query_message(account.id, message.id).title == "Ihr Antrag"
    assert status(account, message) is Status.PROVIDED


def test_a_message_is_sent_later(write, account, clock):
    message = write(later=clock() + timedelta(days=1))
    assert status(account, message) is Status.WAITING
    assert steps(message) == []
    delivering.provide(account, message, clock())
    assert status(account, message) is Status.PROVIDED


def test_a_message_is_kept_as_long_as_the_office_wants(write, clock):
    message = write(keep=timedelta(days=90))
    assert message.keep_until == int((clock() + timedelta(days=90)).timestamp())


def test_a_decision_says_by_which_law_it_counts_as_delivered(write, site):
    site.buergerportal.delivery_basis, site.buergerportal.land = "ozg-9", "NW"
    assert write(kind=Kind.DECISION).legal_basis == "ozg-9:NW"
    assert write().legal_basis == ""


def test_a_message_with_malicious_software_is_shown_as_not_sent(write, account, clock):
    message = write(later=clock() + timedelta(days=1))
    messages.refuse(account, message, "virus.pdf", clock())
    assert status(account, message) is Status.REFUSED


def test_sending_twice_sends_once(office, account, letter, at_work, clock):
    with at_work():
        first = service.write(office, account, letter(), clock(), KEY)
        again = service.write(office, account, letter(), clock(), KEY)
        with pytest.raises(KeyReused):
            service.write(office, account, letter(subject="Anders"), clock(), KEY)
    assert first.id == again.id
    box = messages.query_box(account.id)
    assert len([one for one in box.everything() if one.office]) == 1


def test_nothing_is_sent_to_an_account_that_is_gone(
    office, account, letter, at_work, clock
):
    accounts.remove_account(account)
    with at_work(), pytest.raises(accounts.NotActive):
        service.write(office, account, letter(), clock(), KEY)


def test_threads_to_be_answered_are_apart(write, reply, titles):
    first, _second = write(subject="Eins"), write(subject="Zwei")
    assert titles(is_open=True) == []
    assert sorted(titles(is_open=False)) == ["Eins", "Zwei"]
    reply(first)
    assert titles(is_open=True) == ["Eins"]
    assert titles(is_open=False) == ["Zwei"]


def test_lists_have_pages(write, office, at_work, clock):
    for number in range(service.PAGE_SIZE + 1):
        clock.forward(minutes=1)
        write(subject=f"Nummer {number}")
    with at_work():
        first = service.threads(office, False, clock().date())
        second = service.threads(office, False, clock().date(), first.behind)
    assert [len(first.threads), len(second.threads)] == [service.PAGE_SIZE, 1]
    assert first.threads[0].first.title == f"Nummer {service.PAGE_SIZE}"
    assert second.threads[0].first.title == "Nummer 0"
    assert second.behind == ""


def test_an_office_answers_in_the_thread(
    write, reply, get_thread, office, letter, at_work, clock
):
    message = write()
    answer = reply(message)
    thread = get_thread(message)
    assert thread.turn is Turn.OFFICE
    assert [one.id for one in thread.messages] == [message.id, answer.id]
    thanks = letter(kind=Kind.CONFIRMATION, reply_until=None, text="Danke.")
    with at_work():
        service.answer(office, thread, thanks, thread.last_id, clock(), KEY)
    assert get_thread(message).turn is Turn.NOBODY
    assert [one.kind for one in get_thread(message).messages] == [
        "query",
        "reply",
        "confirmation",
    ]


def test_who_did_not_see_the_last_message_is_told(
    write, reply, get_thread, office, letter, at_work, clock
):
    message = write()
    seen = get_thread(message).last_id
    reply(message)
    with at_work(), pytest.raises(service.ChangedMeanwhile):
        service.answer(office, get_thread(message), letter(), seen, clock(), KEY)
    assert len(get_thread(message).messages) == 2


def test_answering_twice_answers_once(
    write, get_thread, office, letter, at_work, clock
):
    message = write()
    seen = get_thread(message).last_id
    with at_work():
        first = service.answer(
            office, get_thread(message), letter(), seen, clock(), KEY
        )
        again = service.answer(
            office, get_thread(message), letter(), seen, clock(), KEY
        )
    assert first.id == again.id
    assert len(get_thread(message).messages) == 2


def test_a_thread_is_settled_and_reopened(
    write, reply, get_thread, office, at_work, titles, clock
):
    message = write()
    reply(message)
    with at_work():
        service.settle(office, get_thread(message), clock())
        assert service.count_open(office) == 0
    assert titles(is_open=False) == ["Ihr Antrag"]
    with at_work():
        service.reopen(office, get_thread(message), clock())
        assert service.count_open(office) == 1


def test_an_unread_message_is_recalled(
    write, get_thread, office, at_work, clock, account
):
    message = write()
    with at_work():
        service.recall(office, get_thread(message), message.id, clock())
    (kept,) = get_thread(message).messages
    assert (kept.title, kept.body) == ("", "")
    assert messages.state(kept) is State.GONE
    assert status(account, kept) is Status.RECALLED
    assert get_thread(message).turn is Turn.NOBODY


def test_reading_and_recalling_are_in_the_audit_log(
    write, get_thread, office, account, at_work, clock, caplog
):
    caplog.set_level(logging.INFO)
    message = write()
    with at_work():
        name = service.thread_name(account, message)
        thread = service.read_thread(office, name, clock().date())
        service.recall(office, thread, message.id, clock())
    said = [one for one in caplog.messages if f"office={office.UID()}" in one]
    events = [one.split()[0] for one in said]
    assert events[-2:] == ["event=thread-read", "event=message-recalled"]
    assert all(f"account={account.id}" in one for one in said)


def test_a_waiting_message_is_recalled(
    write, get_thread, office, at_work, clock, account
):
    message = write(later=clock() + timedelta(days=1))
    with at_work():
        service.recall(office, get_thread(message), message.id, clock())
    assert status(account, get_thread(message).messages[0]) is Status.RECALLED


def test_a_message_that_was_read_is_not_recalled(
    write, get_thread, office, account, at_work, clock
):
    message = write()
    postbox.note_read(account, message, clock())
    assert not messages.can_be_recalled(message)
    with at_work(), pytest.raises(MoveRefused):
        service.recall(office, get_thread(message), message.id, clock())
    assert get_thread(message).messages[0].title == "Ihr Antrag"


def test_the_citizens_answer_is_not_recalled(
    write, reply, get_thread, office, at_work, clock
):
    message = write()
    answer = reply(message)
    with at_work(), pytest.raises(MoveRefused):
        service.recall(office, get_thread(message), answer.id, clock())


def test_the_status_follows_the_receipt(write, account, clock):
    message = write()
    stored = message.aq_base
    for event, reached in (
        (Event.NOTIFIED, Status.NOTIFIED),
        (Event.BOUNCED, Status.RETURNED),
        (Event.NOTIFIED_AGAIN, Status.NOTIFIED),
        (Event.RETRIEVED, Status.RETRIEVED),
        (Event.BOUNCED, Status.RETRIEVED),
        (Event.ANSWERED, Status.RETRIEVED),
        (Event.DELETED, Status.DELETED),
    ):
        clock.forward(minutes=1)
        messages.proof.note(stored, event, clock())
        assert status(account, message) is reached
    assert [step.event for step in steps(message)] == happened(message)


def test_the_absence_of_the_citizen_is_shown_until_it_is_over(
    write, get_thread, account, clock
):
    message = write()
    today = clock().date()
    box = messages.get_box(account.id)
    box.absence = (today.isoformat(), (today + timedelta(days=1)).isoformat())
    assert get_thread(message).absence == (today, today + timedelta(days=1))
    clock.forward(days=2)
    assert get_thread(message).absence is None


def test_of_a_deleted_account_the_office_keeps_what_it_needs(
    write, get_thread, office, account, at_work
):
    message = write(kind=Kind.DECISION, reply_until=None)
    accounts.remove_account(account)
    with pytest.raises(service.NoThread):
        get_thread(message)
    with at_work():
        (ended,) = service.ended(office).threads
    assert ended.reference == "HU-2026-17"
    assert ended.has_unread_decision


def test_another_office_has_none_of_it(
    write, office, other_office, account, at_work, clock
):
    message = write()
    name = service.thread_name(account, message)
    with at_work("ordnung"):
        with pytest.raises(service.NoThread):
            service.get_thread(other_office, name, clock().date())
        assert service.threads(other_office, False, clock().date()).threads == []
        for call in (
            lambda: service.get_thread(office, name, clock().date()),
            lambda: service.threads(office, True, clock().date()),
            lambda: service.count_open(office),
            lambda: service.ended(office),
        ):
            with pytest.raises(service.NotYours):
                call()


def test_nothing_is_done_for_who_does_not_work_there(
    write, get_thread, office, account, letter, at_work, clock
):
    message = write()
    thread = get_thread(message)
    with at_work("ordnung"):
        for call in (
            lambda: service.write(office, account, letter(), clock(), KEY),
            lambda: service.answer(office, thread, letter(), "", clock(), KEY),
            lambda: service.recall(office, thread, message.id, clock()),
            lambda: service.settle(office, thread, clock()),
            lambda: service.reopen(office, thread, clock()),
            lambda: service.get_message(office, thread, message.id),
            lambda: service.get_attachment(office, thread, message.id, 0),
        ):
            with pytest.raises(service.NotYours):
                call()


def test_a_message_of_another_thread_is_not_found(write, get_thread, office, at_work):
    first, second = write(), write()
    with at_work(), pytest.raises(service.NoThread):
        service.get_message(office, get_thread(first), second.id)


def test_the_thread_of_another_citizen_is_another_one(
    write, office, letter, at_work, clock
):
    other = active_account(clock(), "max@example.org")
    message = write()
    name = service.thread_name(other, message)
    with at_work(), pytest.raises(service.NoThread):
        service.get_thread(office, name, date(2026, 1, 1))
