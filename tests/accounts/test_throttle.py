"""Guessing is slowed down, nobody is locked out."""

from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.throttle import LONGEST_PAUSE
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.throttle import Volume
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st
import pytest


NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ERIKA = "erika@example.org"

# Steps of the clock between two events, backwards too.
steps = st.lists(
    st.timedeltas(timedelta(hours=-3), timedelta(hours=3))
    | st.timedeltas(timedelta(0), timedelta(seconds=90)),
    max_size=30,
)


def seconds(number):
    return timedelta(seconds=number)


def everything_in(thing):
    """The representations of all that an object of ours refers to."""
    inner = vars(thing).values() if hasattr(thing, "__dict__") else ()
    return " ".join([repr(thing), *map(everything_in, inner)])


def after_failures(number, now=NOW):
    pauses = Pauses()
    for _ in range(number):
        pauses.failed(ERIKA, now)
    return pauses


@pytest.mark.parametrize(
    ("failures", "pause"),
    [(0, 0), (1, 0), (3, 0), (4, 1.8), (5, 3.24), (9, 34.0), (10, 60), (100_000, 60)],
)
def test_three_failures_are_free_then_the_pauses_grow_to_a_minute(failures, pause):
    assert after_failures(failures).wait(ERIKA, NOW) == pytest.approx(pause, abs=0.02)


def test_a_network_of_many_people_can_have_more_free_failures():
    pauses = Pauses(free=30)
    for _ in range(30):
        pauses.failed("192.0.2.1", NOW)
    assert pauses.wait("192.0.2.1", NOW) == 0
    for _ in range(20):
        pauses.failed("192.0.2.1", NOW)
    assert pauses.wait("192.0.2.1", NOW) == 60


def test_a_pause_passes():
    pauses = after_failures(5)
    assert pauses.wait(ERIKA, NOW + seconds(3)) == pytest.approx(0.24)
    assert pauses.wait(ERIKA, NOW + seconds(4)) == 0


def test_asking_does_not_prolong_a_pause():
    pauses = after_failures(10)
    for second in range(60):
        assert pauses.wait(ERIKA, NOW + seconds(second)) == 60 - second
    assert pauses.wait(ERIKA, NOW + seconds(60)) == 0


def test_success_forgets_the_failures():
    pauses = after_failures(10)
    pauses.succeeded(ERIKA)
    assert pauses.wait(ERIKA, NOW) == 0
    assert len(pauses) == 0


def test_what_is_taken_back_was_never_there():
    pauses = after_failures(5)
    later = NOW + seconds(4)
    assert pauses.begin(ERIKA, later) == 0
    assert pauses.wait(ERIKA, later) > 0
    pauses.take_back(ERIKA, later)
    assert pauses.wait(ERIKA, later) == 0
    assert pauses.wait(ERIKA, NOW) == pytest.approx(3.24, abs=0.02)


def test_whoever_has_to_wait_is_not_counted():
    pauses = after_failures(4)
    assert pauses.begin(ERIKA, NOW) == pauses.begin(ERIKA, NOW) > 0


def test_a_quiet_hour_forgets_the_failures():
    pauses = after_failures(10)
    pauses.failed(ERIKA, NOW + timedelta(minutes=60))
    assert pauses.wait(ERIKA, NOW + timedelta(minutes=60)) == 0
    pauses = after_failures(10)
    pauses.failed(ERIKA, NOW + timedelta(minutes=59))
    assert pauses.wait(ERIKA, NOW + timedelta(minutes=59)) == 60


def test_others_do_not_wait():
    assert after_failures(10).wait("max@example.org", NOW) == 0


def test_a_clock_set_back_by_a_day_costs_a_minute_at_most():
    pauses = after_failures(10)
    yesterday = NOW - timedelta(days=1)
    assert pauses.wait(ERIKA, yesterday) == 60
    assert pauses.wait(ERIKA, yesterday + seconds(60)) == 0


@given(steps, st.data())
def test_however_the_clock_jumps_who_waits_gets_in(steps, data):
    pauses, now = Pauses(), NOW
    for step in steps:
        now += step
        if data.draw(st.booleans()):
            pauses.failed(ERIKA, now)
        wait = pauses.wait(ERIKA, now)
        assert 0 <= wait <= LONGEST_PAUSE
        assert pauses.wait(ERIKA, now + seconds(wait)) == pytest.approx(0, abs=1e-5)


