"""Whoever holds only a weak means gains nothing by registering, blocking, removing."""

from collective.servicekonto.identity.means import block
from collective.servicekonto.identity.means import confirm
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import level_reached
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.identity.means import may_register
from collective.servicekonto.identity.means import may_remove
from collective.servicekonto.identity.means import may_remove_lost
from collective.servicekonto.identity.means import may_unblock
from collective.servicekonto.identity.means import Means
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.identity.means import remove
from collective.servicekonto.identity.means import remove_lost
from collective.servicekonto.identity.means import unblock
from dataclasses import replace
from hypothesis import given
from itertools import product
from tests.identity.strategies import ALL_MEANS
from tests.identity.strategies import cases
from tests.identity.strategies import NOW
from tests.identity.strategies import ONE_MEANS
from tests.identity.strategies import REACHED
from tests.identity.strategies import thorough
import pytest


LOW, SUBSTANTIAL, HIGH = REACHED

PASSWORD = Means("1", Kind.PASSWORD, "Passwort", 1, confirmed=True)
PASSKEY = Means("2", Kind.PASSKEY, "Telefon", 2, confirmed=True)
CARD = Means("3", Kind.ONLINE_AUSWEIS, "Ausweis", 3, confirmed=True)


@pytest.mark.parametrize(
    ("kind", "level"), zip(Kind, [LOW, SUBSTANTIAL, HIGH], strict=True)
)
def test_each_kind_reaches_exactly_one_level(kind, level):
    assert kind.level is level


@pytest.mark.parametrize(
    ("means", "level"),
    [
        ([], LOW),
        ([PASSWORD], LOW),
        ([PASSWORD, PASSKEY], SUBSTANTIAL),
        ([CARD, PASSWORD], HIGH),
        ([CARD], HIGH),
    ],
)
def test_the_account_has_the_highest_level_of_its_means(means, level):
    assert maximal_level(means) is level


def test_a_means_counts_when_it_was_confirmed():
    new = Means("3", Kind.ONLINE_AUSWEIS, "Ausweis", NOW)
    assert maximal_level([PASSWORD, new]) is LOW
    assert level_reached(new, [PASSWORD, new]) is None
    used = confirm(new, "session", "session")
    assert maximal_level([PASSWORD, used]) is HIGH
    assert level_reached(used, [PASSWORD, used]) is HIGH


def test_a_means_is_confirmed_in_the_session_that_registered_it():
    new = Means("3", Kind.ONLINE_AUSWEIS, "Ausweis", NOW)
    with pytest.raises(MeansRefused):
        confirm(new, "session", "another session")


@pytest.mark.parametrize("kind", Kind)
def test_a_new_account_begins_with_any_means(kind):
    assert may_register(kind, LOW, [])


def test_an_account_is_upgraded_from_its_maximal_level():
    assert may_register(Kind.ONLINE_AUSWEIS, LOW, [PASSWORD])
    assert not may_register(Kind.ONLINE_AUSWEIS, LOW, [PASSWORD, PASSKEY])
    assert may_register(Kind.ONLINE_AUSWEIS, SUBSTANTIAL, [PASSWORD, PASSKEY])


def test_a_means_of_a_level_that_exists_needs_a_session_of_that_level():
    means = [PASSWORD, CARD]
    assert may_register(Kind.PASSKEY, SUBSTANTIAL, means)
    assert not may_register(Kind.PASSKEY, LOW, means)
    assert not may_register(Kind.ONLINE_AUSWEIS, SUBSTANTIAL, means)
    assert may_register(Kind.ONLINE_AUSWEIS, HIGH, means)


def test_a_blocked_card_still_protects_the_account():
    means = [PASSWORD, block(CARD, NOW)]
    assert maximal_level(means) is HIGH
    assert not may_register(Kind.ONLINE_AUSWEIS, LOW, means)
    assert not may_register(Kind.PASSKEY, LOW, means)
    assert not may_remove(means[1], LOW, means)


def test_a_removed_card_protects_it_no_longer():
    means = remove(CARD, HIGH, [PASSWORD, CARD])
    assert maximal_level(means) is LOW
    assert may_register(Kind.ONLINE_AUSWEIS, LOW, means)


def test_a_blocked_means_lets_nobody_in():
    blocked = block(CARD, NOW)
    assert blocked.blocked == NOW
    assert level_reached(blocked, [PASSWORD, blocked]) is None


def test_blocking_twice_keeps_the_first_time():
    assert block(block(CARD, NOW), NOW + 60).blocked == NOW


def test_a_passkey_is_used_with_a_password():
    assert level_reached(PASSKEY, [PASSWORD, PASSKEY]) is SUBSTANTIAL
    assert level_reached(PASSKEY, [block(PASSWORD, NOW), PASSKEY]) is None
    assert level_reached(PASSKEY, [CARD, PASSKEY]) is None


def test_unblocking_needs_the_level_and_the_means_itself():
    blocked = block(CARD, NOW)
    assert unblock(blocked, HIGH, {CARD.id}) == CARD
    for session_level, used in [(SUBSTANTIAL, {CARD.id}), (HIGH, {PASSWORD.id})]:
        assert not may_unblock(blocked, session_level, used)
        with pytest.raises(MeansRefused):
            unblock(blocked, session_level, used)


