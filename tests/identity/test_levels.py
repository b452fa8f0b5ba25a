"""Trust levels are ordered."""

from collective.servicekonto.identity.levels import TrustLevel
from itertools import pairwise
import pytest


def test_the_levels_rise_from_basisregistrierung_to_hoch():
    assert [level.value for level in sorted(TrustLevel)] == [
        "basisregistrierung",
        "niedrig",
        "substanziell",
        "hoch",
    ]


@pytest.mark.parametrize(("lower", "higher"), pairwise(TrustLevel))
def test_each_level_is_above_the_one_before(lower, higher):
    assert lower < higher
    assert higher > lower
    assert lower <= higher
    assert higher >= lower
    assert lower != higher


def test_an_attribute_leaves_at_most_at_the_level_of_the_session():
    assert min(TrustLevel.HIGH, TrustLevel.LOW) is TrustLevel.LOW


def test_levels_are_not_compared_with_words():
    with pytest.raises(TypeError):
        assert TrustLevel.LOW < "hoch"


def test_a_level_is_found_by_its_german_word():
    assert TrustLevel("substanziell") is TrustLevel.SUBSTANTIAL
