"""A program is told what happened: nothing is lost, nothing is told that did not happen."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.webhooks import outbox
from collective.servicekonto.postbox.webhooks import sending
from collective.servicekonto.postbox.webhooks import service
from collective.servicekonto.postbox.webhooks.signing import DIRECTORY
from tests.postbox.webhooks.receiver import Receiver
from zope.component import getUtility
import json
import pytest
import transaction


def test_the_way_of_a_message(receiver, order, account, session, clock, cron, office):
    message = order()
    clock.forward(seconds=1)
    proof.note(message, Event.NOTIFIED, clock())
    clock.forward(seconds=1)
    postbox.note_read(account, message, clock())
    clock.forward(seconds=1)
    answer = postbox.reply(account, session, message, "Anbei", (), clock())
    clock.forward(seconds=1)
    postbox.act(account, message, Action.BIN, postbox.TrustLevel.LOW, clock())
    postbox.act(account, message, Action.DESTROY, postbox.TrustLevel.LOW, clock())
    assert cron()["done"] == 5
    assert receiver.events == [
        "message.provided",
        "message.notified",
        "message.retrieved",
        "message.answered",
        "message.deleted",
    ]
    (answered,) = (
        one["data"]
        for one in receiver.told.values()
        if one["type"] == "message.answered"
    )
    assert answered == {
        "office": office.UID(),
        "message": message.id,
        "answer": answer.id,
    }


def test_what_is_told_holds_ids_and_a_time_only(receiver, order, cron, office):
    message = order(title="Geheim", sender="Sozialamt", reference="Az. 17")
    cron()
    (told,) = receiver.told.values()
    assert told == {
        "type": "message.provided",
        "timestamp": "2026-11-23T08:00:00+00:00",
        "data": {"office": office.UID(), "message": message.id},
    }


def test_a_mail_that_comes_back_and_a_recall(receiver, order, account, clock, cron):
    message = order()
    clock.forward(seconds=1)
    proof.note(message, Event.BOUNCED, clock())
    clock.forward(seconds=1)
    messages.recall(account, message, clock())
    cron()
    assert receiver.events[1:] == ["message.returned", "message.recalled"]


def test_the_end_of_an_account(receiver, order, account, clock, cron):
    message = order()
    clock.forward(seconds=1)
    remove_account(account)
    cron()
    assert receiver.events == ["message.provided", "message.deleted"]
    assert {one["data"]["message"] for one in receiver.told.values()} == {message.id}


def test_what_did_not_happen_is_not_told(receiver, order, cron, office):
    transaction.commit()
    order()
    transaction.abort()
    cron()
    assert receiver.calls == []


def test_messages_that_no_program_sent_are_not_told(receiver, send, cron):
    send()
    assert cron()["due"] == 0


def test_an_office_without_a_webhook_has_no_outbox(receiver, order, cron, office):
    office.webhook = None
    order()
    assert thread_lists.office_box(office.UID()).outbox is None
    assert cron()["due"] == 0


def test_a_webhook_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(
    receiver, order, account, clock, cron, office
):
    receiver.stop()
    sent = [order() for _number in range(5)]
    for _hour in range(24):
        cron()
        clock.forward(hours=1)
    sent.append(order())
    assert service.overview(office.UID()).waiting == 6
    receiver.start()
    for _hour in range(24):
        cron()
        clock.forward(hours=1)
    told = [one["data"]["message"] for one in receiver.told.values()]
    assert sorted(told) == sorted(one.id for one in sent)
    assert len(receiver.calls) == 6
    assert service.overview(office.UID()) == service.Overview(0, [])


def test_a_program_that_does_not_answer_is_tried_once_in_a_run(receiver, order, cron):
    receiver.stop()
    for _number in range(5):
        order()
    outcome = cron()
    assert (outcome["due"], outcome["done"], outcome["remaining"]) == (5, 1, 4)


def test_a_slow_program_does_not_hold_up_the_cleanup(
    receiver, order, cron, monkeypatch, office
):
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    receiver.seconds = 2
    for _number in range(3):
        order()
    outcome = cron()
    assert outcome["seconds"] < 2
    assert len(receiver.calls) == 1
    assert service.overview(office.UID()).waiting == 3


def test_whoever_answered_too_late_knows_it_by_the_id(
    receiver, order, cron, clock, monkeypatch
):
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    receiver.seconds = 1
    order()
    cron()
    receiver.seconds = 0
    clock.forward(minutes=10)
    cron()
    assert len(receiver.calls) == 2
    assert len(receiver.told) == 1


@pytest.mark.parametrize("status", [500, 400, 404, 410])
def test_an_error_is_tried_again_and_holds_up_nothing_else(
    receiver, order, cron, clock, status
):
    receiver.status = status
    for _number in range(3):
        order()
    cron()
    assert len(receiver.calls) == 3
    receiver.status = 200
    cron()
    assert len(receiver.calls) == 3
    clock.forward(minutes=10)
    cron()
    assert len(receiver.told) == 3


@pytest.mark.parametrize("status", [429, 503])
def test_a_program_that_says_later_is_asked_later(receiver, order, cron, status):
    receiver.status = status
    for _number in range(3):
        order()
    cron()
    assert len(receiver.calls) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver, order, cron, office, status):
    other = Receiver()
    other.start()
    receiver.status, receiver.headers = status, {"Location": other.url}
    order()
    cron()
    other.stop()
    assert (len(receiver.calls), other.calls) == (1, [])
    assert service.overview(office.UID()).waiting == 1


def test_after_three_days_staff_see_what_could_not_be_told(
    receiver, order, cron, clock, office
):
    receiver.stop()
    first, second = order(), order()
    for _hour in range(80):
        cron()
        clock.forward(hours=1)
    overview = service.overview(office.UID())
    assert overview.waiting == 0
    assert {one.message for one in overview.failed} == {first.id, second.id}
    assert {one.event for one in overview.failed} == {"provided"}
    (note,) = getUtility(ICleanupProvider, name="webhooks").notes()
    assert note.mapping["number"] == 2
    receiver.start()
    cron()
    assert receiver.calls == []
    clock.forward(days=31)
    cron()
    assert service.overview(office.UID()).failed == []


def test_without_a_secret_nothing_is_sent(receiver, order, cron, monkeypatch, office):
    monkeypatch.setenv(DIRECTORY, "")
    order()
    cron()
    assert receiver.calls == []
    assert service.overview(office.UID()).waiting == 1


def test_an_office_that_is_gone_has_nothing_to_tell(receiver, order, cron, office):
    order()
    uid = office.UID()
    office.webhook = ""
    assert cron()["done"] == 1
    assert outbox.count_waiting(uid) == 0


def test_nothing_personal_is_in_the_log(receiver, order, cron, caplog, account):
    receiver.stop()
    message = order()
    cron()
    assert "webhook" in caplog.text
    for word in (account.id, message.id, receiver.url, "erika"):
        assert word not in caplog.text


def test_the_outbox_holds_nothing_personal(receiver, order, account, office):
    order()
    kept = thread_lists.office_box(office.UID()).outbox.waiting
    assert account.id not in json.dumps([*kept.items()])
