"""What everybody reads about an office."""

from plone import api
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
import pytest
import transaction


NOTHING = "The town has not said yet where this office is"
TO_DO = "please edit this page"


@pytest.fixture
def opens(functional, office, other_office):
    """Opens the page of an office; returns what is on it."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("rita@musterstadt.example", "rita", PASSWORD)
        api.user.grant_roles("rita", roles=["Editor"])

    def opens(name=""):
        transaction.commit()
        browser = Clerk(functional["app"], office.absolute_url(), name)
        browser.opens("")
        return browser.contents

    return opens


def test_an_office_with_only_a_name_says_what_to_do(opens):
    assert NOTHING in opens()
    assert TO_DO not in opens()
    assert TO_DO in opens("rita")


def test_what_is_known_of_an_office_is_said(opens, office):
    office.hours = "Mo–Fr 8–12"
    page = opens("rita")
    assert "Mo–Fr 8–12" in page
    assert TO_DO not in page
    assert NOTHING not in opens()
