"""What may be kept in the profile, and how it is told when not."""

from collective.servicekonto.selfservice.profile import rules
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.rules import EntryProblem
from contextlib import suppress
from datetime import date
from hypothesis import given
from hypothesis import strategies as st
from zope import schema
from zope.schema.vocabulary import SimpleVocabulary
import pytest
import unicodedata


TODAY = date(2026, 11, 23)


def asked(name="remark", kind=schema.TextLine, **options):
    """Return the question that a field asks."""
    return question(kind(__name__=name, title=name, required=False, **options), None)


def choice(name, *values):
    """Return a question with options."""
    return asked(name, schema.Choice, vocabulary=SimpleVocabulary.fromValues(values))


def keep(one, entry):
    """Return what is kept of an entry."""
    return rules.cleaned(one, entry, TODAY)


ADDRESS = Group(
    "address",
    "Address",
    (
        asked("street"),
        asked("postal_code"),
        asked("city"),
        choice("country", "DE", "AT", "GB"),
    ),
)
ACCOUNTS = Rows("Bankverbindung", "Bank account", "", (asked("bank"), asked("iban")))
IBAN = "DE89370400440532013000"

EVERY_KIND = [
    asked(),
    asked(kind=schema.Text),
    asked(kind=schema.Int),
    asked(kind=schema.Float),
    asked(kind=schema.Decimal),
    asked(kind=schema.Date),
    asked(kind=schema.Bool),
    asked(kind=schema.URI),
    asked("date_of_birth"),
    asked("iban"),
    asked("postal_code"),
    asked("telephone"),
    asked("given_names"),
    choice("breed", "Dackel", "Pudel"),
]


@pytest.mark.parametrize("one", EVERY_KIND)
@pytest.mark.parametrize("nothing", ["", "  "])
def test_nothing_is_mandatory(one, nothing):
    assert keep(one, nothing) == ""


@pytest.mark.parametrize("one", EVERY_KIND)
@given(entry=st.text(max_size=60))
def test_any_text_is_kept_or_refused(one, entry):
    with suppress(EntryProblem):
        keep(one, entry)


@pytest.mark.parametrize(
    ("one", "entry", "value"),
    [
        (asked(), "  Rathaus   am Markt ", "Rathaus am Markt"),
        (asked(), "<script>alert(1)</script>", "<script>alert(1)</script>"),
        (asked(), "Zoe\u0308", "Zo\u00eb"),
        (asked(kind=schema.Text), " one\ntwo ", "one\ntwo"),
        (asked(kind=schema.Int), " 12 ", 12),
        (asked(kind=schema.Float), "12,5", "12.5"),
        (asked(kind=schema.Date), "1.2.2030", "2030-02-01"),
        (asked(kind=schema.Date), "2030-02-01", "2030-02-01"),
        (asked(kind=schema.Bool), "no", False),
        (asked(kind=schema.Bool), "yes", True),
        (asked(kind=schema.URI), "https://example.org", "https://example.org"),
        (asked("date_of_birth"), "5.1950", "1950-05"),
        (asked("date_of_birth"), "1950", "1950"),
        (asked("date_of_birth"), "24.05.1950", "1950-05-24"),
        (asked("iban"), "DE89 3704 0044 0532 0130 00", IBAN),
        (asked("iban"), "de89370400440532013000", IBAN),
        (asked("iban"), "AT611904300234573201", "AT611904300234573201"),
        (asked("telephone"), "+49 (0)30 / 12-34", "+49 (0)30 / 12-34"),
        (asked("given_names"), " Erika  Maria ", "Erika Maria"),
        (choice("breed", "Dackel", "Pudel"), "Pudel", "Pudel"),
    ],
)
def test_what_is_right_is_kept_in_one_form(one, entry, value):
    assert keep(one, entry) == value


