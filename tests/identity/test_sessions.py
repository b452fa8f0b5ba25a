"""Sessions end at the limits of BSI TR-03160-1, chapter 4.3."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import Authentication
from collective.servicekonto.identity.sessions import CLOCK_TOLERANCE
from collective.servicekonto.identity.sessions import ends_at
from collective.servicekonto.identity.sessions import is_over
from collective.servicekonto.identity.sessions import level_now
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.identity.sessions import step_down
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st
from tests.identity.strategies import cases
from tests.identity.strategies import REACHED
from tests.identity.strategies import thorough
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


LOW, SUBSTANTIAL, HIGH = REACHED


def after(**duration):
    """Return the moment so long after the start."""
    return START + timedelta(**duration)


def busy_level(authentications, **duration):
    """Return the level when there was activity all the time."""
    return level_now(authentications, after(**duration), after(**duration))


def test_a_busy_session_steps_down_with_the_time_already_spent():
    card = [Authentication(HIGH, START)]
    assert busy_level(card, minutes=29) is HIGH
    assert busy_level(card, minutes=30) is SUBSTANTIAL
    assert busy_level(card, minutes=119) is SUBSTANTIAL
    assert busy_level(card, hours=2) is LOW
    assert busy_level(card, hours=11, minutes=59) is LOW
    assert busy_level(card, hours=12) is None


def test_an_idle_session_steps_down_as_well():
    card = [Authentication(HIGH, START)]
    assert level_now(card, START, after(minutes=4)) is HIGH
    assert level_now(card, START, after(minutes=5)) is SUBSTANTIAL
    assert level_now(card, START, after(minutes=30)) is LOW
    assert level_now(card, START, after(minutes=60)) is None


def test_a_second_log_in_lifts_the_session_and_falls_back_alone():
    both = [Authentication(LOW, START), Authentication(HIGH, after(hours=10))]
    assert busy_level(both, hours=10, minutes=29) is HIGH
    assert busy_level(both, hours=10, minutes=30) is SUBSTANTIAL
    assert busy_level(both, hours=12) is LOW
    assert busy_level(both, hours=22) is None


def test_without_a_log_in_there_is_no_session():
    assert level_now([], START, START) is None
    assert ends_at([], START, START) is None


def test_nobody_logs_in_at_the_lowest_level():
    with pytest.raises(ValueError, match="lowest"):
        Authentication(TrustLevel.BASIS, START)


def test_an_activity_after_a_pause_does_not_bring_a_level_back():
    card = [Authentication(HIGH, START)]
    kept = step_down(card, START, after(minutes=6))
    assert kept == (Authentication(SUBSTANTIAL, START),)
    assert level_now(kept, after(minutes=6), after(minutes=6)) is SUBSTANTIAL


def test_it_is_known_when_the_level_falls_next():
    card = [Authentication(HIGH, START)]
    assert ends_at(card, START, START) == after(minutes=5)
    assert ends_at(card, after(minutes=27), after(minutes=28)) == after(minutes=30)
    assert ends_at(card, after(minutes=31), after(minutes=31)) == after(minutes=61)
    assert ends_at(card, START, after(hours=13)) is None


MINUTES = [timedelta(minutes=count) for count in range(0, 800, 3)]
PAUSES = [
    timedelta(minutes=count) + shift
    for count in (0, 3, 5, 17, 30, 45, 60, 90, 120, 700)
    for shift in (timedelta(0), -SECOND, SECOND)
    if count or shift >= timedelta(0)
]
AUTHENTICATIONS = [
    Authentication(level, START + spent) for level in REACHED for spent in MINUTES
]
sessions = cases(AUTHENTICATIONS, [None, *AUTHENTICATIONS], MINUTES, PAUSES, PAUSES)


def unpacked(case):
    """Return log-ins, the last activity after all of them, now, and a moment later."""
    first, second, active, pause, later = case
    both = [first] if second is None else [first, second]
    last = max(each.at for each in both) + active
    return both, last, last + pause, last + pause + later


@given(sessions)
@thorough
def test_a_session_has_a_level_exactly_while_a_log_in_allows_it(case):
    both, last, now, _later = unpacked(case)
    level = level_now(both, last, now)
    for each in REACHED:
        allowed = any(
            one.level >= each and not is_over(each, one.at, last, now) for one in both
        )
        assert allowed == (level is not None and level >= each)


@given(sessions)
@thorough
def test_without_a_new_log_in_no_activity_lifts_the_level(case):
    both, last, now, later = unpacked(case)
    kept = step_down(both, last, now)
    before = level_now(both, last, now)
    afterwards = level_now(kept, now, later)
    assert level_now(kept, now, now) is before
    assert afterwards is None or afterwards <= before
    assert {each.at for each in kept} <= {each.at for each in both}


@given(sessions)
@thorough
def test_the_level_falls_exactly_when_it_was_told(case):
    both, last, now, _later = unpacked(case)
    level = level_now(both, last, now)
    end = ends_at(both, last, now)
    if level is None:
        assert end is None
        return
    assert end > now
    assert level_now(both, last, end - timedelta(microseconds=1)) is level
    next_level = level_now(both, last, end)
    assert next_level is None or next_level < level
