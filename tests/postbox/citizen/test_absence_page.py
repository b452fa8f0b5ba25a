"""Saying in the browser that one is away."""

from collective.servicekonto.postbox import absence
from tests.postbox.citizen.pages import notice
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import problems
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.pages import text_of
import pytest


def says(browser, first, last):
    """Fill in the form and send it."""
    browser.opens("postfach-abwesenheit")
    browser.fills_in(von=first, bis=last)
    press(browser, "Save")


def test_the_postfach_shows_it(erika):
    erika.opens("postfach")
    erika.getLink("Tell the town that you are away").click()
    assert "Time limits go on." in text_of(erika)
    says(erika, "2026-12-20", "2027-01-06")
    assert erika.page == "postfach"
    assert notice(erika).startswith("Your absence is saved.")
    assert "away from 20 December 2026 to 6 January 2027" in text_of(erika)


def test_it_is_ended(erika, account):
    says(erika, "2026-12-20", "2027-01-06")
    erika.getLink("Change or end the absence").click()
    assert erika.getControl(name="bis").value == "2027-01-06"
    press(erika, "End the absence")
    assert notice(erika).startswith("Your absence is ended.")
    assert "You are away" not in text_of(erika)
    assert absence.query(account.id) is None


def test_days_can_be_written_as_people_write_them(erika, account):
    says(erika, "20.12.2026", "06.01.2027")
    assert absence.query(account.id).last.isoformat() == "2027-01-06"


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("", "", "Please enter a day"),
        ("morgen", "2026-12-24", "Please enter a day"),
        ("2026-12-24", "2026-12-20", "not before the first day"),
        ("9999-12-31", "9999-12-31", "within a year"),
        ("0001-01-01", "0001-01-01", "today or later"),
    ],
)
def test_what_is_wrong_is_said_and_stays_in_the_field(
    erika, account, first, last, message
):
    says(erika, first, last)
    assert message in problems(erika)
    assert erika.getControl(name="von").value == first
    assert absence.query(account.id) is None


def test_a_link_says_nothing(erika, account):
    erika.opens("postfach-abwesenheit?von=2026-12-20&bis=2026-12-24&was=speichern")
    assert absence.query(account.id) is None


def test_a_form_from_elsewhere_says_nothing(erika, account):
    body = "von=2026-12-20&bis=2026-12-24"
    erika.post(f"{erika.portal}/postfach-abwesenheit", body)
    assert status(erika) == 403
    assert absence.query(account.id) is None
