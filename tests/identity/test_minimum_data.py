"""The owner is known again by six attributes, all of them, and all equal."""

from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.changes import matches_minimum_data
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.levels import TrustLevel
from functools import cache
from hypothesis import given
from itertools import combinations
from tests.identity.strategies import cases
from tests.identity.strategies import LEVELS
from tests.identity.strategies import NOW
from tests.identity.strategies import REACHED
from tests.identity.strategies import thorough
import pytest


BASIS, LOW, SUBSTANTIAL, HIGH = TrustLevel

VALUES = {
    "given_names": "ERIKA MARIA",
    "family_name": "MUSTERMANN",
    "address": {"street": "HEIDESTRASSE 17", "town": "51147 KÖLN"},
    "birth_name": "",
    "date_of_birth": "1964-08-12",
    "place_of_birth": "BERLIN",
}

CARD = {
    name: proven(value, HIGH, Source.ONLINE_AUSWEIS, NOW)
    for name, value in VALUES.items()
}

PRESENT = [MINIMUM_DATA, MINIMUM_DATA, *combinations(MINIMUM_DATA, 5)]
CHANGED = [(), (), *combinations(MINIMUM_DATA, 1)]


@cache
def at(level, names=MINIMUM_DATA, changed=()):
    """Return the data proven at the level, some of them with other values."""
    return {
        name: proven(
            "ANDERS" if name in changed else VALUES[name], level, Source.OFFICE, NOW
        )
        for name in names
    }


def test_the_minimum_data_are_those_of_german_cards():
    assert set(MINIMUM_DATA) == set(VALUES)


def test_a_new_card_with_the_same_data_is_known_again():
    assert matches_minimum_data(CARD, CARD, HIGH)


def test_what_is_stored_may_be_typed():
    stored = CARD | {"family_name": typed("MUSTERMANN", NOW)}
    assert matches_minimum_data(stored, CARD, HIGH)


@pytest.mark.parametrize("name", MINIMUM_DATA)
def test_one_difference_is_enough_to_refuse(name):
    other = proven("ANDERS", HIGH, Source.ONLINE_AUSWEIS, NOW)
    assert not matches_minimum_data(CARD, CARD | {name: other}, LOW)
    assert not matches_minimum_data(CARD | {name: other}, CARD, LOW)


@pytest.mark.parametrize("name", MINIMUM_DATA)
def test_nothing_may_be_missing(name):
    less = {other: value for other, value in CARD.items() if other != name}
    assert not matches_minimum_data(less, CARD, LOW)
    assert not matches_minimum_data(CARD, less, LOW)
    assert not matches_minimum_data(less, less, LOW)


def test_capital_letters_matter():
    stored = CARD | {"family_name": typed("Mustermann", NOW)}
    assert not matches_minimum_data(stored, CARD, LOW)


def test_a_birth_name_nobody_asked_for_is_not_a_proven_empty_one():
    read = {name: value for name, value in CARD.items() if name != "birth_name"}
    assert not matches_minimum_data(CARD, read, LOW)


def test_typed_data_show_nobody_even_where_no_level_is_wanted():
    entered = CARD | {"place_of_birth": typed("BERLIN", NOW)}
    assert not matches_minimum_data(CARD, entered, BASIS)


@given(cases(PRESENT, PRESENT, REACHED, REACHED, LEVELS, CHANGED))
@thorough
def test_all_are_there_equal_and_proven_well_enough(case):
    stored, verified, was, level, wanted, changed = case
    assert matches_minimum_data(
        at(was, stored), at(level, verified, changed), wanted
    ) == (
        len(stored) == len(verified) == len(MINIMUM_DATA)
        and not changed
        and level >= wanted
    )
