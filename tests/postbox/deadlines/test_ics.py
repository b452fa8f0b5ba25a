"""A deadline can be put into the citizen's own calendar."""

from collective.servicekonto.postbox.deadlines.ics import ics
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from icalendar import Calendar
import pytest


DAY = date(2027, 1, 4)
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def entry(**changed):
    """Return file and entry of a deadline."""
    parts = {
        "uid": "7b0e@stadt.example",
        "day": DAY,
        "summary": "Widerspruch: letzter Tag",
        "description": "Bescheid im Postfach",
        "days_before": 3,
        "now": NOW,
    }
    file = ics(**parts | changed)
    return file, Calendar.from_ical(file).walk("VEVENT")[0]


def test_it_is_there_for_the_whole_day():
    _file, event = entry()
    assert event.decoded("dtstart") == DAY
    assert event.decoded("dtend") == DAY + timedelta(days=1)
    assert event["transp"] == "TRANSPARENT"
    assert event["summary"] == "Widerspruch: letzter Tag"


@pytest.mark.parametrize("days", [0, 1, 3, 7])
def test_the_alarm_is_in_the_morning_some_days_before(days):
    _file, event = entry(days_before=days)
    trigger = event.walk("VALARM")[0].decoded("trigger")
    assert datetime(2027, 1, 4) + trigger == datetime(2027, 1, 4, 9) - timedelta(days)


def test_the_same_deadline_is_the_same_entry():
    assert entry()[0] == entry()[0]
    later = NOW + timedelta(days=1)
    assert entry(now=later)[1]["uid"] == entry()[1]["uid"]


def test_it_says_nothing_but_what_was_passed():
    file, event = entry()
    assert set(event) == {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "CLASS",
        "TRANSP",
    }
    assert event["class"] == "PRIVATE"
    assert b"METHOD:PUBLISH" in file


def test_text_adds_no_lines_of_its_own():
    file, event = entry(
        summary="a;b,c\r\nATTENDEE:mailto:x@example.org", description=""
    )
    assert "ATTENDEE" not in event
    assert b"\r\nATTENDEE" not in file


def test_lines_are_as_long_as_calendars_allow():
    file, event = entry(description="Bürgerbüro Köln " * 40)
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert event["description"] == "Bürgerbüro Köln " * 40
