"""An attribute leaves at most at its own level and at that of the session."""

from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.release import LevelTooLow
from collective.servicekonto.identity.release import release
from collective.servicekonto.identity.release import release_at
from collective.servicekonto.identity.release import Released
from hypothesis import given
from tests.identity.strategies import ATTRIBUTES
from tests.identity.strategies import cases
from tests.identity.strategies import LEVELS
from tests.identity.strategies import NOW
from tests.identity.strategies import REACHED
from tests.identity.strategies import thorough
import pytest


BASIS, LOW, SUBSTANTIAL, HIGH = TrustLevel

NAME = proven("MUSTERMANN", HIGH, Source.ONLINE_AUSWEIS, NOW)
EMAIL = proven("x@y.z", LOW, Source.LINK, NOW)
PHONE = typed("+999 1234 567890", NOW)
NO_BIRTH_NAME = proven("", HIGH, Source.ONLINE_AUSWEIS, NOW)


@pytest.mark.parametrize(
    ("attribute", "session", "level"),
    [
        (NAME, HIGH, HIGH),
        (NAME, SUBSTANTIAL, SUBSTANTIAL),
        (NAME, LOW, LOW),
        (EMAIL, HIGH, LOW),
        (EMAIL, LOW, LOW),
        (PHONE, HIGH, BASIS),
        (PHONE, LOW, BASIS),
    ],
)
def test_each_attribute_leaves_at_a_level_of_its_own(attribute, session, level):
    assert release(attribute, session) == Released(attribute.value, level)


def test_absent_and_proven_empty_differ():
    assert release(None, HIGH) == Released(None, BASIS)
    assert release(NO_BIRTH_NAME, HIGH) == Released("", HIGH)


@pytest.mark.parametrize("required", [LOW, SUBSTANTIAL, HIGH])
def test_a_service_never_gets_less_than_it_requires(required):
    with pytest.raises(LevelTooLow):
        release_at(PHONE, HIGH, required)
    with pytest.raises(LevelTooLow):
        release_at(None, HIGH, required)


def test_a_service_without_demands_gets_everything():
    assert release_at(PHONE, LOW, BASIS).level is BASIS
    assert release_at(None, LOW, BASIS).value is None


def test_the_refusal_tells_which_level_is_missing():
    with pytest.raises(LevelTooLow) as caught:
        release_at(NAME, LOW, HIGH)
    refusal = caught.value
    assert (refusal.attribute, refusal.session, refusal.required) == (HIGH, LOW, HIGH)


def test_the_refusal_does_not_repeat_the_value():
    with pytest.raises(LevelTooLow) as caught:
        release_at(NAME, LOW, HIGH)
    assert "MUSTERMANN" not in str(caught.value)


@given(cases(ATTRIBUTES, REACHED))
@thorough
def test_an_attribute_leaves_at_the_lower_of_both_levels(case):
    attribute, session = case
    released = release(attribute, session)
    assert released.level <= attribute.level
    assert released.level <= session
    assert released.level in (attribute.level, session)
    assert released.value == attribute.value


@given(cases([None, *ATTRIBUTES], REACHED, LEVELS))
@thorough
def test_what_is_released_reaches_what_is_required(case):
    attribute, session, required = case
    own = BASIS if attribute is None else attribute.level
    try:
        released = release_at(attribute, session, required)
    except LevelTooLow:
        assert own < required or session < required
        return
    assert released == release(attribute, session)
    assert min(own, session) == released.level >= required


@given(cases([None, *ATTRIBUTES], REACHED))
@thorough
def test_an_empty_value_is_above_the_lowest_level_only_when_proven(case):
    attribute, session = case
    released = release(attribute, session)
    if released.value in (None, "", []) and released.level > BASIS:
        assert attribute is not None
        assert attribute.source is not Source.TYPED
