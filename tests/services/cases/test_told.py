"""What happens to applications is told to programs and counted for editors."""

from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.services.cases import feed
from collective.servicekonto.services.statistics import service as statistics
from tests.postbox.webhooks.conftest import cron
from tests.postbox.webhooks.conftest import receiver
from tests.services.applications.conftest import SERVICE
import pytest


__all__ = ["cron", "receiver"]


def decide(application, state, clock, by=Actor.OFFICE):
    """Bring the application into a state."""
    applications.move(application, state, by, "", clock())


def test_a_webhook_tells_ids_only(receiver, submit, file, cron, clock, office):
    application = submit()
    decide(application, State.IN_PROGRESS, clock)
    applications.add_documents(application, [file()], clock())
    cron()
    told = receiver.told.values()
    assert sorted(one["type"] for one in told) == [
        "application.changed",
        "application.documents",
        "application.submitted",
    ]
    assert {tuple(one["data"].items()) for one in told} == {
        (("office", office.UID()), ("application", application.id))
    }


def test_what_is_removed_is_not_told_any_more(functional, submit, clock, office):
    application = submit()
    assert feed.changed(office.UID(), "", 10, clock()).ids == [application.id]
    applications.discard(application, clock())
    assert feed.changed(office.UID(), "", 10, clock()).ids == []


@pytest.mark.parametrize(
    ("state", "by", "number"),
    [
        (State.APPROVED, Actor.OFFICE, 1),
        (State.IN_PROGRESS, Actor.OFFICE, 0),
        (State.WITHDRAWN, Actor.CITIZEN, 0),
    ],
)
def test_decisions_of_offices_are_counted(functional, submit, clock, state, by, number):
    application = submit()
    clock.forward(days=2)
    decide(application, state, clock, by)
    months = statistics.overview(SERVICE, day_of(clock()), 2).values()
    assert sum(sum(one.decided) for one in months) == number
    assert sum(one.decided[1] for one in months) == number
