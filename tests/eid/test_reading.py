"""What a card said becomes attributes, with every character of it."""

from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.reading import attributes_of
from collective.servicekonto.eid.reading import country
from collective.servicekonto.eid.reading import values_of
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from hypothesis import given
from hypothesis import strategies as st
from tests.eid.provider import ERIKA
import pytest
import unicodedata


def read(**values):
    """Return what is made of these values, by the names of operations."""
    return values_of(Result({Operation[name]: each for name, each in values.items()}))


def test_a_card_proves_the_minimum_data_and_more():
    assert values_of(ERIKA) == {
        "given_names": "ERIKA MARIA",
        "family_name": "MUSTERMANN",
        "birth_name": "GABLER",
        "doctoral_degree": "",
        "date_of_birth": "1964-08-12",
        "place_of_birth": "BERLIN",
        "nationality": "DE",
        "address": {
            "street": "HEIDESTRASSE 17",
            "postal_code": "51147",
            "city": "KÖLN",
            "country": "DE",
        },
    }


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "Zs"]), max_size=40))
def test_names_keep_every_character(name):
    kept = read(FAMILY_NAMES=name)["family_name"]
    assert kept == unicodedata.normalize("NFC", name).strip()


@pytest.mark.parametrize("name", ["Ḥǧ̈ẞ", "Đặng", "Ņiķita", "O’Neill-Ÿsaÿe", "ẞ"])
def test_rare_characters_are_kept(name):
    kept = read(GIVEN_NAMES=unicodedata.normalize("NFD", name))["given_names"]
    assert kept == unicodedata.normalize("NFC", name)


def test_empty_on_the_card_is_proven_to_be_none():
    attribute = attributes_of(read(BIRTH_NAME=""), 7)["birth_name"]
    assert attribute.value == ""
    assert attribute.level is TrustLevel.HIGH
    assert attribute.source is Source.ONLINE_AUSWEIS
    assert attribute.since == 7


def test_what_was_not_read_is_absent():
    assert read(GIVEN_NAMES="ERIKA") == {"given_names": "ERIKA"}


def test_who_has_no_residence_in_germany_has_no_address():
    place = Place(no_place="keine Hauptwohnung in Deutschland")
    assert read(PLACE_OF_RESIDENCE=place) == {"address": ""}


def test_a_place_may_be_one_text():
    place = Place(text="Hafen 3, Samoa")
    assert read(PLACE_OF_RESIDENCE=place)["address"]["street"] == "Hafen 3, Samoa"
    assert read(PLACE_OF_BIRTH=place)["place_of_birth"] == "Hafen 3, Samoa"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("D", "DE"),
        ("D<<", "DE"),
        ("AUT", "AT"),
        ("TUR", "TR"),
        ("RKS", "XK"),
        ("XXA", ""),
        ("SUN", ""),
        ("", ""),
    ],
)
def test_countries_have_two_letters_here(code, expected):
    assert country(code) == expected


def test_a_nationality_that_is_no_country_is_not_kept():
    assert read(NATIONALITY="XXA") == {}


@given(st.text(max_size=8))
def test_no_code_breaks_it(code):
    assert len(country(code)) in (0, 2)
