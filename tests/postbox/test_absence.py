"""Citizens say when they are away."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox.absence import Absence
from collective.servicekonto.postbox.absence import WrongDays
from collective.servicekonto.store.service import get_store
from datetime import date
import pytest


pytestmark = pytest.mark.usefixtures("functional")

TODAY = date(2026, 11, 23)
CHRISTMAS = Absence(date(2026, 12, 20), date(2027, 1, 6))


def test_at_first_everybody_is_there(account, clock):
    assert absence.present_or_coming(account.id, clock()) is None


def test_offices_see_it_until_it_is_over(account, clock):
    absence.say(account, CHRISTMAS, clock())
    assert absence.present_or_coming(account.id, clock()) == CHRISTMAS
    clock.moment = clock.moment.replace(year=2027, month=1, day=6)
    assert absence.present_or_coming(account.id, clock()) == CHRISTMAS
    clock.forward(days=1)
    assert absence.present_or_coming(account.id, clock()) is None


@pytest.mark.parametrize(
    "days",
    [
        Absence(date(2026, 12, 2), date(2026, 12, 1)),
        Absence(date(2026, 11, 1), date(2026, 11, 22)),
        Absence(TODAY, date(2027, 11, 25)),
        Absence(date.min, date.max),
    ],
)
def test_days_that_make_no_sense_are_refused(account, clock, days):
    absence.say(account, CHRISTMAS, clock())
    with pytest.raises(WrongDays):
        absence.say(account, days, clock())
    assert absence.query(account.id) == CHRISTMAS


@pytest.mark.parametrize(
    "days", [Absence(TODAY, TODAY), Absence(date(2026, 11, 1), TODAY)]
)
def test_it_may_have_begun_already(account, clock, days):
    absence.say(account, days, clock())
    assert absence.query(account.id) == days


def test_one_can_come_back_earlier(account, clock):
    absence.say(account, CHRISTMAS, clock())
    absence.forget(account.id)
    absence.forget(account.id)
    assert absence.query(account.id) is None


def test_it_is_forgotten_when_it_is_over(account, clock):
    absence.say(account, Absence(TODAY, TODAY), clock())
    absence.say(account, CHRISTMAS, clock())
    clock.forward(days=10)
    cleanup.run(batch=10, window=60)
    assert absence.query(account.id) == CHRISTMAS
    clock.moment = clock.moment.replace(year=2027, month=1, day=9)
    cleanup.run(batch=10, window=60)
    assert absence.query(account.id) is None


def test_deleting_the_account_deletes_it(account, clock):
    absence.say(account, CHRISTMAS, clock())
    remove_account(account)
    clock.forward(days=100)
    assert get_store().queue(absence.ABSENCES).count(clock()) == 0
