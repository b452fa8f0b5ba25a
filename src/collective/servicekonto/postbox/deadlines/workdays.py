"""Working days of the 16 Länder.

Holidays of single municipalities are left out (Mariä Himmelfahrt in parts of Bayern,
Fronleichnam in parts of Sachsen and Thüringen, the Friedensfest of Augsburg). A day
that is shown to citizens is never too late because of that.
"""

from datetime import date
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from holidays import country_holidays


class Land(Enum):
    """A Land, by its ISO code in lower case."""

    BADEN_WUERTTEMBERG = "bw"
    BAYERN = "by"
    BERLIN = "be"
    BRANDENBURG = "bb"
    BREMEN = "hb"
    HAMBURG = "hh"
    HESSEN = "he"
    MECKLENBURG_VORPOMMERN = "mv"
    NIEDERSACHSEN = "ni"
    NORDRHEIN_WESTFALEN = "nw"
    RHEINLAND_PFALZ = "rp"
    SAARLAND = "sl"
    SACHSEN = "sn"
    SACHSEN_ANHALT = "st"
    SCHLESWIG_HOLSTEIN = "sh"
    THUERINGEN = "th"

    @property
    def title(self) -> str:
        """Return the name of the Land."""
        words = [word.capitalize() for word in self.name.split("_")]
        return "-".join(words).replace("ue", "ü")


_SATURDAY = 5


def is_working_day(day: date, land: Land) -> bool:
    """Tell whether the day is neither Saturday nor Sunday nor a holiday of the Land."""
    return day.weekday() < _SATURDAY and day not in _holidays(land, day.year)


def working_day_from(day: date, land: Land) -> date:
    """Return the day itself or, if it is none, the next working day.

    § 31 (3) VwVfG, § 193 BGB: so a period ends that would end on this day.
    """
    while not is_working_day(day, land):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=512)
def _holidays(land: Land, year: int) -> frozenset[date]:
    return frozenset(country_holidays("DE", subdiv=land.value.upper(), years=year))
