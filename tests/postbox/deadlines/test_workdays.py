"""Saturdays, Sundays and the holidays of the Land are no working days."""

from collective.servicekonto.postbox.deadlines.workdays import is_working_day
from collective.servicekonto.postbox.deadlines.workdays import Land
from collective.servicekonto.postbox.deadlines.workdays import working_day_from
from datetime import date
from hypothesis import given
from tests.postbox.deadlines.strategies import DAYS
from tests.postbox.deadlines.strategies import LANDS
from tests.postbox.deadlines.strategies import thorough
import pytest


# Each on a day from Monday to Friday.
EVERYWHERE = [
    date(2026, 1, 1),
    date(2026, 4, 3),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 14),
    date(2026, 5, 25),
    date(2025, 10, 3),
    date(2026, 12, 25),
    date(2025, 12, 26),
]

SOMEWHERE = {
    "Heilige Drei Könige": (date(2026, 1, 6), "bw by st"),
    "Frauentag": (date(2027, 3, 8), "be mv"),
    "Fronleichnam": (date(2026, 6, 4), "bw by he nw rp sl"),
    "Mariä Himmelfahrt": (date(2025, 8, 15), "sl"),
    "Weltkindertag": (date(2027, 9, 20), "th"),
    "Reformationstag": (date(2025, 10, 31), "bb hb hh mv ni sn st sh th"),
    "Allerheiligen": (date(2027, 11, 1), "bw by nw rp sl"),
    "Buß- und Bettag": (date(2026, 11, 18), "sn"),
    "Tag der Befreiung 2025": (date(2025, 5, 8), "be"),
    "no holiday": (date(2026, 11, 27), ""),
}


@pytest.mark.parametrize("land", Land)
@pytest.mark.parametrize("day", EVERYWHERE)
def test_holidays_of_all_laender(day, land):
    assert not is_working_day(day, land)


@pytest.mark.parametrize(("day", "codes"), SOMEWHERE.values(), ids=SOMEWHERE)
def test_holidays_of_some_laender(day, codes):
    free = {land.value for land in Land if not is_working_day(day, land)}
    assert free == set(codes.split())


@thorough
@given(DAYS, LANDS)
def test_the_next_working_day_is_soon_and_leaves_out_none(day, land):
    found = working_day_from(day, land)
    assert day <= found
    assert (found - day).days <= 5
    assert is_working_day(found, land)
    skipped = [date.fromordinal(n) for n in range(day.toordinal(), found.toordinal())]
    assert not any(is_working_day(one, land) for one in skipped)


def test_the_laender_have_their_names():
    assert len({land.title for land in Land}) == 16
    assert Land.BADEN_WUERTTEMBERG.title == "Baden-Württemberg"
    assert Land.NORDRHEIN_WESTFALEN.title == "Nordrhein-Westfalen"
