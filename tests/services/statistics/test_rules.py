"""What the numbers of a service say."""

from collective.servicekonto.services.statistics import rules
from collective.servicekonto.services.statistics.rules import Counts
from datetime import date
from hypothesis import given
from hypothesis import strategies as st
import pytest


NUMBERS = st.integers(min_value=0, max_value=1000)
COUNTS = st.builds(
    Counts,
    started=NUMBERS,
    sent=NUMBERS,
    pages=st.lists(NUMBERS, max_size=6).map(tuple),
    decided=st.lists(NUMBERS, min_size=8, max_size=8).map(tuple),
)


@pytest.mark.parametrize(
    ("days", "wait"),
    [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (90, 6), (91, 7), (9999, 7)],
)
def test_decisions_are_counted_by_classes_of_days(days, wait):
    assert rules.wait_of(days) == wait


def test_the_last_months_end_with_that_of_today():
    months = rules.months_until(date(2026, 2, 28), 3)
    assert months == ["2025-12", "2026-01", "2026-02"]


@pytest.mark.parametrize(
    ("month", "day"), [("2026-05", date(2029, 6, 1)), ("2026-12", date(2030, 1, 1))]
)
def test_a_month_is_kept_for_three_years_from_its_end(month, day):
    assert rules.forgotten_on(month) == day


def test_who_came_to_a_page_and_not_to_the_next_has_left_there():
    assert rules.left_on(Counts(pages=(10, 7, 7), sent=4)) == (3, 0, 3)


@given(COUNTS)
def test_nowhere_less_than_nobody_has_left(counts):
    left = rules.left_on(counts)
    assert len(left) == len(counts.pages)
    assert all(
        0 <= number <= reached
        for number, reached in zip(left, counts.pages, strict=True)
    )


@given(st.lists(COUNTS, max_size=5))
def test_a_sum_holds_each_month_once(months):
    found = rules.total(months)
    assert found.started == sum(one.started for one in months)
    assert sum(found.pages) == sum(sum(one.pages) for one in months)
    assert sum(found.decided) == sum(sum(one.decided) for one in months)
    assert len(found.decided) == len(rules.WAITS) + 1


@given(COUNTS)
def test_half_of_the_decisions_came_within_the_usual_wait(counts):
    wait = rules.usual_wait(counts)
    if wait is None:
        assert sum(counts.decided) < rules.FEWEST
    else:
        half = sum(counts.decided) / 2
        assert sum(counts.decided[:wait]) < half <= sum(counts.decided[: wait + 1])


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1, "< 5"), (4, "< 5"), (5, "5"), (7, "5"), (8, "10"), (123, "125")],
)
def test_numbers_are_shown_in_fives(number, text):
    assert rules.in_digits(number) == text


@given(COUNTS, st.integers(1, 4))
def test_few_are_known_as_few_only(counts, few):
    """Whatever is shown is made of this alone, so no sum tells more."""

    def other(number):
        return few if 0 < number < rules.FEWEST else number

    same = Counts(
        started=other(counts.started),
        sent=other(counts.sent),
        pages=tuple(map(other, counts.pages)),
        decided=tuple(map(other, counts.decided)),
    )
    assert rules.coarse_counts(same) == rules.coarse_counts(counts)


@given(st.integers(0, 10**9))
def test_what_may_be_known_is_near_the_truth(number):
    assert abs(rules.coarse(number) - number) <= 2
    assert rules.coarse(rules.coarse(number)) == rules.coarse(number)
