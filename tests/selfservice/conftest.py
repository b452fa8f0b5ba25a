"""Erika with her account, and browsers."""

from tests.factories import active_account
from tests.selfservice.browsers import Citizen
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


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
