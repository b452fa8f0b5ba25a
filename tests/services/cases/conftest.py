"""An office that gets applications, its clerks, and another office."""

from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.cases import service
from datetime import date
from tests.postbox.desk.conftest import at_work
from tests.postbox.desk.conftest import clerk
from tests.postbox.desk.conftest import new_clerk
from tests.postbox.desk.staff import add_office
from tests.services.applications.conftest import account
from tests.services.applications.conftest import file
from tests.services.applications.conftest import new
from tests.services.applications.conftest import session
from tests.services.applications.conftest import submit
import pytest


__all__ = [
    "account",
    "at_work",
    "clerk",
    "file",
    "new",
    "new_clerk",
    "session",
    "submit",
]


@pytest.fixture
def office(site, account):
    """The office that gets the applications, with two clerks."""
    return add_office(site, "Steueramt", "amt", "kollegin", signature="Das Amt")


@pytest.fixture
def other_office(site, account):
    """An office that has nothing to do with it."""
    return add_office(site, "Ordnungsamt", "ordnung")


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
