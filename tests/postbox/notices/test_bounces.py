"""A mail comes back: second attempt, “unzustellbar”, a new address, and back again."""

from collective.servicekonto.accounts.service import change_address
from collective.servicekonto.portal.content import is_bounce_address
from collective.servicekonto.postbox.desk.status import Status
from collective.servicekonto.postbox.desk.status import status
from collective.servicekonto.postbox.notices import intake
from collective.servicekonto.postbox.notices import service as notices
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.postbox.notices.reports import report
from tests.postbox.notices.reports import vacation
from tests.postbox.seen import happened
from zope.interface import Invalid
import pytest
import re
import transaction


pytestmark = pytest.mark.usefixtures("functional")

PROVIDED = Event.PROVIDED
NOTIFIED = Event.NOTIFIED
AGAIN = Event.NOTIFIED_AGAIN
BOUNCED = Event.BOUNCED


def come_back(taken, clock, **changes):
    """The mail server gives up."""
    done = intake.take_in(report(taken, **changes), clock())
    transaction.commit()
    return done


def test_the_return_address_holds_a_token_and_nothing_else(
    account, send, deliver_mail, post_office
):
    send()
    deliver_mail()
    (taken,) = post_office.taken
    found = re.fullmatch(r"rueck\+([0-9a-f]{32})@musterstadt\.example", taken.sender)
    assert found
    token = found.group(1)
    assert token not in taken.mail.as_string()
    (hashed,) = (hashed for hashed, _token in get_store().tokens.items())
    assert token not in hashed
    assert account.id not in taken.sender


def test_without_such_an_address_mails_return_to_the_sender(
    site, account, send, deliver_mail, post_office
):
    site.buergerportal.bounce_address = None
    send()
    deliver_mail()
    assert post_office.taken[0].sender == "servicekonto@musterstadt.example"
    assert len(get_store().tokens) == 0


def test_from_the_notice_to_unzustellbar_and_to_a_new_address(
    account, send, clock, clean_up, deliver_mail, post_office
):
    message = send()
    deliver_mail()
    assert come_back(post_office.taken[0], clock)
    assert happened(message) == [PROVIDED, NOTIFIED, BOUNCED]
    assert notices.came_back(message)
    assert not notices.is_undeliverable(account)
    assert status(account, message) is Status.RETURNED
    clock.forward(hours=23)
    deliver_mail()
    assert len(post_office.taken) == 1
    clock.forward(hours=1)
    deliver_mail()
    assert len(post_office.taken) == 2
    assert happened(message) == [PROVIDED, NOTIFIED, BOUNCED, AGAIN]
    assert come_back(post_office.taken[1], clock)
    assert happened(message) == [PROVIDED, NOTIFIED, BOUNCED, AGAIN, BOUNCED]
    assert notices.is_undeliverable(account)
    assert status(account, message) is Status.UNDELIVERABLE
    for _day in range(40):
        clock.forward(days=1)
        clean_up()
    post_office.collect()
    assert len(post_office.taken) == 2
    change_address(account, "neu@example.org", clock())
    assert not notices.is_undeliverable(account)
    deliver_mail()
    assert post_office.mails == [ADDRESS, ADDRESS, "neu@example.org"]
    assert happened(message)[-1] is AGAIN
    assert not notices.came_back(message)


def test_what_our_server_refuses_at_once_was_never_notified(
    account, send, clock, deliver_mail, post_office
):
    post_office.answer = "550 Nobody here"
    message = send()
    deliver_mail()
    assert happened(message) == [PROVIDED, BOUNCED]
    clock.forward(days=1)
    deliver_mail()
    assert happened(message) == [PROVIDED, BOUNCED, BOUNCED]
    assert notices.is_undeliverable(account)


def test_a_second_attempt_that_arrives_is_the_end_of_it(
    account, send, clock, clean_up, deliver_mail, post_office, box
):
    post_office.answer = "550 Mailbox full"
    message = send()
    deliver_mail()
    post_office.answer = "250 OK"
    clock.forward(days=1)
    deliver_mail()
    assert happened(message) == [PROVIDED, BOUNCED, AGAIN]
    clock.forward(days=40)
    clean_up()
    assert not notices.is_undeliverable(account)
    assert box.notices == ()
    assert len(get_store().queue("notices")) == 0


def test_a_report_before_we_looked_says_that_the_mail_was_taken(
    account, send, clock, clean_up, post_office
):
    message = send()
    clock.forward(minutes=1)
    clean_up()
    post_office.collect()
    come_back(post_office.taken[0], clock)
    clock.forward(minutes=6)
    clean_up()
    assert happened(message) == [PROVIDED, NOTIFIED, BOUNCED]


