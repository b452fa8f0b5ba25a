"""When a decision counts as delivered, and until when one can object."""

from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.rules import NotInForce
from collective.servicekonto.postbox.deadlines.service import delivered_on
from collective.servicekonto.postbox.deadlines.service import objection_until
from collective.servicekonto.postbox.deadlines.service import retrievable_until
from collective.servicekonto.postbox.deadlines.workdays import is_working_day
from collective.servicekonto.postbox.deadlines.workdays import Land
from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from tests.postbox.deadlines.strategies import BASES
from tests.postbox.deadlines.strategies import DAYS
from tests.postbox.deadlines.strategies import LANDS
from tests.postbox.deadlines.strategies import LATER
from tests.postbox.deadlines.strategies import thorough
import pytest


ANY = Land.HESSEN

BY_PROVISION = [Basis.OZG_9, Basis.VWVFG_41_2]
MAYBE_LATER = st.none() | LATER


def after(day, days):
    """Return the day so many days later, None for None."""
    return None if days is None else day + timedelta(days=days)


@pytest.mark.parametrize("basis", BY_PROVISION)
@pytest.mark.parametrize(
    ("provided", "delivered"),
    [
        (date(2024, 2, 27), date(2024, 3, 1)),
        (date(2024, 12, 30), date(2025, 1, 2)),
        (date(2024, 12, 31), date(2025, 1, 3)),
        (date(2025, 1, 1), date(2025, 1, 5)),
        (date(2026, 12, 29), date(2027, 1, 2)),
        (date(2027, 2, 25), date(2027, 3, 1)),
        (date(2028, 2, 25), date(2028, 2, 29)),
    ],
)
def test_third_day_until_2024_and_fourth_day_since(basis, provided, delivered):
    assert delivered_on(basis, provided, provided, None, ANY) == delivered


@pytest.mark.parametrize("basis", BY_PROVISION)
def test_the_day_of_delivery_may_be_a_sunday_and_a_holiday(basis):
    christmas = delivered_on(basis, date(2026, 12, 21), None, None, ANY)
    assert christmas == date(2026, 12, 25)
    sunday = delivered_on(basis, date(2026, 11, 25), None, None, ANY)
    assert sunday == date(2026, 11, 29)


@thorough
@given(st.sampled_from(BY_PROVISION), DAYS, MAYBE_LATER, MAYBE_LATER, LANDS)
def test_by_provision_neither_notice_nor_opening_change_the_day(
    basis, provided, notice, opening, land
):
    notified, retrieved = after(provided, notice), after(provided, opening)
    assert delivered_on(basis, provided, notified, retrieved, land) == delivered_on(
        basis, provided, None, None, land
    )


@pytest.mark.parametrize(
    ("notified", "retrieved", "delivered"),
    [
        (date(2026, 11, 26), None, None),
        (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 27)),
        (date(2026, 11, 26), date(2026, 11, 28), date(2026, 11, 29)),
        # The tenth day is a Sunday.
        (date(2026, 11, 26), date(2026, 12, 7), date(2026, 12, 8)),
        (date(2026, 11, 26), date(2026, 12, 8), None),
        (date(2026, 11, 27), date(2026, 12, 7), date(2026, 12, 8)),
        (date(2026, 11, 27), date(2026, 12, 8), None),
        (None, date(2026, 12, 31), date(2027, 1, 1)),
        (None, None, None),
    ],
)
def test_by_retrieval_it_is_the_day_after_within_ten_days(
    notified, retrieved, delivered
):
    provided = date(2026, 11, 26)
    assert (
        delivered_on(Basis.VWVFG_41_2A, provided, notified, retrieved, ANY) == delivered
    )


def test_the_ten_days_end_later_where_the_tenth_is_a_holiday():
    notified = date(2027, 10, 22)
    ends = {
        land: retrievable_until(Basis.VWVFG_41_2A, notified, notified, land)
        for land in (Land.NORDRHEIN_WESTFALEN, Land.BERLIN)
    }
    assert list(ends.values()) == [date(2027, 11, 2), date(2027, 11, 1)]


def test_the_ten_days_do_not_begin_before_the_provision():
    early = date(2026, 11, 20)
    provided = date(2026, 11, 27)
    assert retrievable_until(Basis.VWVFG_41_2A, provided, early, ANY) == date(
        2026, 12, 7
    )


@pytest.mark.parametrize("basis", [*BY_PROVISION, Basis.BAYDIG_24])
def test_other_laws_set_no_end_to_the_provision(basis):
    day = date(2026, 11, 27)
    assert retrievable_until(basis, day, day, ANY) is None


