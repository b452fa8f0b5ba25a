"""Days in words, as the citizens of the town count them."""

from babel.dates import format_date
from datetime import datetime
from plone import api
from zoneinfo import ZoneInfo


def day_in_words(moment: datetime, language: str) -> str:
    """Return the day of the moment in the portal's time zone, such as 4. Mai 2026."""
    zone = ZoneInfo(api.portal.get_registry_record("plone.portal_timezone"))
    locale = language.replace("-", "_")
    return str(format_date(moment.astimezone(zone), "long", locale=locale))
