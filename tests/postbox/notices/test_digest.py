"""Citizens are told of news: seldom, with no word of what it is, and honestly."""

from collective.servicekonto.accounts.service import change_address
from collective.servicekonto.accounts.service import lock
from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.accounts.service import unlock
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.notices import service as notices
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.postbox.seen import happened
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def read_all(account, clock):
    """The citizen reads everything."""
    found = service.listing(account, TrustLevel.LOW, Folder.INBOX, service.Search())
    for message in found.messages:
        service.note_read(account, message, clock())
    transaction.commit()


def text_of(mail):
    """Return the plain text of a mail."""
    return mail.get_body(("plain",)).get_content()


def test_the_mail_says_nothing_but_that_there_is_news(
    account, send, clock, clean_up, mailbox
):
    read_all(account, clock)
    send(title="Ihr Wohngeld", sender="Amt für Soziales", reference="HU-17")
    clock.forward(minutes=1)
    assert clean_up()["done"] == 1
    (mail,) = mailbox.mails()
    assert mail["To"] == ADDRESS
    everything = mail.as_string() + text_of(mail)
    for trace in ("Wohngeld", "Soziales", "HU-17", "Mustermann", "<img", "http-equiv"):
        assert trace not in everything
    assert "in Ihrem Postfach liegt eine neue Nachricht." in text_of(mail)
    assert mailbox.last_link() == "http://nohost/plone/buergerportal/postfach"
    assert everything.count("?") == everything.count("=?") + everything.count("?=") + (
        everything.count("?utf-8?q?")
    )


def test_the_mail_is_written_in_the_language_of_the_account(
    account, send, clock, clean_up, mailbox
):
    account.language = "en"
    send()
    clock.forward(minutes=1)
    clean_up()
    (mail,) = mailbox.mails()
    assert mail["Content-Language"] == "en"
    assert "there are new messages in your Postfach" in text_of(mail)


def test_nobody_waits_longer_than_a_minute_for_cron(
    account, send, clock, clean_up, mailbox
):
    clock.forward(seconds=1)
    send()
    clock.forward(seconds=60)
    clean_up()
    assert len(mailbox.mails()) == 1


def receipt_files(site):
    """Return the receipts of mails that are kept."""
    return set((queue_directory(site) / "receipts").glob("*"))


def test_the_receipt_says_notified_once_the_mail_server_took_the_mail(
    site, account, send, clock, clean_up, post_office
):
    kept = receipt_files(site)
    message = send()
    clock.forward(minutes=1)
    clean_up()
    clock.forward(minutes=30)
    clean_up()
    assert happened(message) == [Event.PROVIDED]
    post_office.collect()
    clock.forward(minutes=6)
    clean_up()
    assert happened(message) == [Event.PROVIDED, Event.NOTIFIED]
    clean_up()
    assert happened(message).count(Event.NOTIFIED) == 1
    assert notices.was_told(message)
    assert receipt_files(site) == kept


def test_one_mail_an_hour_tells_of_all_that_arrived(
    account, send, clock, deliver_mail, post_office, clean_up
):
    first = send()
    deliver_mail()
    later = [send() for _number in range(3)]
    deliver_mail()
    assert post_office.mails == [ADDRESS]
    clock.forward(hours=1)
    deliver_mail()
    assert post_office.mails == [ADDRESS, ADDRESS]
    for message in (first, *later):
        assert happened(message) == [Event.PROVIDED, Event.NOTIFIED]


def test_who_has_read_it_meanwhile_gets_no_mail(
    account, send, clock, clean_up, mailbox
):
    send()
    read_all(account, clock)
    clock.forward(minutes=1)
    clean_up()
    assert mailbox.mails() == []
    assert len(delivering.notice_queue()) == 0


def test_the_welcome_causes_no_mail(account, clock, clean_up, mailbox):
    clock.forward(hours=1)
    assert clean_up()["due"] == 0
    assert mailbox.mails() == []


def test_a_message_that_waited_is_told_of_when_it_is_provided(
    account, office, clock, clean_up, mailbox
):
    new = service.NewMessage(Kind.LETTER, "Morgen", "", "Amt", office.UID())
    service.deliver(account, new, clock(), clock() + timedelta(days=1))
    clock.forward(hours=2)
    clean_up()
    assert mailbox.mails() == []
    clock.forward(days=1)
    clean_up()
    clock.forward(minutes=1)
    clean_up()
    assert len(mailbox.mails()) == 1


def test_a_message_that_was_held_for_days_is_told_of_although_it_looks_old(
    account, office, send, clock, clean_up, deliver_mail, post_office
):
    new = service.NewMessage(Kind.LETTER, "Morgen", "", "Amt", office.UID())
    held = service.deliver(account, new, clock(), clock() + timedelta(days=1))
    clock.forward(days=3)
    send()
    clock.forward(minutes=1)
    # The notice of the other message leaves before this one is provided.
    clean_up()
    post_office.collect()
    assert happened(held) == [Event.PROVIDED]
    clock.forward(hours=2)
    deliver_mail()
    clock.forward(hours=2)
    deliver_mail()
    assert happened(held) == [Event.PROVIDED, Event.NOTIFIED]


def test_what_was_told_of_long_ago_is_not_looked_at_again(
    account, send, box, clock, clean_up, deliver_mail, monkeypatch
):
    for _number in range(30):
        send()
    clock.forward(hours=2)
    deliver_mail()
    clock.forward(days=1)
    newest = send()
    looked_at = []
    is_unread = messages.is_unread
    monkeypatch.setattr(
        messages, "is_unread", lambda one: looked_at.append(one.id) or is_unread(one)
    )
    assert notices.news(box) == (newest.id,)
    assert looked_at == [newest.id]


