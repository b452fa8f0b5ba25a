"""Dates of birth may lack the day, or day and month."""

from collective.servicekonto.identity.dates import DateProblem
from collective.servicekonto.identity.dates import display_birth_date
from collective.servicekonto.identity.dates import parse_birth_date
from collective.servicekonto.identity.dates import parse_card_date
from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from tests.identity.strategies import cases
from tests.identity.strategies import thorough
import pytest
import re


TODAY = date(2026, 11, 23)
FIRST = date(1880, 1, 1)

DAYS = range((TODAY - FIRST).days + 1)
PRECISIONS = [4, 7, 10]
WRITTEN = [
    lambda year, month, day: f"{year}-{month}-{day}",
    lambda year, month, day: f"{day}.{month}.{year}",
    lambda year, month, day: f" {day}. {month}. {year} ",
    lambda year, month, day: f"{int(day)}/{int(month)}/{year}",
]


def parsed(text):
    """Return the typed date as it is kept."""
    return parse_birth_date(text, TODAY)


def problem_of(text):
    """Return why the typed date is refused."""
    with pytest.raises(DateProblem) as caught:
        parsed(text)
    return caught.value.message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("24.12.1950", "1950-12-24"),
        (" 24. 12. 1950 ", "1950-12-24"),
        ("4.2.1950", "1950-02-04"),
        ("24/12/1950", "1950-12-24"),
        ("24-12-1950", "1950-12-24"),
        ("24 12 1950", "1950-12-24"),
        ("1950-12-24", "1950-12-24"),
        ("29.02.2024", "2024-02-29"),
        ("05.1950", "1950-05"),
        ("5/1950", "1950-05"),
        ("1950-05", "1950-05"),
        ("1950", "1950"),
        ("XX.XX.1950", "1950"),
        ("xx.05.1950", "1950-05"),
        ("00.00.1950", "1950"),
        ("1950-00-00", "1950"),
        ("23.11.2026", "2026-11-23"),
        ("2026", "2026"),
        ("01.01.1880", "1880-01-01"),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed, kept):
    assert parsed(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "gestern",
        "24.12.50",
        "24.12.",
        "XXXX",
        "24121950",
        "1.2.3.1950",
        "24.Dez.1950",
        "0x.12.1950",
        "٢٤.١٢.١٩٥٠",
        "1" * 5000,
        "." * 5000 + "1950",
        "\x00",
    ],
)
def test_what_is_no_date_gets_an_example(text):
    assert "24.12.1950" in problem_of(text)


@pytest.mark.parametrize("text", ["31.02.1950", "29.02.2023", "13.1950", "32.01.1950"])
def test_a_day_must_exist(text):
    assert "does not exist" in problem_of(text)


@pytest.mark.parametrize("text", ["24.11.2026", "12.2026", "2027"])
def test_nobody_is_born_in_the_future(text):
    assert "future" in problem_of(text)


@pytest.mark.parametrize("text", ["31.12.1879", "1879", "0950"])
def test_nobody_living_is_born_before_1880(text):
    assert problem_of(text).mapping == {"year": "1880"}


def test_a_day_needs_its_month():
    assert "month" in problem_of("24.XX.1950")


@pytest.mark.parametrize(
    ("card", "kept"),
    [
        ("19640812", "1964-08-12"),
        ("196408  ", "1964-08"),
        ("1964    ", "1964"),
        ("        ", ""),
    ],
)
def test_the_card_has_blanks_for_what_is_unknown(card, kept):
    assert parse_card_date(card, TODAY) == kept


@pytest.mark.parametrize(
    "card",
    [
        "",
        "1964",
        "1964-08-12",
        "1964  12",
        "    0812",
        "19641332",
        "20270101",
        "19640812 ",
        "1964081X",
    ],
)
def test_a_strange_date_on_a_card_is_refused(card):
    with pytest.raises(DateProblem):
        parse_card_date(card, TODAY)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("1950-12-24", "24.12.1950"), ("1950-05", "05.1950"), ("1950", "1950"), ("", "")],
)
def test_a_date_is_shown_as_germans_write_it(kept, shown):
    assert display_birth_date(kept) == shown


@given(cases(DAYS, PRECISIONS, WRITTEN))
@thorough
def test_every_day_since_1880_survives_each_way_of_writing(case):
    day, precision, written = case
    kept = (FIRST + timedelta(days=day)).isoformat()[:precision]
    assert parsed(kept) == kept
    assert parsed(display_birth_date(kept)) == kept
    assert parse_card_date(f"{kept.replace('-', ''):8}", TODAY) == kept
    if precision == 10:
        assert parsed(written(*kept.split("-"))) == kept


@given(st.text("0123456789XxO .-/\n\x00ä", max_size=12))
@thorough
def test_whatever_is_typed_becomes_a_date_or_is_refused(text):
    try:
        kept = parsed(text)
    except DateProblem:
        return
    assert re.fullmatch(r"(18[89]|19|20)[0-9]+(-[0-9]{2}){0,2}", kept)
    assert parsed(kept) == kept


@given(st.text("0129 X", min_size=7, max_size=9))
@thorough
def test_whatever_a_card_says_becomes_a_date_or_is_refused(text):
    try:
        kept = parse_card_date(text, TODAY)
    except DateProblem:
        return
    assert f"{kept.replace('-', ''):8}" == text or "00" in text