def test_a_password_remains():
    with pytest.raises(MeansRefused):
        remove(PASSWORD, HIGH, [PASSWORD, CARD])
    second = Means("4", Kind.PASSWORD, "", 4, confirmed=True)
    assert remove(PASSWORD, LOW, [PASSWORD, second]) == (second,)
    assert not may_remove(PASSWORD, LOW, [PASSWORD, block(second, NOW)])


def test_the_last_means_remains():
    assert not may_remove(CARD, HIGH, [CARD])
    assert not may_remove(CARD, HIGH, [CARD, block(PASSWORD, NOW)])


def test_a_means_that_was_never_confirmed_can_go():
    new = Means("3", Kind.ONLINE_AUSWEIS, "Ausweis", NOW)
    assert remove(new, LOW, [PASSWORD, new]) == (PASSWORD,)


def test_a_lost_passkey_goes_once_it_is_blocked():
    lost = block(PASSKEY, NOW)
    means = [PASSWORD, lost]
    assert not may_remove(lost, LOW, means)
    left = remove_lost(lost, means)
    assert left == (PASSWORD,)
    assert may_register(Kind.PASSKEY, LOW, left)


def test_a_passkey_that_is_not_blocked_is_not_lost():
    with pytest.raises(MeansRefused):
        remove_lost(PASSKEY, [PASSWORD, PASSKEY])


def test_a_lost_passkey_stays_where_no_password_proves_its_owner():
    lost = block(PASSKEY, NOW)
    assert not may_remove_lost(lost, [lost])
    assert not may_remove_lost(lost, [block(PASSWORD, NOW), CARD, lost])


def test_a_card_never_goes_as_lost():
    lost = block(CARD, NOW)
    assert not may_remove_lost(lost, [PASSWORD, lost])


@given(cases(ALL_MEANS, ONE_MEANS))
@thorough
def test_as_lost_go_blocked_passkeys_alone_and_a_password_remains(case):
    others, one = case
    means = [one, *(each for each in others if each != one)]
    if not may_remove_lost(one, means):
        return
    assert one.kind is Kind.PASSKEY
    assert one.blocked
    left = remove_lost(one, means)
    assert one not in left
    assert any(each.usable and each.kind is Kind.PASSWORD for each in left)


@given(cases(ALL_MEANS))
@thorough
def test_only_confirmed_means_make_the_maximal_level(case):
    (means,) = case
    level = maximal_level(means)
    assert level >= LOW
    assert all(level >= each.kind.level for each in means if each.confirmed)
    assert level is LOW or any(each.kind.level is level for each in means)
    assert maximal_level([block(each, NOW) for each in means]) is level


@given(cases(ALL_MEANS, ONE_MEANS))
@thorough
def test_no_log_in_reaches_more_than_the_maximal_level(case):
    means, one = case
    reached = level_reached(one, [*means, one])
    if reached is not None:
        assert one.usable
        assert reached is one.kind.level <= maximal_level([*means, one])


@given(cases(list(Kind), REACHED, ALL_MEANS))
@thorough
def test_registering_needs_its_level_or_all_that_the_account_has(case):
    kind, session_level, means = case
    confirmed = [each.kind.level for each in means if each.confirmed]
    assert may_register(kind, session_level, means) == (
        not confirmed or session_level >= kind.level or session_level >= max(confirmed)
    )


@given(cases(ONE_MEANS, REACHED, ALL_MEANS))
@thorough
def test_removing_leaves_a_way_in_and_never_unlocks_anything(case):
    one, session_level, others = case
    means = [one, *(each for each in others if each != one)]
    if not may_remove(one, session_level, means):
        return
    left = remove(one, session_level, means)
    assert one not in left
    if one.confirmed:
        assert any(each.usable for each in left)
        assert session_level >= one.kind.level


MINE = "what the attacker can present"
KNOWN_PASSWORD = replace(PASSWORD, label=MINE)


def _register(kind, level, means):
    new = Means(f"own-{len(means)}", kind, MINE, NOW)
    return [*means, new] if may_register(kind, level, means) else means


def _confirm(kind, level, means):
    return [
        confirm(each, "session", "session")
        if (each.kind, each.label) == (kind, MINE)
        else each
        for each in means
    ]


def _block(kind, level, means):
    return [block(each, NOW) if each.kind is kind else each for each in means]


def _unblock(kind, level, means):
    used = {each.id for each in means if each.label == MINE}
    return [
        unblock(each, level, used)
        if each.kind is kind and may_unblock(each, level, used)
        else each
        for each in means
    ]


def _remove(kind, level, means):
    for each in means:
        if each.kind is kind and may_remove(each, level, means):
            return list(remove(each, level, means))
    return means


ATTEMPTS = list(product([_register, _confirm, _block, _unblock, _remove], Kind))
OF_THE_OWNER = [[PASSKEY], [CARD], [PASSKEY, CARD]]


@given(cases(OF_THE_OWNER, *[ATTEMPTS] * 7))
@thorough
def test_with_the_password_alone_nobody_gets_any_higher(case):
    of_the_owner, *attempts = case
    means = [KNOWN_PASSWORD, *of_the_owner]
    for attempt, kind in attempts:
        means = attempt(kind, LOW, means)
        reached = {level_reached(each, means) for each in means if each.label == MINE}
        assert reached <= {LOW, None}
    assert {each.id for each in of_the_owner} <= {each.id for each in means}
