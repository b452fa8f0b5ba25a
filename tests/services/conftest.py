"""An office, and services of the town."""

from collective.servicekonto.interfaces import IServicekontoLayer
from plone import api
from tests.factories import active_account
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
from tests.selfservice.browsers import Citizen
from tests.services.forms import DOG_TAX
from zope.interface import alsoProvides
import pytest
import transaction


@pytest.fixture
def portal(site):
    """The Bürgerportal."""
    alsoProvides(site.REQUEST, IServicekontoLayer)
    return site.buergerportal


@pytest.fixture
def office(portal):
    """The office that gets the applications."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(portal, "Dienststelle", title="Steueramt")


@pytest.fixture
def new_service(portal, office):
    """Makes services that everybody sees."""

    def new_service(container=None, **changes):
        values = {
            "title": "Hundesteuer anmelden",
            "fields_model": DOG_TAX,
            "is_online_service": True,
            "office": office.UID(),
            "audiences": {"account"},
            "required_level": "niedrig",
            "purpose": "Festsetzung der Hundesteuer",
            "legal_basis": "§ 3 Hundesteuersatzung",
        }
        with api.env.adopt_roles(["Manager"]):
            form = api.content.create(
                portal if container is None else container,
                "EasyForm",
                **(values | changes),
            )
            api.content.transition(form, "publish")
        return form

    return new_service


@pytest.fixture
def account(site, clock):
    """An account that can log in."""
    return active_account(clock())


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers at the Bürgerportal that share nothing."""

    def new_browser():
        transaction.commit()
        return Citizen(functional["app"], site.buergerportal.absolute_url())

    return new_browser


@pytest.fixture
def editor(functional, portal):
    """The browser of somebody who may add, change and publish in the portal."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("redaktion@musterstadt.example", "redaktion", PASSWORD)
        api.user.grant_roles(
            "redaktion", roles=["Contributor", "Editor", "Reviewer"], obj=portal
        )
    transaction.commit()
    return Clerk(functional["app"], portal.absolute_url(), "redaktion")


@pytest.fixture
def erika(new_browser):
    """A citizen who is logged in with her password."""
    browser = new_browser()
    browser.logs_in()
    return browser


@pytest.fixture
def service(new_service):
    """The service with which one registers a dog."""
    return new_service()