@pytest.mark.parametrize(
    ("one", "entry"),
    [
        (asked(), "invisible\u202esign"),
        (asked(), "null\x00"),
        (asked(), "x" * 201),
        (asked(max_length=5), "123456"),
        (asked(kind=schema.Text), "x" * 2001),
        (asked(kind=schema.Int), "twelve"),
        (asked(kind=schema.Int), "1.5"),
        (asked(kind=schema.Int, max=9), "10"),
        (asked(kind=schema.Float), "1,2,3"),
        (asked(kind=schema.Date), "31.2.2030"),
        (asked(kind=schema.Date), "tomorrow"),
        (asked(kind=schema.Date, min=TODAY), "22.11.2026"),
        (asked(kind=schema.Bool), "perhaps"),
        (asked(kind=schema.URI), "no address"),
        (asked("date_of_birth"), "24.12.2026"),
        (asked("date_of_birth"), "31.02.1950"),
        (asked("iban"), "DE88370400440532013000"),
        (asked("iban"), "DE8937040044053201300"),
        (asked("iban"), "XX89370400440532013000"),
        (asked("telephone"), "call me"),
        (asked("telephone"), "+- ()"),
        (asked("telephone"), "1" * 31),
        (asked("postal_code"), "1" * 13),
        (asked("given_names"), "Erika2"),
        (choice("breed", "Dackel", "Pudel"), "Katze"),
    ],
)
def test_what_is_wrong_is_refused(one, entry):
    with pytest.raises(EntryProblem):
        keep(one, entry)


@pytest.mark.parametrize(
    ("country", "code", "right"),
    [
        ("DE", "12345", True),
        ("", "12345", True),
        ("DE", "1234", False),
        ("", "1234", False),
        ("AT", "1010", True),
        ("GB", "SW1A 1AA", True),
        ("GB", "1" * 13, False),
    ],
)
def test_a_postcode_fits_its_country(country, code, right):
    entries = {"postal_code": code, "country": country}
    _value, problems = rules.cleaned_group(ADDRESS, entries, TODAY)
    assert ("address.postal_code" not in problems) == right


def test_an_address_without_content_is_none():
    assert rules.cleaned_group(ADDRESS, {"street": " "}, TODAY) == ("", {})


def test_empty_rows_are_left_out():
    rows = [{"bank": "", "iban": ""}, {"bank": "Sparkasse", "iban": IBAN}, {}]
    value, problems = rules.cleaned_rows(ACCOUNTS, rows, TODAY)
    assert (value, problems) == ([{"bank": "Sparkasse", "iban": IBAN}], {})


def test_a_message_names_row_and_column():
    rows = [{}, {"iban": "DE00"}]
    _value, problems = rules.cleaned_rows(ACCOUNTS, rows, TODAY)
    assert list(problems) == ["Bankverbindung.1.iban"]


def test_there_is_an_end_to_rows():
    rows = [{"bank": "Sparkasse"}] * (rules.MAXIMUM_ROWS + 1)
    _value, problems = rules.cleaned_rows(ACCOUNTS, rows, TODAY)
    assert list(problems) == ["Bankverbindung"]


def test_several_options_are_kept_in_their_order():
    options = schema.Choice(vocabulary=SimpleVocabulary.fromValues(["a", "b", "c"]))
    one = asked("several", schema.Set, value_type=options)
    assert keep(one, ["c", "a"]) == ["a", "c"]
    with pytest.raises(EntryProblem):
        keep(one, ["d"])


@pytest.mark.parametrize(
    ("one", "entry"),
    [
        (asked("date_of_birth"), "24.05.1950"),
        (asked("date_of_birth"), "05.1950"),
        (asked("iban"), "DE89 3704 0044 0532 0130 00"),
        (asked(kind=schema.Date), "01.02.2030"),
        (asked(kind=schema.Float), "12,5"),
        (asked(kind=schema.Int), "0"),
        (asked(kind=schema.Bool), "no"),
        (asked(kind=schema.Text), "one\ntwo"),
    ],
)
def test_what_is_shown_is_what_can_be_typed(one, entry):
    assert rules.shown(one, keep(one, entry)) == entry


@given(entry=st.text(max_size=80))
def test_text_that_is_kept_is_kept_again_unchanged(entry):
    one = asked()
    try:
        value = keep(one, entry)
    except EntryProblem:
        return
    assert keep(one, value) == value
    assert unicodedata.is_normalized("NFC", value)


@pytest.mark.parametrize(
    "field",
    [schema.Password(), schema.Datetime(), schema.Bytes(), schema.Dict()],
)
def test_some_fields_ask_nothing_that_people_can_type(field):
    field.__name__ = "field"
    assert question(field, None) is None
