"""What the browser sent is kept by field, and nothing else of it."""

from collective.servicekonto.services.filling import entries
from hypothesis import given
from hypothesis import strategies as st
import pytest


FIELDS = ("name", "pets", "born")


def test_an_input_belongs_to_its_field():
    assert entries.field_of("form.widgets.name") == "name"
    assert entries.field_of("form.widgets.pets-empty-marker") == "pets"
    assert entries.field_of("form.widgets.pets.0.widgets.race") == "pets"
    assert entries.field_of("name") == ""


def test_only_texts_of_known_fields_are_taken():
    form = {
        "form.widgets.name": "Erika",
        "form.widgets.pets": ["Rex", "Bello"],
        "form.widgets.born": 17,
        "form.widgets.removed": "by the editor",
        "csrf": "token",
    }
    assert entries.sent(form, FIELDS) == {
        "form.widgets.name": "Erika",
        "form.widgets.pets": ["Rex", "Bello"],
    }


def test_control_characters_are_not_taken():
    form = {"form.widgets.name": "Er\x00ika\x1b[2J\u202e\r\nM."}
    assert entries.sent(form, FIELDS) == {"form.widgets.name": "Erika[2J\nM."}


def test_a_field_that_was_sent_replaces_all_of_its_inputs():
    kept = {"form.widgets.pets": ["Rex"], "form.widgets.name": "Erika"}
    new = {"form.widgets.pets-empty-marker": "1"}
    assert entries.merged(kept, new) == {
        "form.widgets.pets-empty-marker": "1",
        "form.widgets.name": "Erika",
    }


def test_more_than_anybody_types_is_refused():
    with pytest.raises(entries.TooMuch):
        entries.merged({}, {"form.widgets.name": "x" * entries.MAXIMUM_SIZE})
    many = {f"form.widgets.pets.{n}": "" for n in range(entries.MAXIMUM_INPUTS + 1)}
    with pytest.raises(entries.TooMuch):
        entries.merged({}, many)


def test_more_lines_than_anybody_types_are_refused():
    lines = "\n" * (entries.MAXIMUM_LINES // 2)
    kept = entries.merged({}, {"form.widgets.name": lines})
    with pytest.raises(entries.TooMuch):
        entries.merged(kept, {"form.widgets.pets": [lines, lines]})
    with pytest.raises(entries.TooMuch):
        entries.merged({}, {"form.widgets.name": "\n" * 90_000})


values = st.dictionaries(
    st.sampled_from([f"form.widgets.{name}" for name in FIELDS]), st.text(max_size=20)
)


@given(values, values)
def test_what_was_sent_last_counts(first, second):
    merged = entries.merged(first, second)
    assert merged == {**first, **second}
    assert entries.without(merged, FIELDS) == {}
    assert entries.of_fields(merged, FIELDS) == merged


@given(values, values)
def test_versions_differ_where_entries_differ(first, second):
    same = entries.version(first) == entries.version(second)
    assert same == (first == second)
