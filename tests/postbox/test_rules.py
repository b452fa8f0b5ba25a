"""Where a message lies, and who may do what with it."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from datetime import date
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
import pytest


states = st.sampled_from(State)
kinds = st.sampled_from(Kind)
levels = st.sampled_from(TrustLevel)
times = st.integers(1, 2**40)


@given(states, kinds)
def test_a_message_lies_in_exactly_one_folder(state, kind):
    assert rules.folder_of(state, kind) in Folder


def test_every_state_but_the_end_leads_somewhere_and_every_state_is_reached():
    assert {state for state in State if not rules.MOVES[state]} == {State.GONE}
    reached = set().union(*rules.MOVES.values())
    assert reached == set(State) - {State.WAITING}


def test_what_is_gone_never_comes_back():
    for state in State:
        with pytest.raises(rules.MoveRefused):
            rules.check_move(State.GONE, state)


@given(kinds)
def test_citizens_see_neither_what_waits_nor_what_is_gone(kind):
    for state in (State.WAITING, State.GONE):
        assert rules.folder_of(state, kind) not in rules.CITIZENS_FOLDERS


@given(states)
def test_an_answer_of_the_citizen_is_never_unread_for_the_citizen(state):
    assert not rules.is_unread(state, Kind.REPLY)


@given(levels, levels)
def test_reading_needs_the_level_of_the_message(required, session):
    assert rules.is_readable(required, session) == (session >= required)


@pytest.mark.parametrize(
    ("today", "accepted"),
    [(date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_the_last_day_for_an_answer_counts(today, accepted):
    last = date(2026, 3, 31)
    assert rules.accepts_reply(State.READ, Kind.QUERY, last, today) is accepted


@given(states, kinds)
def test_without_a_last_day_nothing_can_be_answered(state, kind):
    assert not rules.accepts_reply(state, kind, None, date(2026, 1, 1))


@given(states, kinds)
def test_nothing_that_is_known_can_be_recalled(state, kind):
    assert not rules.can_be_recalled(state, True, kind)


@given(states)
def test_what_nobody_knows_is_recalled_wherever_it_lies(state):
    recalled = (State.WAITING, State.NEW, State.ARCHIVED, State.BIN)
    assert rules.can_be_recalled(state, False, Kind.DECISION) == (state in recalled)


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.SYSTEM, Kind.COPY])
def test_what_no_office_sent_is_not_recalled(kind):
    assert not rules.can_be_recalled(State.NEW, False, kind)


@given(times, st.integers(0, 2**40), times)
def test_the_bin_never_prolongs_the_life_of_a_message(keep_until, binned, end):
    assert rules.deleted_at(keep_until, binned, end) <= keep_until


@given(times, times)
def test_a_decision_stays_in_the_bin_while_one_may_object(binned, end):
    assume(binned)
    gone = rules.deleted_at(2**50, binned, end)
    assert gone >= end
    assert gone in (end, rules.deleted_at(2**50, binned))


@given(times, times)
def test_a_notice_comes_after_the_message_and_an_hour_after_the_last_one(now, last):
    due = rules.notice_at(now, last)
    assert due >= now
    assert due >= last + 3600
    assert due in (now, last + 3600)
