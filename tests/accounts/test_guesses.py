"""What guessing costs: the same for many attempts at once as one after the other."""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts.throttle import FREE_FAILURES
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import time


NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ERIKA = guesses.Attempt("erika@example.org", "192.0.2.7", known_device=False)


def guess(number):
    """Guess wrongly; checking takes a while. Return whether it was checked."""
    pause = guesses.begin(ERIKA, NOW)
    if not pause:
        time.sleep(0.05)
        guesses.failed(ERIKA)
    return not pause


def test_guesses_at_the_same_time_are_not_more_than_one_after_the_other():
    with ThreadPoolExecutor(16) as threads:
        checked = sum(threads.map(guess, range(16)))
    assert checked == FREE_FAILURES + 1


def test_who_is_right_waits_no_longer_whoever_guesses_meanwhile():
    for _number in range(FREE_FAILURES):
        assert guess(_number)
    assert guesses.begin(ERIKA, NOW) == 0
    guesses.succeeded(ERIKA, NOW)
    assert all(guess(number) for number in range(FREE_FAILURES + 1))


def test_success_is_no_failure_of_the_network_or_of_the_address():
    for _number in range(2 * guesses.FREE_FOR_NETWORK):
        assert guesses.begin(ERIKA, NOW) == 0
        guesses.succeeded(ERIKA, NOW)


def test_what_came_to_nothing_is_not_counted():
    for _number in range(2 * guesses.FREE_FOR_NETWORK):
        assert guesses.begin(ERIKA, NOW) == 0
        guesses.given_up(ERIKA, NOW)


def test_pauses_still_grow_while_passwords_are_checked():
    for number in range(FREE_FAILURES + 1):
        assert guess(number)
    assert guesses.begin(ERIKA, NOW) > 0
    assert guesses.begin(ERIKA, NOW + timedelta(seconds=2)) == 0
