"""Deemed delivery is off until the town names the law that says so."""

from collective.servicekonto.portal.content import IBuergerportal
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.workdays import Land
from collective.servicekonto.postbox.delivery import course_of
from collective.servicekonto.postbox.delivery import legal_basis_of_decisions
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from types import SimpleNamespace
from zope.component import getUtility
from zope.interface import Invalid
from zope.schema.interfaces import IVocabularyFactory
import pytest


pytestmark = pytest.mark.usefixtures("integration")

BASIS = "vwvfg-41-2a:nw"


def test_it_is_off_by_default(site):
    assert legal_basis_of_decisions(site.buergerportal) == ""


def test_naming_law_and_land_switches_it_on(site):
    site.buergerportal.delivery_basis = "ozg-9"
    site.buergerportal.land = "nw"
    assert legal_basis_of_decisions(site.buergerportal) == "ozg-9:nw"


def test_a_law_without_a_land_is_refused():
    data = SimpleNamespace(delivery_basis="ozg-9", land=None)
    with pytest.raises(Invalid):
        IBuergerportal.validateInvariants(data)


@pytest.mark.parametrize(
    ("name", "values"), [("DeliveryBases", Basis), ("Laender", Land)]
)
def test_the_webmaster_chooses_among_all_of_them(site, name, values):
    vocabulary = getUtility(IVocabularyFactory, f"collective.servicekonto.{name}")
    assert [one.value for one in vocabulary(site)] == [one.value for one in values]


def test_a_letter_is_never_deemed_delivered(send):
    assert course_of(send(kind=Kind.LETTER, legal_basis=BASIS)) is None


@pytest.mark.parametrize("basis", ["", "ozg-9", "gestern:nw", "ozg-9:xx"])
def test_without_a_known_law_nothing_is_said(send, basis):
    assert course_of(send(kind=Kind.DECISION, legal_basis=basis)) is None


def test_a_decision_is_followed_from_provision_to_opening(send, account, clock):
    message = send(kind=Kind.DECISION, legal_basis=BASIS)
    clock.forward(days=1)
    proof.note(message.aq_base, Event.NOTIFIED, clock())
    clock.forward(days=1)
    service.note_read(account, message, clock())
    course = course_of(message)
    assert course.provided == date(2026, 11, 23)
    assert course.notified == date(2026, 11, 24)
    assert course.retrieved == date(2026, 11, 25)
    assert course.delivered == date(2026, 11, 26)


def test_a_notice_that_came_back_does_not_count(send, clock):
    message = send(kind=Kind.DECISION, legal_basis=BASIS).aq_base
    proof.note(message, Event.NOTIFIED, clock())
    proof.note(message, Event.BOUNCED, clock())
    assert course_of(message).notified is None
    clock.forward(days=2)
    proof.note(message, Event.NOTIFIED_AGAIN, clock())
    assert course_of(message).notified == date(2026, 11, 25)


def test_days_are_those_of_the_town(send, clock, site):
    site.portal_registry["plone.portal_timezone"] = "Europe/Berlin"
    clock.forward(hours=15, minutes=30)
    message = send(kind=Kind.DECISION, legal_basis=BASIS)
    assert course_of(message).provided == date(2026, 11, 24)
