"""Erika at her applications, in browsers."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications import service
from tests.factories import active_account
from tests.selfservice.browsers import Citizen
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """A citizen's account, which can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def erika(functional, site, account, office):
    """A citizen who is logged in."""
    transaction.commit()
    browser = Citizen(functional["app"], site.buergerportal.absolute_url())
    browser.logs_in()
    transaction.begin()
    return browser


@pytest.fixture
def applied(erika, new, clock):
    """Let the citizen submit an application, with changes."""

    def applied(**changes):
        application = service.submit(new(**changes), clock())
        transaction.commit()
        return application

    return applied


@pytest.fixture
def raised(erika, account, clock):
    """Let the citizen go on with a session of a trust level."""

    def raised(level):
        transaction.begin()
        ticket = sessions.start(account, TrustLevel(level), "test", clock())
        transaction.commit()
        erika.goes_on_with(ticket)

    return raised
