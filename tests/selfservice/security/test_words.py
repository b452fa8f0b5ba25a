"""Times and devices in the words of a citizen."""

from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.accounts.history import Entry
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.selfservice.security import words
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo
from zope.i18n import interpolate
import pytest


BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 30, 14, 5, tzinfo=BERLIN)
CLOCK = words.Clock(NOW, BERLIN, "de")


def told(message):
    """Return the words with their details."""
    return interpolate(message, getattr(message, "mapping", None))


def test_a_wrong_clock_is_no_reason_to_tell_the_future():
    later = NOW + timedelta(minutes=3)
    assert told(CLOCK.tell(int(later.timestamp()))) == "just now"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "one minute ago"),
        (timedelta(minutes=5, seconds=59), "5 minutes ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "today at 13:05"),
        (timedelta(hours=14), "today at 00:05"),
        (timedelta(hours=15), "yesterday at 23:05"),
    ],
)
def test_what_was_lately_is_told_as_people_do(before, text):
    assert told(CLOCK.tell(int((NOW - before).timestamp()))) == text


def test_older_times_have_a_date_in_the_time_zone_of_the_site():
    moment = datetime(2026, 3, 3, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert told(CLOCK.tell(int(moment.timestamp()))) == "on 4. März 2026 at 00:30"


@pytest.mark.parametrize(
    ("client", "text"),
    [
        (Client("Firefox", "Linux", ""), "Firefox on Linux"),
        (Client("Firefox", "", ""), "Firefox"),
        (Client("", "Linux", ""), "Linux"),
        (UNKNOWN, "Unknown device"),
    ],
)
def test_a_device_is_told_as_far_as_it_is_known(client, text):
    assert told(words.device(client)) == text


def test_an_unknown_network_is_another_one():
    assert "another" in words.place(UNKNOWN, UNKNOWN)


@pytest.mark.parametrize("event", Event)
def test_every_event_has_words(event):
    text = told(words.happened(Entry(event, 0, UNKNOWN, "Handy")))
    assert ("Handy" in text) == event.value.startswith("passkey")
