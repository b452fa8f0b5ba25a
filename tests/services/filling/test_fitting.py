"""What the account says is put into fields of other kinds, or left out."""

from collective.servicekonto.services.filling.fitting import fitted
from collective.servicekonto.services.filling.fitting import part_of
from datetime import date
from decimal import Decimal
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary
import pytest


ADDRESS = {
    "street": "Musterweg 1",
    "postal_code": "12345",
    "city": "Musterstadt",
    "country": "FR",
}

COLOURS = SimpleVocabulary(
    [SimpleTerm("b", "brown", "Braun"), SimpleTerm("w", "w", "")]
)


@pytest.mark.parametrize(
    ("field", "name", "value", "expected"),
    [
        (schema.TextLine(), "given_names", "Erika", "Erika"),
        (schema.TextLine(), "date_of_birth", "1964-08-12", "12.08.1964"),
        (schema.TextLine(), "nationality", "FR", "Frankreich"),
        (schema.TextLine(), "address", ADDRESS, "Musterweg 1, 12345 Musterstadt, Frankreich"),
        (schema.Text(), "address", ADDRESS, "Musterweg 1\n12345 Musterstadt\nFrankreich"),
        (schema.Date(), "date_of_birth", "1964-08-12", date(1964, 8, 12)),
        (schema.Int(), "legs", "4", 4),
        (schema.Float(), "height", "0.5", 0.5),
        (schema.Decimal(), "height", "0.50", Decimal("0.50")),
        (schema.Bool(), "dangerous", False, False),
        (schema.Choice(vocabulary=COLOURS), "colour", "b", "b"),
        (schema.Choice(vocabulary=COLOURS), "colour", "brown", "b"),
        (schema.Choice(vocabulary=COLOURS), "colour", "braun", "b"),
        (schema.Set(value_type=schema.Choice(vocabulary=COLOURS)), "c", ["b", "w"], {"b", "w"}),
        (schema.List(value_type=schema.Choice(vocabulary=COLOURS)), "c", "w", ["w"]),
    ],
)  # fmt: skip
def test_a_value_that_fits(field, name, value, expected):
    assert fitted(field, name, value, "de") == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (schema.TextLine(), ""),
        (schema.TextLine(max_length=3), "Erika"),
        (schema.Date(), "1964"),
        (schema.Date(), "1964-08"),
        (schema.Int(), "four"),
        (schema.Decimal(), "much"),
        (schema.Bool(), "yes"),
        (schema.Choice(vocabulary=COLOURS), "green"),
        (schema.Set(value_type=schema.Choice(vocabulary=COLOURS)), ["b", "green"]),
        (schema.Object(schema=schema.interfaces.IField), "x"),
    ],
)
def test_a_value_that_does_not_fit_is_left_out(field, value):
    assert fitted(field, "name", value, "de") is None


def test_a_part_of_an_address_is_found():
    assert part_of(ADDRESS, "street") == "Musterweg 1"
    assert part_of(ADDRESS, "planet") == ""
    assert part_of("Erika", "") == "Erika"


def test_of_one_child_the_name_is_known_and_of_several_it_is_not():
    assert part_of([{"given_names": "Max"}], "given_names") == "Max"
    assert (
        part_of([{"given_names": "Max"}, {"given_names": "Ida"}], "given_names") == ""
    )
    assert part_of([], "given_names") == ""
