"""When an account that nobody uses is announced and deleted."""

from collective.servicekonto.selfservice.deletion.rules import announced_at
from collective.servicekonto.selfservice.deletion.rules import deleted_at
from collective.servicekonto.selfservice.deletion.rules import locked_until
from collective.servicekonto.selfservice.deletion.rules import NOTICE
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st


DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
)
MONTHS = st.integers(6, 24)


def test_the_law_says_two_years_and_two_months_before():
    used = date(2026, 5, 4)
    told = announced_at(used, 24)
    assert told == datetime(2028, 3, 5, tzinfo=UTC)
    assert deleted_at(used, 24, told) == datetime(2028, 5, 5, tzinfo=UTC)


def test_the_months_of_the_calendar_count():
    assert announced_at(date(2026, 2, 27), 24) == datetime(2027, 12, 28, tzinfo=UTC)
    assert announced_at(date(2026, 4, 29), 24) == datetime(2028, 2, 29, tzinfo=UTC)


@given(DAYS, MONTHS, MOMENTS)
def test_two_months_pass_after_the_citizen_was_told(used, months, told):
    assert deleted_at(used, months, told) >= told + NOTICE


@given(DAYS, MONTHS, MOMENTS)
def test_no_account_is_deleted_before_its_time(used, months, told):
    begin = datetime(used.year, used.month, used.day, tzinfo=UTC)
    assert deleted_at(used, months, told) - begin > timedelta(days=months * 30)


@given(DAYS, MONTHS)
def test_who_is_told_in_time_is_not_kept_longer_than_the_law_allows(used, months):
    told = announced_at(used, months)
    late = deleted_at(used, months, told) - deleted_at(used, months, told - NOTICE)
    assert timedelta(0) <= late <= timedelta(days=3)


@given(MOMENTS, DAYS, st.integers(0, 30))
def test_the_lock_period_is_never_shortened(now, used, days):
    lock = timedelta(days=days)
    assert locked_until(now, used, lock) >= now + lock


def test_a_clock_that_jumped_back_does_not_shorten_it():
    wrong = datetime(1970, 1, 1, tzinfo=UTC)
    until = locked_until(wrong, date(2026, 5, 4), timedelta(days=7))
    assert until == datetime(2026, 5, 11, tzinfo=UTC)
