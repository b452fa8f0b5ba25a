"""When a citizen is told, and what a mail that came back means."""

from collective.servicekonto.postbox.notices import rules
from collective.servicekonto.postbox.notices.rules import LAST_ATTEMPT
from collective.servicekonto.postbox.notices.rules import Notice
import pytest


HOUR = 3600
DAY = 24 * HOUR
NOW = 1_800_000_000


def notice(**changes):
    """Return a mail that was sent now."""
    return Notice(NOW, "", "", 1, ())._replace(**changes)


def test_the_first_news_are_told_at_any_time():
    assert rules.next_mail_at([], 0, 0) < NOW


def test_the_next_ones_an_hour_later():
    told = notice(told=NOW + 300)
    assert rules.next_mail_at([told], NOW, 0) == NOW + HOUR


def test_after_a_bounce_a_day_later():
    bounced = notice(bounced=NOW + 300)
    assert rules.next_mail_at([bounced], NOW, 0) == NOW + 300 + DAY


def test_after_the_second_attempt_an_hour_later_again():
    second = notice(sent=NOW + 2 * DAY, attempt=LAST_ATTEMPT)
    found = rules.next_mail_at([notice(bounced=NOW + 300), second], second.sent, 0)
    assert found == second.sent + HOUR


def test_where_nothing_arrives_a_week_later():
    assert rules.next_mail_at([], NOW, NOW) == NOW + 7 * DAY


@pytest.mark.parametrize(
    ("notices", "undeliverable", "attempt"),
    [
        ([], 0, 1),
        ([notice(told=NOW)], 0, 1),
        ([notice(bounced=NOW), notice(told=NOW)], 0, LAST_ATTEMPT),
        ([], NOW, LAST_ATTEMPT),
    ],
)
def test_which_attempt_it_is(notices, undeliverable, attempt):
    assert rules.attempt(notices, undeliverable) == attempt


def test_a_mail_matters_as_long_as_it_can_come_back():
    assert notice(told=NOW).over == NOW + 7 * DAY
    assert notice(bounced=NOW + DAY).over == NOW + 31 * DAY
