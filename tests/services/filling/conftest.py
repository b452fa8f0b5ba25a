"""A town with a form, Erika with her account, and somebody without one."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from tests.factories import active_account
from tests.services.filling.browsers import Applicant
from tests.services.filling.forms import add_office
from tests.services.filling.forms import add_service
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    return active_account(clock())


@pytest.fixture
def office(functional, site):
    """The office that gets the applications."""
    return add_office(site)


@pytest.fixture
def service(functional, site, office):
    """The registration of a dog, for those with an account."""
    return add_service(site, office)


@pytest.fixture
def anonymous_service(functional, site, office):
    """The registration of a dog, for everybody."""
    return add_service(
        site,
        office,
        audiences={"account", "anonymous"},
        required_level="basisregistrierung",
    )


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""

    def new_browser():
        transaction.commit()
        return Applicant(functional["app"], site.buergerportal.absolute_url())

    return new_browser


@pytest.fixture
def erika(new_browser, service):
    """A citizen who is logged in."""
    browser = new_browser()
    browser.logs_in()
    return browser


@pytest.fixture
def somebody(anonymous_service, new_browser):
    """Somebody without account."""
    return new_browser()


@pytest.fixture
def raised(erika, account, clock):
    """Let the citizen go on with a session of a trust level."""

    def raised(level):
        transaction.begin()
        ticket = sessions.start(account, TrustLevel(level), "test", clock())
        transaction.commit()
        erika.goes_on_with(ticket)

    return raised