def test_who_has_read_the_message_gets_no_second_mail(
    account, send, clock, deliver_mail, post_office
):
    from tests.postbox.notices.test_digest import read_all

    send()
    deliver_mail()
    come_back(post_office.taken[0], clock)
    read_all(account, clock)
    clock.forward(days=1)
    deliver_mail()
    assert len(post_office.taken) == 1


def test_news_within_the_day_wait_for_the_second_attempt(
    account, send, clock, deliver_mail, post_office
):
    first = send()
    deliver_mail()
    come_back(post_office.taken[0], clock)
    clock.forward(hours=3)
    second = send()
    deliver_mail()
    assert len(post_office.taken) == 1
    clock.forward(days=1)
    deliver_mail()
    assert happened(first)[-1] is AGAIN
    assert happened(second) == [PROVIDED, NOTIFIED]
    assert len(post_office.taken) == 2


def test_where_nothing_arrives_news_are_tried_once_a_week(
    account, send, clock, clean_up, deliver_mail, post_office
):
    post_office.answer = "550 Mailbox full"
    send()
    deliver_mail()
    clock.forward(days=1)
    deliver_mail()
    post_office.answer = "250 OK"
    for _day in range(6):
        send()
        clock.forward(hours=23)
        deliver_mail()
    assert post_office.mails == []
    assert notices.is_undeliverable(account)
    clock.forward(days=2)
    deliver_mail()
    assert post_office.mails == [ADDRESS]
    assert notices.is_undeliverable(account)
    clock.forward(days=7, minutes=5)
    clean_up()
    assert not notices.is_undeliverable(account)


def test_the_bounce_of_an_earlier_mail_says_nothing_of_a_later_one(
    account, send, clock, deliver_mail, post_office
):
    first = send()
    deliver_mail()
    clock.forward(hours=2)
    second = send()
    deliver_mail()
    come_back(post_office.taken[0], clock)
    assert happened(first)[-1] is BOUNCED
    assert happened(second)[-1] is NOTIFIED


def test_a_report_that_arrives_twice_counts_once(
    account, send, clock, deliver_mail, post_office
):
    message = send()
    deliver_mail()
    assert come_back(post_office.taken[0], clock)
    assert not come_back(post_office.taken[0], clock)
    assert happened(message).count(BOUNCED) == 1


def test_a_late_report_about_the_former_address_counts_for_nothing(
    account, send, clock, deliver_mail, post_office
):
    message = send()
    deliver_mail()
    change_address(account, "neu@example.org", clock())
    assert not come_back(post_office.taken[0], clock)
    assert happened(message)[-1] is NOTIFIED


def test_after_a_week_the_token_says_nothing_any_more(
    account, send, clock, deliver_mail, post_office
):
    send()
    deliver_mail()
    clock.forward(days=7)
    assert not come_back(post_office.taken[0], clock)


def test_a_token_of_somebody_else_touches_nobody(
    account, send, clock, deliver_mail, post_office
):
    message = send()
    stranger = active_account(clock(), "fremd@example.org")
    deliver_mail()
    taken = post_office.taken[0]
    guessed = type(taken)("rueck+" + "0" * 32 + "@musterstadt.example", "", taken.mail)
    assert not come_back(guessed, clock)
    assert happened(message)[-1] is NOTIFIED
    assert not notices.is_undeliverable(stranger)


def test_a_holiday_is_no_bounce(account, send, clock, deliver_mail, post_office):
    message = send()
    deliver_mail()
    assert not intake.take_in(vacation(post_office.taken[0]), clock())
    assert happened(message)[-1] is NOTIFIED


@pytest.mark.parametrize(
    ("action", "status", "counts"),
    [
        ("failed", "5.1.1", True),
        ("Failed", "5.2.2", True),
        ("failed", "4.4.7", True),  # given up after days
        ("delayed", "4.4.1", False),
        ("delivered", "2.0.0", False),
        ("relayed", "2.0.0", False),
        ("failed", "2.0.0", False),
    ],
)
def test_only_what_was_given_up_counts(
    account, send, clock, deliver_mail, post_office, action, status, counts
):
    send()
    deliver_mail()
    taken = post_office.taken[0]
    assert come_back(taken, clock, action=action, status=status) is counts


def test_some_servers_write_addresses_in_capitals(
    account, send, clock, deliver_mail, post_office
):
    send()
    deliver_mail()
    taken = post_office.taken[0]
    assert come_back(type(taken)(taken.sender.upper(), "", taken.mail), clock)


@pytest.mark.parametrize("address", ["rueck@stadt.example", "a.b-c@stadt.example"])
def test_an_address_with_room_for_a_token_is_accepted(address):
    assert is_bounce_address(address)


@pytest.mark.parametrize("address", ["rueck", "x" * 32 + "@stadt.example", "a b@c.de"])
def test_any_other_address_is_not(address):
    with pytest.raises(Invalid):
        is_bounce_address(address)
