"""Erika at her box, in browsers."""

from tests.factories import active_account
from tests.selfservice.browsers import Citizen
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """A citizen's account, which was welcomed already."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def post(send, clock):
    """Let the office send a message; each comes a minute after the other."""

    def post(**changes):
        clock.forward(minutes=1)
        message = send(**changes)
        transaction.commit()
        return message

    return post


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""
    return lambda: Citizen(functional["app"], site.buergerportal.absolute_url())


@pytest.fixture
def erika(new_browser):
    """A citizen who is logged in."""
    browser = new_browser()
    browser.logs_in()
    return browser
