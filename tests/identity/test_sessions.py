"""Sessions end at the limits of BSI TR-03160-1, chapter 4.3."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import CLOCK_TOLERANCE
from collective.servicekonto.identity.sessions import is_over
from collective.servicekonto.identity.sessions import limits
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st
import pytest


START = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)

levels = st.sampled_from(TrustLevel)
spans = st.timedeltas(timedelta(0), timedelta(days=2))
small_steps_back = st.timedeltas(timedelta(0), CLOCK_TOLERANCE)
large_steps_back = st.timedeltas(CLOCK_TOLERANCE + SECOND, timedelta(days=900))


@pytest.mark.parametrize(
    ("level", "hours", "minutes"),
    [
        (TrustLevel.LOW, 12, 60),
        (TrustLevel.SUBSTANTIAL, 2, 30),
        (TrustLevel.HIGH, 0.5, 5),
    ],
)
def test_the_limits_are_those_of_the_guideline(level, hours, minutes):
    assert limits(level).duration == timedelta(hours=hours)
    assert limits(level).inactivity == timedelta(minutes=minutes)


@pytest.mark.parametrize("level", TrustLevel)
def test_a_busy_session_ends_with_its_duration(level):
    end = START + limits(level).duration
    assert not is_over(level, START, end - SECOND, end - SECOND)
    assert is_over(level, START, end, end)


@pytest.mark.parametrize("level", TrustLevel)
def test_an_idle_session_ends_with_its_inactivity(level):
    end = START + limits(level).inactivity
    assert not is_over(level, START, START, end - SECOND)
    assert is_over(level, START, START, end)


@given(spans, spans)
def test_higher_levels_never_last_longer(active, idle):
    last = START + active
    now = last + idle
    over = [is_over(level, START, last, now) for level in sorted(TrustLevel)]
    assert over == sorted(over)


@given(levels, spans, spans, spans)
def test_what_is_over_stays_over(level, active, idle, later):
    last = START + active
    now = last + idle
    if is_over(level, START, last, now):
        assert is_over(level, START, last, now + later)


@given(levels, spans, small_steps_back)
def test_a_small_step_back_of_the_clock_neither_ends_nor_revives(level, active, step):
    last = START + active
    assert is_over(level, START, last, last - step) == is_over(level, START, last, last)


@given(levels, large_steps_back)
def test_a_start_far_in_the_future_ends_the_session(level, step):
    assert is_over(level, START, START, START - step)
    assert is_over(level, START, START - step, START - step)


@given(levels, large_steps_back)
def test_an_activity_far_in_the_future_ends_the_session(level, step):
    assert is_over(level, START - step, START, START - step)
