"""Citizens read when a decision counts as delivered, why, and until when to object."""

from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.words import Course
from collective.servicekonto.postbox.deadlines.words import explanation
from collective.servicekonto.postbox.deadlines.words import for_office
from collective.servicekonto.postbox.deadlines.words import TITLES
from collective.servicekonto.postbox.deadlines.workdays import Land
from datetime import date
from hypothesis import given
from hypothesis import strategies as st
from tests.postbox.deadlines.strategies import BASES
from tests.postbox.deadlines.strategies import DAYS
from tests.postbox.deadlines.strategies import LANDS
from tests.postbox.deadlines.strategies import LATER
from tests.postbox.deadlines.strategies import thorough
from zope.i18n import interpolate
import datetime
import pytest


FRIDAY = date(2026, 11, 27)
WEDNESDAY = date(2026, 12, 2)


def said(basis, notified=FRIDAY, retrieved=None, today=FRIDAY, land=Land.HESSEN):
    """Return what is said of a decision that was provided on that Friday."""
    course = Course(basis, land, FRIDAY, notified, retrieved)
    sentences = explanation(course, today, "en")
    return " ".join(interpolate(one, one.mapping) for one in sentences)


def test_the_fourth_day_after_the_provision():
    assert said(Basis.OZG_9) == (
        "This decision counts as delivered on Tuesday, 1 December 2026. "
        "That is 4 days after it was provided in your postbox, whether or not you "
        "open it. "
        "If you do not agree, your objection must have arrived by the end of Monday, "
        "4 January 2027. Where the decision itself says something else, that applies. "
        "Rule for the objection: § 70 Absatz 1 der Verwaltungsgerichtsordnung (VwGO) "
        "mit §§ 187 bis 193 des Bürgerlichen Gesetzbuchs (BGB) "
        "Rule for the delivery: § 9 Absatz 1 des Onlinezugangsgesetzes (OZG)"
    )


@pytest.mark.parametrize("notified", [None, WEDNESDAY])
def test_a_notice_that_was_late_is_not_concealed(notified):
    late = "The notice to you was not sent on the day on which it was provided."
    assert late in said(Basis.OZG_9, notified, today=WEDNESDAY)
    assert late not in said(Basis.OZG_9, FRIDAY, today=WEDNESDAY)


def test_a_notice_may_still_come_on_the_same_day():
    assert "notice" not in said(Basis.OZG_9, None)


def test_who_got_it_later_is_asked_to_say_so():
    assert "Tell the office if it reached you later." in said(Basis.VWVFG_41_2)


def test_not_opened_yet_but_still_there():
    assert said(Basis.VWVFG_41_2A).startswith(
        "This decision counts as delivered on the day after you open it. "
        "You can open it until the end of Monday, 7 December 2026. Rule"
    )
    assert "until" not in said(Basis.VWVFG_41_2A, None)


def test_opened_in_time():
    assert said(Basis.VWVFG_41_2A, retrieved=FRIDAY).startswith(
        "This decision counts as delivered on Saturday, 28 November 2026. "
        "That is the day after you opened it. "
    )


@pytest.mark.parametrize("retrieved", [None, date(2026, 12, 8)])
def test_not_opened_in_time(retrieved):
    text = said(Basis.VWVFG_41_2A, retrieved=retrieved, today=date(2026, 12, 8))
    assert text.startswith(
        "This decision was not opened by Monday, 7 December 2026. "
        "So it does not count as delivered."
    )
    assert "objection" not in text


def test_the_bavarian_rule():
    assert "3 days after we sent the notice" in said(Basis.BAYDIG_24)
    assert said(Basis.BAYDIG_24, None).startswith(
        "This decision counts as delivered on the day on which you open it."
    )
    opened = said(Basis.BAYDIG_24, None, FRIDAY)
    assert "That is the day on which you opened it." in opened


def test_days_are_written_in_the_language_of_the_page():
    course = Course(Basis.OZG_9, Land.HESSEN, FRIDAY, FRIDAY)
    for language in ("de", "de-at"):
        first = explanation(course, FRIDAY, language)[0]
        assert first.mapping == {"day": "Dienstag, 1. Dezember 2026"}


@thorough
@given(BASES, LANDS, DAYS, st.none() | LATER, st.none() | LATER, LATER)
def test_the_rule_is_always_cited(basis, land, provided, notice, opening, passed):
    def later(days):
        return None if days is None else provided + datetime.timedelta(days=days)

    course = Course(basis, land, provided, later(notice), later(opening))
    sentences = explanation(course, later(passed), "de")
    assert sentences[-1].mapping == {"rule": basis.citation}
    assert all("None" not in str(one.mapping or "") for one in sentences)


def test_every_basis_can_be_chosen_by_its_name():
    assert set(TITLES) == set(Basis)


def to_office(basis, retrieved=None, today=FRIDAY):
    course = Course(basis, Land.HESSEN, FRIDAY, FRIDAY, retrieved)
    sentences = for_office(course, today, "en")
    return " ".join(interpolate(one, one.mapping) for one in sentences)


def test_the_office_reads_the_same_days():
    assert to_office(Basis.OZG_9) == (
        "Counts as delivered on Tuesday, 1 December 2026. "
        "An objection must have arrived by the end of Monday, 4 January 2027."
    )
    unopened = "Does not count as delivered before the citizen opens it."
    assert to_office(Basis.VWVFG_41_2A) == unopened
    late = to_office(Basis.VWVFG_41_2A, today=date(2026, 12, 8))
    assert late.startswith("Was not opened by Monday, 7 December 2026")
