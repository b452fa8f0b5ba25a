"""An office that gets applications, its clerks, and another office."""

from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.cases import service
from datetime import date
from plone import api
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
from tests.services.applications.conftest import account
from tests.services.applications.conftest import file
from tests.services.applications.conftest import new
from tests.services.applications.conftest import session
from tests.services.applications.conftest import submit
import pytest
import transaction


__all__ = ["account", "file", "new", "session", "submit"]


@pytest.fixture
def office(site, account):
    """The office that gets the applications, with two clerks."""
    return _office(site, "Steueramt", "amt", "kollegin")


@pytest.fixture
def other_office(site, account):
    """An office that has nothing to do with it."""
    return _office(site, "Ordnungsamt", "ordnung")


def _office(site, title, *clerks):
    with api.env.adopt_roles(["Manager"]):
        office = api.content.create(
            site.buergerportal, "Dienststelle", title=title, signature="Das Amt"
        )
        for clerk in clerks:
            api.user.create(f"{clerk}@musterstadt.example", clerk, PASSWORD)
            api.user.grant_roles(clerk, roles=[CLERK], obj=office)
    return office


@pytest.fixture
def at_work(office, other_office):
    """Return a context in which the clerk of an office is logged in."""
    return lambda clerk="amt": api.env.adopt_user(clerk)


@pytest.fixture
def case(office, clock):
    """Return the case of an application as it is now."""
    return lambda application: service.get_case(office, application.id, clock().date())


@pytest.fixture
def letter():
    """Return a query with changes."""

    def letter(**changes):
        entries = {
            "kind": Kind.QUERY,
            "subject": "Hundesteuer",
            "text": "Welche Rasse hat Ihr Hund?",
            "reply_until": date(2099, 1, 1),
        }
        return Letter(**(entries | changes))

    return letter


@pytest.fixture
def new_clerk(functional, site, office, other_office, account):
    """Opens browsers of clerks who are logged in."""
    transaction.commit()

    def new_clerk(name="amt", office=office):
        return Clerk(functional["app"], office.absolute_url(), name, PASSWORD)

    return new_clerk


@pytest.fixture
def clerk(new_clerk):
    """The browser of the office's clerk."""
    return new_clerk()