def test_so_many_events_are_allowed_within_the_time():
    rate = Rate(3, MINUTE)
    assert [rate.allow(ERIKA, NOW) for _ in range(5)] == [True] * 3 + [False] * 2
    assert not rate.allow(ERIKA, NOW + seconds(59))
    assert rate.allow(ERIKA, NOW + seconds(60))


def test_the_window_slides():
    rate = Rate(3, MINUTE)
    for second in (0, 30, 50):
        assert rate.allow(ERIKA, NOW + seconds(second))
    assert rate.allow(ERIKA, NOW + seconds(61))
    assert not rate.allow(ERIKA, NOW + seconds(62))
    assert rate.allow(ERIKA, NOW + seconds(90))


def test_events_are_counted_without_adding_one():
    rate = Rate(3, MINUTE)
    assert rate.count(ERIKA, NOW) == 0
    rate.allow(ERIKA, NOW)
    rate.allow(ERIKA, NOW + seconds(10))
    assert rate.count(ERIKA, NOW + seconds(10)) == 2
    assert rate.count(ERIKA, NOW + seconds(60)) == 1
    assert rate.count("max@example.org", NOW) == 0


@given(st.lists(st.timedeltas(timedelta(0), MINUTE), max_size=40), st.integers(1, 5))
def test_no_stretch_of_time_has_more_events_than_the_limit(steps, limit):
    rate, now, allowed = Rate(limit, MINUTE), NOW, []
    for step in steps:
        now += step
        if rate.allow(ERIKA, now):
            allowed.append(now)
    for start in allowed:
        assert sum(start <= event < start + MINUTE for event in allowed) <= limit


@given(steps, st.integers(1, 4))
def test_however_the_clock_jumps_the_limit_is_over_after_the_time(steps, limit):
    rate, now = Rate(limit, MINUTE), NOW
    for step in steps:
        now += step
        rate.allow(ERIKA, now)
        assert rate.count(ERIKA, now) <= limit
    assert rate.count(ERIKA, now) <= limit
    assert rate.allow(ERIKA, now + MINUTE)


def test_threads_together_keep_to_the_limit():
    rate = Rate(10, MINUTE)
    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(lambda _: rate.allow(ERIKA, NOW), range(200)))
    assert sum(allowed) == 10


def test_memory_is_bounded_and_the_oldest_are_forgotten():
    pauses, rate = Pauses(capacity=10), Rate(1, MINUTE, capacity=10)
    for number in range(100):
        for _ in range(4):
            pauses.failed(f"{number}", NOW)
        rate.allow(f"{number}", NOW)
    assert len(pauses) == len(rate) == 10
    assert pauses.wait("99", NOW) > 0
    assert pauses.wait("0", NOW) == 0
    assert rate.count("99", NOW) == 1
    assert rate.count("0", NOW) == 0


def test_a_volume_is_that_of_a_stretch_of_time():
    volume = Volume(MINUTE * 10)
    volume.add(ERIKA, 3, NOW)
    volume.add(ERIKA, 4, NOW + MINUTE)
    assert volume.sum(ERIKA, NOW + MINUTE) == 7
    assert volume.sum("max@example.org", NOW) == 0
    assert volume.sum(ERIKA, NOW + MINUTE * 10) == 4
    assert volume.sum(ERIKA, NOW + MINUTE * 11) == 0


def test_what_is_taken_back_does_not_count():
    volume = Volume(MINUTE * 10)
    volume.add(ERIKA, 3, NOW)
    volume.add(ERIKA, -3, NOW)
    assert volume.sum(ERIKA, NOW) == 0


def test_no_address_can_be_read_from_the_memory():
    pauses, rate = after_failures(4), Rate(3, MINUTE)
    rate.allow(ERIKA, NOW)
    assert len(pauses) == len(rate) == 1
    assert "erika" not in everything_in(pauses) + everything_in(rate)


@pytest.mark.parametrize("key", ["", "\ud800", "x" * 100_000])
def test_every_text_can_be_a_key(key):
    pauses = Pauses()
    pauses.failed(key, NOW)
    assert len(pauses) == 1


def test_one_second_is_said_in_the_singular():
    assert "one second" in TooManyAttempts(0.4).message
    assert TooManyAttempts(1.4).message.mapping == {"seconds": 2}
