"""A deadline as an entry for the citizen's own calendar (RFC 5545)."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from icalendar import Alarm
from icalendar import Calendar
from icalendar import Event


ALARM_HOUR = 9

_PRODUCT = "-//collective.servicekonto//Postfach//DE"


def ics(
    uid: str, day: date, summary: str, description: str, days_before: int, now: datetime
) -> bytes:
    """Return the file with one entry for the whole day.

    It says what is passed, and nothing else about anybody. ``uid`` stays the same for
    the same deadline, so that a calendar replaces the entry instead of doubling it. The
    alarm is at 9 in the morning, ``days_before`` the day.
    """
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(hours=ALARM_HOUR) - timedelta(days=days_before))
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("description", description)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written
