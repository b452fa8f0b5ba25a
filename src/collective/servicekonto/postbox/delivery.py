"""When decisions in the Postfach count as delivered: what the town set, and why.

Nothing counts as delivered by itself until the town names the law that says so.
"""

from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.portal.dates import portal_zone
from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.rules import NotInForce
from collective.servicekonto.postbox.deadlines.rules import rule
from collective.servicekonto.postbox.deadlines.service import objection_until
from collective.servicekonto.postbox.deadlines.words import Course
from collective.servicekonto.postbox.deadlines.words import TITLES
from collective.servicekonto.postbox.deadlines.workdays import Land
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def bases(_context: Any) -> SimpleVocabulary:
    """Return the laws by which a decision can count as delivered."""
    return SimpleVocabulary(
        [SimpleTerm(one.value, one.value, TITLES[one]) for one in Basis]
    )


def laender(_context: Any) -> SimpleVocabulary:
    """Return the Länder, whose holidays differ."""
    return SimpleVocabulary(
        [SimpleTerm(one.value, one.value, one.title) for one in Land]
    )


def legal_basis_of_decisions(portal: Any) -> str:
    """Return what a new decision says about its delivery, empty where nothing is set.

    It names the law and the Land, so that a later change of the settings does not
    change what was told to citizens before.
    """
    if not portal.delivery_basis or not portal.land:
        return ""
    return f"{portal.delivery_basis}:{portal.land}"


def course_of(message: Any) -> Course | None:
    """Return how the delivery of a decision went so far.

    None for what is no decision, and where no law makes it count as delivered.
    """
    if Kind(message.kind) is not Kind.DECISION or not message.provided:
        return None
    basis, _colon, land = message.legal_basis.partition(":")
    provided = _day(message.provided)
    try:
        rule(Basis(basis), provided)
        return Course(
            Basis(basis),
            Land(land),
            provided,
            _notified(message),
            _day(message.opened) if message.opened else None,
        )
    except (NotInForce, ValueError):
        return None


def objection_day(message: Any) -> date | None:
    """Return the last day on which one may object to the decision.

    None for what is no decision, and where nobody here knows that day.
    """
    course = course_of(message)
    if course is None or course.delivered is None:
        return None
    return objection_until(course.delivered, course.land)


def objection_end(message: Any) -> int:
    """Return when that day is over, epoch seconds, 0 where it is not known."""
    day = objection_day(message)
    if day is None:
        return 0
    behind = datetime.combine(day + timedelta(days=1), time(), portal_zone())
    return int(behind.timestamp())


def _notified(message: Any) -> date | None:
    """Return the day of the first notice that is not known to have come back."""
    day: date | None = None
    for entry in chain.events(message.receipt):
        if entry.event is Event.BOUNCED:
            day = None
        elif entry.event in (Event.NOTIFIED, Event.NOTIFIED_AGAIN) and day is None:
            day = _day(entry.at)
    return day


def _day(seconds: int) -> date:
    return day_of(moment_of(seconds))
