"""Numbers are noted while a service is used, and go after three years."""

from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.services.statistics import service
from collective.servicekonto.services.statistics.rules import Counts
from collective.servicekonto.store.service import get_store
from zope.component import getUtility
import pytest


@pytest.fixture
def counted(integration, clock):
    """Return what was counted in the present month."""

    def counted(uid="hund"):
        (found,) = service.overview(uid, day_of(clock()), 1).values()
        return found

    return counted


def test_nothing_is_counted_of_a_service_that_nobody_used(counted):
    assert counted().is_empty


def test_each_step_is_counted(counted, clock):
    service.note_started("hund", clock())
    service.note_page("hund", 0, clock())
    service.note_page("hund", 2, clock())
    service.note_sent("hund", clock())
    service.note_decided("hund", 5, clock())
    assert counted() == Counts(
        started=1, sent=1, pages=(1, 0, 1), decided=(0, 0, 1, 0, 0, 0, 0, 0)
    )


def test_each_service_has_its_own_numbers(counted, clock):
    service.note_sent("hund", clock())
    service.note_sent("hund2", clock())
    service.note_sent("hund2", clock())
    assert (counted("hund").sent, counted("hund2").sent) == (1, 2)


def test_each_month_has_its_own_numbers(counted, clock):
    service.note_sent("hund", clock())
    clock.forward(days=31)
    service.note_sent("hund", clock())
    months = service.overview("hund", day_of(clock()), 3)
    assert [one.sent for one in months.values()] == [0, 1, 1]


def test_old_numbers_are_removed_and_newer_ones_kept(counted, clock):
    service.note_sent("hund", clock())
    clock.forward(days=3 * 365)
    service.note_sent("hund", clock())
    provider = getUtility(ICleanupProvider, "statistics")
    clock.forward(days=40)
    for entry in list(provider.due(clock())):
        provider.process(entry, clock())
    months = service.overview("hund", day_of(clock()), 60)
    assert sum(one.sent for one in months.values()) == 1
    assert len(get_store().statistics) == 1
