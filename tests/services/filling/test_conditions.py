"""The conditions of EasyForm say on the server what they say in the browser."""

from collective.servicekonto.services.filling import conditions
from hypothesis import given
from hypothesis import strategies as st
import pytest


ENTRIES = {"animal": ["dog"], "age": ["17"], "dangerous": [], "note": ["a dog, a cat"]}


def holds(condition):
    """Evaluate a condition for the entries above."""
    return conditions.holds(condition, lambda name: ENTRIES.get(name, []))


@pytest.mark.parametrize(
    "condition",
    [
        "animal",
        "animal=dog",
        "condition: animal=dog; action: show",
        "animal != cat",
        "not dangerous",
        "age<18 and animal=dog",
        "age >= 18 or animal=dog",
        "not (age>=18 and animal=dog)",
        'animal="dog"',
        "note ~= cat",
        "unknown!=x",
    ],
)
def test_a_condition_that_is_met(condition):
    assert holds(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "dangerous",
        "animal=cat",
        "not animal",
        "age>=18",
        "age>=many",
        "animal=cat or dangerous",
        "animal=dog and dangerous",
        "condition: animal=cat; action: enable",
        "note ~= horse",
    ],
)
def test_a_condition_that_is_not_met(condition):
    assert not holds(condition)


@pytest.mark.parametrize(
    "condition", ["", "and", "(animal=cat", "animal=", "a b c", "!"]
)
def test_a_condition_that_nobody_understands_hides_nothing(condition):
    assert holds(condition)
    assert conditions.names(condition) == []


def test_the_inputs_that_a_condition_looks_at_are_known():
    condition = "form.widgets.animal:list=dog and not (form.widgets.age<18)"
    names = conditions.names(condition)
    assert names == ["form.widgets.animal:list", "form.widgets.age"]


@given(st.text(alphabet='ab=<>!~()"; andornot', max_size=40))
def test_no_text_breaks_it(condition):
    conditions.holds(condition, lambda name: ["a"])


@given(st.booleans(), st.booleans(), st.booleans())
def test_and_binds_more_tightly_than_or(first, second, third):
    values = {"a": first, "b": second, "c": third}

    def values_of(name):
        return ["yes"] if values[name] else []

    expected = first or (second and third)
    assert conditions.holds("a or b and c", values_of) is expected
