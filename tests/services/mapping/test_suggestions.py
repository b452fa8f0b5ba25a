"""What the name of a field suggests."""

from collective.servicekonto.services.mapping.suggestions import _KEYS
from collective.servicekonto.services.mapping.suggestions import suggestion
from hypothesis import given
from hypothesis import strategies as st
import pytest


OFFERED = {key: key for key in set(_KEYS.values())}


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("vorname", "", "given_names"),
        ("feld1", "Vorname(n)", "given_names"),
        ("field_7", "First name", "given_names"),
        ("x", "Straße / Hausnummer", "address/street"),
        ("x", "PLZ", "address/postal_code"),
        ("x", "E-Mail", "email"),
        ("x", "E-Mail-Adresse", "email"),
        ("x", "Staatsangehörigkeit", "nationality"),
        ("x", "Kfz-Kennzeichen", "Fahrzeug/licence_plate"),
        ("x", "IBAN", "Bankverbindung/iban"),
        ("bemerkung", "Was Sie uns noch sagen möchten", None),
    ],
)
def test_german_and_english_names_are_known(name, title, expected):
    assert suggestion(name, title, OFFERED) == expected


def test_what_is_not_offered_is_not_suggested():
    assert suggestion("vorname", "Vorname", {}) is None


def test_a_title_counts_more_than_a_name():
    assert suggestion("name", "Vorname", OFFERED) == "given_names"


def test_an_attribute_of_the_webmaster_is_found_by_its_title():
    offered = OFFERED | {"schuhgroesse": "Schuhgröße"}
    assert suggestion("x", "schuhgroesse:", offered) == "schuhgroesse"


@given(st.text(), st.text())
def test_any_name_is_understood_or_not(name, title):
    assert suggestion(name, title, OFFERED) in {None, *OFFERED}
