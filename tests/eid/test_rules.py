"""Which cards are accepted, on a given day."""

from collective.servicekonto.eid import rules
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from dataclasses import replace
from datetime import date
from tests.eid.provider import ERIKA
from tests.eid.provider import saying
import pytest


DAY = date(2026, 11, 27)
MINIMUM_DATA = [Operation(name) for name in settings.REQUIRED]
FUNCTIONS = [Operation.RESTRICTED_ID, Operation.AGE_VERIFICATION]
QUESTION = Question(frozenset(MINIMUM_DATA + FUNCTIONS), minimum_age=16)


def without(operation, **changes):
    """Return what a card said that did not say this."""
    values = {one: each for one, each in ERIKA.values.items() if one is not operation}
    return replace(ERIKA, values=values, **changes)


def test_a_card_of_an_adult_is_accepted():
    rules.check_genuine(ERIKA)
    rules.check_document(ERIKA, DAY)
    rules.check_person(ERIKA, QUESTION, DAY)


@pytest.mark.parametrize("operation", MINIMUM_DATA)
def test_nothing_of_the_minimum_data_may_be_missing(operation):
    with pytest.raises(rules.Incomplete):
        rules.check_person(without(operation), QUESTION, DAY)


def test_what_old_cards_do_not_know_may_be_missing():
    missing = frozenset({Operation.BIRTH_NAME})
    rules.check_person(
        without(Operation.BIRTH_NAME, not_on_chip=missing), QUESTION, DAY
    )


def test_a_card_is_valid_on_its_last_day():
    rules.check_document(saying(DATE_OF_EXPIRY="2026-11-27"), DAY)
    with pytest.raises(rules.Expired):
        rules.check_document(saying(DATE_OF_EXPIRY="2026-11-26"), DAY)


def test_the_sixteenth_birthday_is_old_enough():
    rules.check_person(saying(DATE_OF_BIRTH="2010-11-27"), QUESTION, DAY)
    with pytest.raises(rules.TooYoung):
        rules.check_person(saying(DATE_OF_BIRTH="2010-11-28"), QUESTION, DAY)


def test_where_the_day_is_unknown_the_card_decides():
    rules.check_person(saying(DATE_OF_BIRTH="2010-12"), QUESTION, DAY)
    young = replace(saying(DATE_OF_BIRTH="2010"), old_enough=False)
    with pytest.raises(rules.TooYoung):
        rules.check_person(young, QUESTION, DAY)


def test_without_a_pseudonym_nobody_is_known_again():
    with pytest.raises(rules.Incomplete):
        rules.check_document(replace(ERIKA, pseudonym=""), DAY)


def test_a_test_card_is_told_apart():
    with pytest.raises(rules.OnlyATest):
        rules.check_genuine(replace(ERIKA, is_test=True))


def test_a_log_in_asks_for_pseudonym_and_address_alone():
    question = rules.question_at_log_in("x")
    assert {one.value for one in question.required} == {
        "RestrictedID",
        "PlaceOfResidence",
    }
    assert not question.optional
