"""What programs of an office ask for: changes of their messages, and answers."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import ending
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.receipts import chain
from datetime import timedelta
import pytest


pytestmark = pytest.mark.usefixtures("functional")


@pytest.fixture
def order(send, account, clock):
    """Let a program send a message."""

    def order(**changes):
        message = send(**changes)
        feed.watch(account, message, clock())
        return message

    return order


@pytest.fixture
def ask(office, clock):
    """Ask as a program does: page after page, until there is nothing more."""

    def ask(of=feed.changed, since="", number=2):
        found, more = [], True
        while more:
            page = of(office.UID(), since, number, clock())
            found += page.ids
            since, more = page.cursor, page.more
        return found, since

    return ask


def test_a_program_learns_what_changed_since_it_asked(order, account, ask, clock):
    first, second = order(), order()
    found, cursor = ask(number=10)
    assert set(found) == {first.id, second.id}
    clock.forward(minutes=10)
    found, cursor = ask(since=cursor)
    assert set(found) == {first.id, second.id}
    assert ask(since=cursor)[0] == []
    service.note_read(account, second, clock())
    assert ask(since=cursor)[0] == [second.id]


def test_every_page_goes_on_where_the_last_one_ended(order, ask, clock):
    sent = []
    for _number in range(7):
        sent.append(order().id)
        clock.forward(minutes=1)
    clock.forward(minutes=10)
    found, cursor = ask()
    assert found == sent
    assert ask(since=cursor)[0] == []


def test_what_is_committed_late_is_not_missed(order, ask, clock, account, office):
    order()
    clock.forward(minutes=10)
    late = clock()
    clock.forward(minutes=4)
    order()
    _found, cursor = ask(number=10)
    message = order()
    place = feed.Place("x", int(late.timestamp()) // 60)
    thread_lists.office_box(office.UID()).feed.sent.put(message.id, place)
    assert message.id in ask(since=cursor)[0]


def test_only_messages_that_a_program_sent_are_noted(send, ask, office):
    message = send()
    assert ask()[0] == []
    assert feed.query_sent(office.UID(), message.id) is None


def test_answers_come_in_their_order(account, session, order, send, ask, clock):
    answers = []
    for message in (order(), send()):
        clock.forward(minutes=1)
        answers.append(service.reply(account, session, message, "J", (), clock()).id)
    assert ask(feed.answered)[0] == answers


def test_of_a_deleted_account_the_proof_is_found(order, account, office, ask, clock):
    message = order()
    clock.forward(minutes=10)
    _found, cursor = ask()
    remove_account(account)
    assert ask(since=cursor)[0] == [message.id]
    sent = feed.query_sent(office.UID(), message.id)
    assert sent.account_id == ""
    kept = ending.query_ended(office.UID(), sent.ended, message.id)
    assert chain.message_id(kept.receipt) == message.id


def test_answers_go_with_the_account(account, session, send, ask, clock):
    service.reply(account, session, send(), "Ja", (), clock())
    remove_account(account)
    assert ask(feed.answered)[0] == []


def test_nothing_is_noted_longer_than_it_is_kept(
    order, account, session, office, ask, clock
):
    message = order(keep=timedelta(days=100))
    service.reply(account, session, message, "Ja", (), clock())
    clock.forward(days=1100)
    cleanup.run(batch=10, window=60)
    assert messages.query_message(account.id, message.id) is None
    assert ask()[0] == ask(feed.answered)[0] == []


def test_the_proof_of_a_deleted_account_is_noted_as_long_as_it_is_kept(
    order, account, ask, clock
):
    order()
    remove_account(account)
    clock.forward(days=1100)
    cleanup.run(batch=10, window=60)
    assert ask()[0] == []
