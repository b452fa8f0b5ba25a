"""An attribute has a level of its own, and only a proof can say "none"."""

from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.levels import TrustLevel
from hypothesis import given
from tests.identity.strategies import cases
from tests.identity.strategies import LEVELS
from tests.identity.strategies import NOW
from tests.identity.strategies import thorough
from tests.identity.strategies import VALUES
import pytest


def test_what_is_typed_has_the_lowest_level():
    assert typed("Erika", NOW) == Attribute(
        "Erika", TrustLevel.BASIS, Source.TYPED, NOW
    )


def test_what_the_card_says_is_on_the_highest_level():
    name = proven("ERIKA MARIA", TrustLevel.HIGH, Source.ONLINE_AUSWEIS, NOW)
    assert name.level is TrustLevel.HIGH


def test_rows_are_a_value():
    rows = [{"name": "Anna", "born": "2019-05"}]
    assert typed(rows, NOW).value == rows


@pytest.mark.parametrize(
    ("source", "level"),
    [
        (Source.TYPED, TrustLevel.BASIS),
        (Source.LINK, TrustLevel.LOW),
        (Source.OFFICE, TrustLevel.HIGH),
        (Source.ONLINE_AUSWEIS, TrustLevel.HIGH),
    ],
)
def test_a_source_has_a_highest_level(source, level):
    assert source.highest is level


def test_a_link_does_not_prove_more_than_niedrig():
    with pytest.raises(ValueError, match="source"):
        proven("x@y.z", TrustLevel.SUBSTANTIAL, Source.LINK, NOW)


@pytest.mark.parametrize("value", ["", [], {}])
def test_that_there_is_none_is_proven_and_never_typed(value):
    assert proven(value, TrustLevel.HIGH, Source.ONLINE_AUSWEIS, NOW).value == value
    with pytest.raises(ValueError, match="proven"):
        typed(value, NOW)


@pytest.mark.parametrize("value", [0, False, 0.0, " ", [""]])
def test_nought_is_a_content(value):
    assert not is_empty(value)
    assert typed(value, NOW).value == value


def test_an_attribute_cannot_be_changed():
    with pytest.raises(AttributeError):
        typed("Erika", NOW).level = TrustLevel.HIGH


@given(cases(VALUES, LEVELS, list(Source)))
@thorough
def test_the_lowest_level_and_typing_belong_together(case):
    value, level, source = case
    fitting = (level is TrustLevel.BASIS) == (source is Source.TYPED)
    possible = (
        fitting
        and level <= source.highest
        and (source is not Source.TYPED or not is_empty(value))
    )
    try:
        attribute = Attribute(value, level, source, NOW)
    except ValueError:
        assert not possible
        return
    assert possible
    assert attribute == Attribute(value, level, source, NOW)
