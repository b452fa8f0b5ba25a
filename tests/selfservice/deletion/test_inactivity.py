"""Accounts that nobody uses: one warning, really sent, and deletion two months later."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.deletion import service
from collective.servicekonto.selfservice.deletion.service import Wish
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.post_office import post_office as run_post_office
import pytest
import transaction


# Erika registered on 23 November 2026 and has not come back since.
ANNOUNCED = datetime(2028, 9, 24, 0, 5, tzinfo=UTC)
DELETED = datetime(2028, 11, 24, 0, 5, tzinfo=UTC)


@pytest.fixture
def post_office(site, mailbox):
    """The mail server, with ``collect`` that empties our queue as the thread does."""
    with run_post_office(site) as office:
        yield office


def warned_account(clock, clean_up):
    """Let the time pass until the warning."""
    clock.moment = ANNOUNCED
    assert clean_up("inactivity")["done"] == 1


def exists(account):
    """Tell whether the account was not deleted."""
    return accounts.query_account(account.id) is not None


def test_nothing_is_written_before_its_time(account, clock, clean_up, mailbox):
    clock.moment = ANNOUNCED - timedelta(days=1)
    assert clean_up("inactivity")["due"] == 0
    assert mailbox.mails() == []


def test_the_citizen_is_told_two_months_before(account, clock, clean_up, mailbox):
    warned_account(clock, clean_up)
    (mail,) = mailbox.mails()
    assert mail["To"] == ADDRESS
    text = mail.get_body(("plain",)).get_content()
    assert "24. November 2028" in text
    assert mailbox.last_link().endswith("/anmelden")


def test_it_is_deleted_two_months_after_the_warning_was_sent(
    account, clock, clean_up, post_office
):
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=1, minutes=5)
    clean_up("inactivity")
    clock.moment = DELETED
    clean_up("inactivity")
    assert exists(account)
    clock.forward(days=2)
    clean_up("inactivity")
    assert not exists(account)
    post_office.collect()
    assert post_office.mails == [ADDRESS, ADDRESS]
    assert len(get_store().queue("inactivity")) == 0


def test_the_two_months_begin_when_the_mail_has_left(
    account, clock, clean_up, post_office, mailbox
):
    warned_account(clock, clean_up)
    for _month in range(12):
        clock.forward(days=30)
        clean_up("inactivity")
    assert exists(account)
    assert len(mailbox.mails()) == 1
    post_office.collect()
    clock.forward(days=2)
    clean_up("inactivity")
    clock.forward(days=58)
    clean_up("inactivity")
    assert exists(account)
    clock.forward(days=5)
    clean_up("inactivity")
    assert not exists(account)


def test_after_three_years_without_cron_there_is_one_warning_and_two_months(
    account, clock, clean_up, post_office, mailbox
):
    clock.forward(days=3 * 365)
    for _run in range(3):
        clean_up("inactivity")
        clock.forward(hours=1)
    assert len(mailbox.mails()) == 1
    post_office.collect()
    clock.forward(days=1, minutes=5)
    clean_up("inactivity")
    clock.forward(days=58)
    clean_up("inactivity")
    assert exists(account)
    assert post_office.mails == [ADDRESS]
    clock.forward(days=4)
    clean_up("inactivity")
    assert not exists(account)


def logs_in(account, clock):
    """The citizen comes back."""
    accounts.check_password(ADDRESS, PASSWORD, clock())


def chooses_a_new_password(account, clock):
    """The citizen has forgotten the password, and used the link of a mail."""
    accounts.set_password(account, "Teekanne über dem Leuchtturm")


@pytest.mark.parametrize("comes_back", [logs_in, chooses_a_new_password])
def test_who_comes_back_after_the_warning_keeps_the_account(
    account, clock, clean_up, post_office, comes_back
):
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=30)
    comes_back(account, clock)
    transaction.commit()
    clean_up("inactivity")
    clock.forward(days=365)
    clean_up("inactivity")
    assert exists(account)
    assert account.warned == ()
    assert post_office.mails == [ADDRESS]


@pytest.mark.parametrize("comes_back", [logs_in, chooses_a_new_password])
def test_who_comes_back_gets_no_warning_that_still_waited(
    account, clock, clean_up, mailbox, comes_back
):
    other = active_account(clock(), "max@example.org")
    transaction.commit()
    clock.moment = ANNOUNCED
    clean_up("inactivity")
    assert {mail["To"] for mail in mailbox.mails()} == {ADDRESS, other.email}
    clock.forward(days=3)
    comes_back(account, clock)
    assert len(mailbox.mails()) == 2
    transaction.commit()
    assert [mail["To"] for mail in mailbox.mails()] == [other.email]
    assert account.warned == ()


def test_a_warning_of_a_log_in_that_came_to_nothing_still_waits(
    account, clock, clean_up, mailbox
):
    warned_account(clock, clean_up)
    logs_in(account, clock)
    transaction.abort()
    assert [mail["To"] for mail in mailbox.mails()] == [ADDRESS]


def test_the_next_two_years_have_a_warning_of_their_own(
    account, clock, clean_up, post_office
):
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=30)
    accounts.check_password(ADDRESS, PASSWORD, clock())
    transaction.commit()
    clean_up("inactivity")
    clock.forward(days=22 * 31)
    clean_up("inactivity")
    post_office.collect()
    assert post_office.mails == [ADDRESS, ADDRESS]
    assert exists(account)


def test_who_logs_in_every_year_hears_nothing(account, clock, clean_up, mailbox):
    for _year in range(6):
        clock.forward(days=365)
        clean_up("inactivity")
        accounts.check_password(ADDRESS, PASSWORD, clock())
        transaction.commit()
    assert mailbox.mails() == []
    assert exists(account)


def test_logging_in_leaves_the_queue_alone(account, clock, site):
    queue = get_store().queue("inactivity")
    clock.forward(days=100)
    accounts.check_password(ADDRESS, PASSWORD, clock())
    assert not queue._p_changed
    assert not queue._entries._p_changed


def test_a_clock_that_jumps_back_makes_no_account_look_unused(
    account, clock, clean_up, mailbox
):
    clock.forward(days=600)
    accounts.check_password(ADDRESS, PASSWORD, clock())
    right = clock.moment
    clock.moment = datetime(1980, 1, 1, tzinfo=UTC)
    accounts.check_password(ADDRESS, PASSWORD, clock())
    transaction.commit()
    clean_up("inactivity")
    clock.moment = right + timedelta(days=100)
    clean_up("inactivity")
    assert mailbox.mails() == []


def test_a_clock_that_was_ahead_for_a_while_deletes_nothing(
    account, clock, clean_up, post_office
):
    right = clock.moment
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=2)
    clean_up("inactivity")
    clock.moment = right + timedelta(days=30)
    accounts.check_password(ADDRESS, PASSWORD, clock())
    transaction.commit()
    clock.moment = DELETED + timedelta(days=20)
    clean_up("inactivity")
    assert exists(account)


def test_an_account_is_not_deleted_where_the_warning_came_back(
    account, clock, clean_up, post_office
):
    post_office.answer = "550 Nobody here"
    warned_account(clock, clean_up)
    post_office.collect()
    for _month in range(12):
        clock.forward(days=31)
        clean_up("inactivity")
    assert exists(account)
    assert inactivity.count_unreachable() == 1
    assert any("owners could not be told" in str(note) for note in cleanup.notes())


def test_what_was_refused_is_tried_again_with_growing_pauses(
    account, clock, clean_up, post_office, mailbox
):
    post_office.answer = "550 Nobody here"
    warned_account(clock, clean_up)
    written = []
    for _day in range(250):
        post_office.collect()
        clock.forward(days=1)
        clean_up("inactivity")
        written.append(len(mailbox.mails()))
    # After 30, 90 and 210 days, each looked at a few days later.
    assert sum(written) == 3
    assert inactivity.count_unreachable() == 1
    post_office.answer = "250 OK"
    for _month in range(12):
        clock.forward(days=31)
        clean_up("inactivity")
        post_office.collect()
    assert post_office.mails.count(ADDRESS) >= 1
    assert inactivity.count_unreachable() == 0
    assert not exists(account)


def test_a_warning_that_was_lost_is_written_anew(
    account, clock, clean_up, post_office, mailbox
):
    warned_account(clock, clean_up)
    mailbox.clear()
    clock.forward(days=2)
    clean_up("inactivity")
    assert len(mailbox.mails()) == 1
    post_office.collect()
    for _week in range(4):
        clock.forward(days=7)
        clean_up("inactivity")
    assert post_office.mails == [ADDRESS]
    assert exists(account)


def test_staff_see_whom_no_mail_reached_for_a_week(
    account, clock, clean_up, post_office
):
    warned_account(clock, clean_up)
    clock.forward(days=5)
    clean_up("inactivity")
    assert inactivity.count_unreachable() == 0
    clock.forward(days=3)
    clean_up("inactivity")
    assert inactivity.count_unreachable() == 1
    post_office.collect()
    clock.forward(days=2)
    clean_up("inactivity")
    assert inactivity.count_unreachable() == 0
    clock.forward(days=70)
    clean_up("inactivity")
    assert not exists(account)


def test_who_was_unreachable_and_logs_in_is_not_counted_any_more(
    account, clock, clean_up, post_office
):
    post_office.answer = "550 Nobody here"
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=2)
    clean_up("inactivity")
    accounts.check_password(ADDRESS, PASSWORD, clock())
    transaction.commit()
    clock.forward(days=31)
    clean_up("inactivity")
    assert inactivity.count_unreachable() == 0


def test_a_run_sends_so_many_warnings_and_the_next_one_the_rest(
    account, clock, clean_up, mailbox
):
    settings().inactivity_mail_cap = 2
    for number in range(4):
        active_account(clock(), f"nr{number}@example.org")
    transaction.commit()
    clock.moment = ANNOUNCED
    assert clean_up("inactivity")["remaining"] == 3
    assert len(mailbox.mails()) == 2
    assert clean_up("inactivity")["remaining"] == 1
    assert clean_up("inactivity")["remaining"] == 0
    assert len({mail["To"] for mail in mailbox.mails()}) == 5


def test_a_trial_run_says_what_would_be_done_and_does_nothing(
    account, clock, mailbox, site
):
    settings().inactivity_mail_cap = 2
    for number in range(2):
        active_account(clock(), f"nr{number}@example.org")
    transaction.commit()
    clock.moment = ANNOUNCED
    before = site._p_jar.db().lastTransaction()
    assert cleanup.plans(clock())["inactivity"] == {"delete": 0, "warn": 2, "left": 1}
    transaction.commit()
    assert mailbox.mails() == []
    assert site._p_jar.db().lastTransaction() == before


def test_a_trial_run_names_what_would_be_deleted(account, clock, clean_up, post_office):
    warned_account(clock, clean_up)
    post_office.collect()
    clock.forward(days=2)
    clean_up("inactivity")
    clock.forward(days=70)
    plan = cleanup.plans(clock())["inactivity"]
    assert plan == {"delete": 1, "warn": 0, "left": 0}
    assert exists(account)


def test_the_months_are_set_by_the_portal(site, account, clock, clean_up, mailbox):
    site.buergerportal.inactive_months = 6
    other = active_account(clock(), "kurz@example.org")
    transaction.commit()
    clock.forward(days=124)
    clean_up("inactivity")
    assert [mail["To"] for mail in mailbox.mails()] == [other.email]


def test_an_account_that_is_being_deleted_gets_no_warning(
    site, account, clock, clean_up, mailbox
):
    site.buergerportal.lock_days = 30
    clock.moment = ANNOUNCED - timedelta(minutes=10)
    wish = Wish(PASSWORD, confirmed=True)
    service.request_deletion(site.REQUEST, account, wish, clock())
    account.last_login_day = 0
    transaction.commit()
    mailbox.clear()
    clock.moment = ANNOUNCED
    clean_up("inactivity")
    assert mailbox.mails() == []