def test_a_week_without_cron_ends_with_one_mail(
    account, send, clock, deliver_mail, post_office, clean_up
):
    sent = []
    for _day in range(7):
        sent.append(send())
        transaction.commit()
        clock.forward(days=1)
    deliver_mail()
    for _run in range(5):
        clock.forward(hours=2)
        clean_up()
        post_office.collect()
    assert post_office.mails == [ADDRESS]
    assert all(happened(one) == [Event.PROVIDED, Event.NOTIFIED] for one in sent)


def test_a_week_without_mail_server_ends_with_one_mail(
    account, send, clock, clean_up, post_office
):
    message = send()
    for _half_day in range(14):
        clock.forward(hours=12)
        send()
        clean_up()
        clean_up("mails")
    post_office.collect()
    assert post_office.mails == [ADDRESS]
    clock.forward(minutes=6)
    clean_up()
    assert happened(message) == [Event.PROVIDED, Event.NOTIFIED]


def test_a_server_that_says_later_is_asked_again(
    account, send, clock, clean_up, post_office, monkeypatch
):
    post_office.answer = "451 Greylisted"
    message = send()
    clock.forward(minutes=1)
    clean_up()
    post_office.collect()
    clock.forward(minutes=6)
    clean_up()
    assert happened(message) == [Event.PROVIDED]
    post_office.answer = "250 OK"
    post_office.collect()
    clock.forward(minutes=6)
    clean_up()
    assert happened(message) == [Event.PROVIDED, Event.NOTIFIED]
    assert post_office.mails == [ADDRESS]


def test_a_mail_that_was_lost_is_replaced_after_a_day(
    account, send, clock, clean_up, mailbox, post_office
):
    send()
    clock.forward(minutes=1)
    clean_up()
    mailbox.clear()
    clock.forward(hours=23)
    clean_up()
    assert mailbox.mails() == []
    clock.forward(hours=2)
    clean_up()
    post_office.collect()
    assert post_office.mails == [ADDRESS]


def test_a_run_that_is_tried_again_mails_once(
    account, send, clock, clean_up, mailbox, monkeypatch
):
    from ZODB.POSException import ConflictError

    send()
    clock.forward(minutes=1)
    renew, tried = cleanup._renew_lease, []

    def fail_twice(lease):
        tried.append(lease)
        if len(mailbox.mails()) == 0 and len(tried) % 3:
            raise ConflictError
        renew(lease)

    monkeypatch.setattr(cleanup, "_renew_lease", fail_twice)
    clean_up()
    assert len(tried) > 2
    assert len(mailbox.mails()) == 1


def test_of_200_boxes_a_run_tells_50_and_the_next_ones_the_rest(
    account, office, clock, clean_up, mailbox
):
    settings().notice_mail_cap = 50
    new = service.NewMessage(Kind.LETTER, "Neues", "", "Amt", office.UID())
    for number in range(200):
        one = active_account(clock(), f"nr{number}@example.org")
        service.deliver(one, new, clock())
    transaction.commit()
    clock.forward(minutes=1)
    plan = cleanup.plans(clock())["notices"]
    assert plan == {"delete": 0, "warn": 50, "left": 150}
    assert [clean_up()["remaining"] for _run in range(4)] == [150, 100, 50, 0]
    addresses = [mail["To"] for mail in mailbox.mails()]
    assert len(addresses) == len(set(addresses)) == 200


def test_a_locked_account_is_told_when_it_is_unlocked(
    account, send, clock, clean_up, mailbox
):
    send()
    lock(account, clock() + timedelta(days=7))
    clock.forward(minutes=1)
    clean_up()
    assert mailbox.mails() == []
    unlock(account)
    clock.forward(days=1, minutes=1)
    clean_up()
    assert len(mailbox.mails()) == 1


def test_nothing_is_left_of_the_notices_of_a_deleted_account(
    account, send, clock, clean_up, mailbox, post_office
):
    send()
    clock.forward(minutes=1)
    clean_up()
    (mail,) = mailbox.mails()
    assert len(get_store().tokens) == 1
    remove_account(account)
    transaction.commit()
    assert len(get_store().tokens) == 0
    assert len(get_store().queue("tokens")) == 0
    assert mail["Expires"]
    clock.forward(days=1, minutes=1)
    clean_up("mails")
    assert mailbox.mails() == []
    assert len(delivering.notice_queue()) == 0


def test_a_deleted_account_is_never_looked_at_again(
    account, send, clock, clean_up, deliver_mail, post_office
):
    """Whatever happened before, its place in the queue is known."""

    def come_back():
        (mail, *_others) = notices.known(messages.query_box(account.id))
        assert notices.take_back(account, mail.token, clock())

    steps = [
        send,
        deliver_mail,
        send,
        lambda: clock.forward(minutes=30),
        send,
        come_back,
        lambda: change_address(account, "neu@example.org", clock()),
        send,
        lambda: lock(account, clock() + timedelta(days=7)),
        lambda: clock.forward(hours=2),
        clean_up,
    ]

    for number, step in enumerate(steps):
        step()
        savepoint = transaction.savepoint()
        remove_account(account)
        left = [one.item for one in delivering.notice_queue().upto(FAR)]
        assert account.id not in left, number
        savepoint.rollback()


def test_the_export_says_when_mails_were_sent(account, send, deliver_mail):
    from collective.servicekonto.postbox.personal import PostboxData

    message = send()
    deliver_mail()
    exported = PostboxData().data(account)["notices"]
    (mail,) = exported["mails"]
    assert message.id in mail["messages"]
    assert mail["taken"] > mail["queued"] > 0
    assert mail["returned"] == exported["undeliverable"] == 0
