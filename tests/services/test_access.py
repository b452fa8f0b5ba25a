"""Who may begin an application."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.access import way
from collective.servicekonto.services.settings import Audience
from collective.servicekonto.services.settings import Settings
from dataclasses import replace
from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
import pytest


TODAY = date(2026, 5, 4)
ACCOUNT = frozenset({Audience.ACCOUNT})
ANONYMOUS = frozenset({Audience.ANONYMOUS})
ORGANISATION = frozenset({Audience.ORGANISATION})

levels = st.sampled_from(TrustLevel)
visitors = st.none() | levels
audiences = st.frozensets(st.sampled_from(Audience))
settings = st.builds(
    Settings,
    office_id=st.just("office"),
    required_level=levels,
    audiences=audiences,
    open_until=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)


@pytest.mark.parametrize(
    ("audiences", "level", "expected"),
    [
        (ACCOUNT, None, Way.LOG_IN),
        (ACCOUNT, TrustLevel.LOW, Way.RAISE),
        (ACCOUNT, TrustLevel.SUBSTANTIAL, Way.OPEN),
        (ACCOUNT, TrustLevel.HIGH, Way.OPEN),
        (ANONYMOUS, None, Way.OPEN),
        (ANONYMOUS, TrustLevel.HIGH, Way.NOT_FOR_YOU),
        (ACCOUNT | ANONYMOUS, None, Way.OPEN),
        (ORGANISATION, None, Way.LOG_IN),
        (ORGANISATION, TrustLevel.LOW, Way.RAISE),
        (ORGANISATION, TrustLevel.SUBSTANTIAL, Way.OPEN),
        (ORGANISATION | ANONYMOUS, None, Way.OPEN),
        (frozenset(), None, Way.NOT_FOR_YOU),
        (frozenset(), TrustLevel.HIGH, Way.NOT_FOR_YOU),
    ],
)
def test_the_way_depends_on_audience_and_level(audiences, level, expected):
    demanding = Settings(
        office_id="office", audiences=audiences, required_level=TrustLevel.SUBSTANTIAL
    )
    assert way(demanding, level, TODAY) is expected


@given(settings, visitors)
def test_the_last_day_counts(settings, level):
    last = settings.open_until
    if last is None:
        assert way(settings, level, date.max) is not Way.CLOSED
    else:
        assert way(settings, level, last) is not Way.CLOSED
        assert way(settings, level, last + timedelta(days=1)) is Way.CLOSED


@given(settings, levels)
def test_nobody_begins_below_the_required_level(settings, level):
    if way(settings, level, TODAY) is Way.OPEN:
        assert level >= settings.required_level


@given(settings, levels, levels)
def test_a_higher_level_never_closes_a_way(settings, one, other):
    low, high = sorted([one, other])
    if way(settings, low, TODAY) is Way.OPEN:
        assert way(settings, high, TODAY) is Way.OPEN


@given(settings, visitors)
def test_without_an_office_nobody_begins(settings, level):
    assert way(replace(settings, office_id=""), level, TODAY) is Way.UNATTENDED
