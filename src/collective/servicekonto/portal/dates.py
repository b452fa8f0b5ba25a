"""Days and times in words, as the citizens of the town count them."""

from babel.dates import format_date
from babel.dates import format_time
from collective.servicekonto import _
from datetime import date
from datetime import datetime
from datetime import UTC
from functools import lru_cache
from plone import api
from typing import Any
from zoneinfo import ZoneInfo


def moment_of(seconds: int) -> datetime:
    """Return the moment of so many epoch seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def day_of(moment: datetime) -> date:
    """Return the day of the moment in the portal's time zone."""
    return moment.astimezone(portal_zone()).date()


@lru_cache(maxsize=1024)
def date_in_words(day: date, language: str) -> str:
    """Return a day such as 4. Mai 2026."""
    return str(format_date(day, "long", locale=_locale(language)))


def day_in_words(moment: datetime, language: str) -> str:
    """Return the day of the moment in the portal's time zone, such as 4. Mai 2026."""
    return date_in_words(day_of(moment), language)


def moment_in_words(moment: datetime, language: str) -> Any:
    """Return day and time in the portal's time zone, to be translated."""
    time = format_time(
        moment.astimezone(portal_zone()), "short", locale=_locale(language)
    )
    return _(
        "${day}, ${time}",
        mapping={"day": day_in_words(moment, language), "time": str(time)},
    )


def _locale(language: str) -> str:
    return language.replace("-", "_")


def portal_zone() -> ZoneInfo:
    return ZoneInfo(api.portal.get_registry_record("plone.portal_timezone"))
