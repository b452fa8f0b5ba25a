"""Days and times in words, as the citizens of the town count them."""

from babel.dates import format_date
from babel.dates import format_time
from collective.servicekonto import _
from collective.servicekonto.identity.languages import locale_of
from datetime import date
from datetime import datetime
from datetime import time
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
    return str(format_date(day, "long", locale=locale_of(language)))


def day_in_words(moment: datetime, language: str) -> str:
    """Return the day of the moment in the portal's time zone, such as 4. Mai 2026."""
    return date_in_words(day_of(moment), language)


def moment_in_words(moment: datetime, language: str) -> Any:
    """Return day and time in the portal's time zone, to be translated."""
    time = time_in_words(moment.astimezone(portal_zone()).time(), language)
    return _(
        "${day}, ${time}", mapping={"day": day_in_words(moment, language), "time": time}
    )


def time_in_words(time: time, language: str) -> str:
    """Return a time of the day such as 14:05."""
    return str(format_time(time, "short", locale=locale_of(language)))


def portal_zone() -> ZoneInfo:
    return ZoneInfo(api.portal.get_registry_record("plone.portal_timezone"))
