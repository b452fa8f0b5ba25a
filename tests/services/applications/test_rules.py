"""The rules of applications, without Plone."""

from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import can_be_withdrawn
from collective.servicekonto.services.applications.rules import ChangeRefused
from collective.servicekonto.services.applications.rules import check_change
from collective.servicekonto.services.applications.rules import DECIDED
from collective.servicekonto.services.applications.rules import due_on
from collective.servicekonto.services.applications.rules import is_decided
from collective.servicekonto.services.applications.rules import keep_until
from collective.servicekonto.services.applications.rules import MOVES
from collective.servicekonto.services.applications.rules import OPEN
from collective.servicekonto.services.applications.rules import RETENTION
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.applications.rules import takes_documents
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st
import pytest


NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

states = st.sampled_from(State)
actors = st.sampled_from(Actor)
times = st.integers(1, 36500).map(lambda days: timedelta(days=days))
retentions = st.dictionaries(states, times)


def is_allowed(before, after, by):
    """Tell whether somebody can bring an application from one state into the other."""
    try:
        check_change(before, after, by, MOVES[before])
    except ChangeRefused:
        return False
    return True


def reachable(start, by):
    """Return the states into which they can bring an application, step by step."""
    found, new = set(), {start}
    while new:
        found |= new
        new = {a for b in new for a in MOVES[b] if is_allowed(b, a, by)} - found
    return found


def test_every_state_is_open_or_decided():
    assert DECIDED | OPEN == set(State) == set(MOVES)
    assert not DECIDED & OPEN


@given(states, states, actors)
def test_what_is_decided_stays_so(before, after, by):
    if before in DECIDED:
        assert not is_allowed(before, after, by)


@given(states)
def test_an_office_can_decide_whatever_is_open(before):
    if before in OPEN:
        assert reachable(before, Actor.OFFICE) >= DECIDED
        assert all(is_allowed(before, one, Actor.OFFICE) for one in DECIDED)


@given(states)
def test_citizens_decide_nothing_but_to_withdraw(before):
    more = reachable(before, Actor.CITIZEN) - {before}
    assert more <= {State.ANSWERED, State.WITHDRAWN}
    assert (State.ANSWERED in more) == (before is State.QUERIED)


@given(states)
def test_citizens_can_withdraw_until_it_is_decided(state):
    decided = is_decided(state, MOVES[state])
    assert can_be_withdrawn(decided, MOVES[state]) == (state in OPEN)
    assert is_allowed(state, State.WITHDRAWN, Actor.CITIZEN) == (state in OPEN)


def test_a_state_of_the_webmaster_is_an_end_where_no_other_follows():
    assert not is_decided("at_the_council", {"approved"})
    assert is_decided("partly_approved", set())


@given(states, st.booleans())
def test_documents_are_taken_until_it_is_decided_where_the_service_wants_them(
    state, allowed
):
    decided = is_decided(state, MOVES[state])
    assert takes_documents(decided, allowed) == (allowed and state in OPEN)


@given(states, retentions)
def test_the_service_says_how_long_what_is_decided_is_kept(state, kept):
    end = keep_until(state, state in DECIDED, NOW, kept)
    if state in DECIDED and state in kept:
        assert end == NOW + kept[state]


@given(states, retentions)
def test_everything_is_kept_for_some_time_and_nothing_for_good(state, kept):
    end = keep_until(state, state in DECIDED, NOW, kept)
    assert NOW < end <= NOW + max([RETENTION, *kept.values()])


@given(states, retentions)
def test_what_is_open_is_kept_at_least_as_long_as_what_is_decided(state, kept):
    decided = (keep_until(one, True, NOW, kept) for one in DECIDED)
    assert keep_until(state, False, NOW, kept) >= max(decided)


def test_a_service_can_do_without_a_day_for_the_decision():
    assert due_on(date(2026, 11, 23), None) is None
    assert due_on(date(2026, 11, 23), 14) == date(2026, 12, 7)


def test_what_is_not_possible_says_so():
    with pytest.raises(ChangeRefused):
        check_change(
            State.SUBMITTED, State.ANSWERED, Actor.OFFICE, MOVES[State.SUBMITTED]
        )