@pytest.mark.parametrize(
    ("notified", "retrieved", "delivered"),
    [
        (date(2026, 11, 27), None, date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 12, 24), date(2026, 12, 1)),
        (None, date(2026, 12, 24), date(2026, 12, 24)),
        (None, None, None),
    ],
)
def test_in_bavaria_it_is_the_third_day_after_the_notice(
    notified, retrieved, delivered
):
    provided = date(2026, 11, 27)
    assert (
        delivered_on(Basis.BAYDIG_24, provided, notified, retrieved, Land.BAYERN)
        == delivered
    )


@thorough
@given(BASES, DAYS, MAYBE_LATER, MAYBE_LATER, LANDS)
def test_nothing_is_delivered_before_it_is_provided(
    basis, provided, notice, opening, land
):
    notified, retrieved = after(provided, notice), after(provided, opening)
    delivered = delivered_on(basis, provided, notified, retrieved, land)
    assert delivered is None or delivered >= provided


@thorough
@given(BASES, DAYS, LATER, LATER, LATER, LANDS)
def test_what_happens_later_is_delivered_no_earlier(
    basis, provided, notice, opening, delay, land
):
    def delivered(day):
        return delivered_on(basis, day, after(day, notice), after(day, opening), land)

    one, other = delivered(provided), delivered(after(provided, delay))
    assert one is None or other is None or one <= other


@thorough
@given(BASES, DAYS, LATER, LATER, LATER, LANDS)
def test_who_opens_later_gains_no_earlier_day(
    basis, provided, notice, opening, delay, land
):
    notified, opened = after(provided, notice), after(provided, opening)
    one = delivered_on(basis, provided, notified, opened, land)
    other = delivered_on(basis, provided, notified, after(opened, delay), land)
    assert other is None or one <= other


def test_what_was_opened_before_it_was_provided_is_a_mistake():
    day = date(2026, 11, 27)
    with pytest.raises(ValueError, match="retrieved"):
        delivered_on(Basis.OZG_9, day, day, date(2026, 11, 26), ANY)


def test_a_law_that_was_not_in_force_delivers_nothing():
    with pytest.raises(NotInForce):
        delivered_on(Basis.OZG_9, date(2020, 12, 9), None, None, ANY)


@pytest.mark.parametrize(
    ("delivered", "land", "until"),
    [
        # The month has no such day.
        (date(2025, 1, 31), Land.HESSEN, date(2025, 2, 28)),
        (date(2024, 1, 31), Land.HESSEN, date(2024, 2, 29)),
        (date(2028, 1, 30), Land.HESSEN, date(2028, 2, 29)),
        (date(2026, 8, 31), Land.HESSEN, date(2026, 9, 30)),
        # It ends as many days of the month later, not as many days of the week.
        (date(2026, 2, 28), Land.HESSEN, date(2026, 3, 30)),
        (date(2027, 1, 5), Land.HESSEN, date(2027, 2, 5)),
        # Over the end of the year, Christmas and a weekend.
        (date(2026, 11, 25), Land.HESSEN, date(2026, 12, 28)),
        (date(2026, 12, 1), Land.HESSEN, date(2027, 1, 4)),
        # Heilige Drei Könige
        (date(2025, 12, 6), Land.BAYERN, date(2026, 1, 7)),
        (date(2025, 12, 6), Land.HESSEN, date(2026, 1, 6)),
        # Fronleichnam
        (date(2026, 5, 4), Land.NORDRHEIN_WESTFALEN, date(2026, 6, 5)),
        (date(2026, 5, 4), Land.NIEDERSACHSEN, date(2026, 6, 4)),
        (date(2026, 5, 4), Land.SACHSEN, date(2026, 6, 4)),
        # Reformationstag after a weekend, and Allerheiligen after that
        (date(2022, 9, 29), Land.NIEDERSACHSEN, date(2022, 11, 1)),
        (date(2022, 9, 29), Land.BAYERN, date(2022, 10, 31)),
        (date(2022, 10, 1), Land.BAYERN, date(2022, 11, 2)),
        # Allerheiligen
        (date(2027, 10, 1), Land.SAARLAND, date(2027, 11, 2)),
        (date(2027, 10, 1), Land.BERLIN, date(2027, 11, 1)),
        # Buß- und Bettag
        (date(2026, 10, 18), Land.SACHSEN, date(2026, 11, 19)),
        (date(2026, 10, 18), Land.BRANDENBURG, date(2026, 11, 18)),
        # Good Friday to Easter Monday
        (date(2026, 3, 3), Land.BREMEN, date(2026, 4, 7)),
    ],
)
def test_one_month_to_object(delivered, land, until):
    assert objection_until(delivered, land) == until


@thorough
@given(DAYS, LANDS)
def test_the_time_to_object_ends_on_a_working_day(delivered, land):
    until = objection_until(delivered, land)
    assert is_working_day(until, land)
    assert 28 <= (until - delivered).days <= 36


@thorough
@given(DAYS, LATER, LANDS)
def test_who_gets_it_later_can_object_no_shorter(delivered, delay, land):
    assert objection_until(delivered, land) <= objection_until(
        after(delivered, delay), land
    )
