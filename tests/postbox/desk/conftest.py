"""An office with its clerk, another office with another clerk, and their browsers."""

from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from plone import api
from tests.postbox.desk.staff import add_office
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
import pytest
import transaction


BLOCKS = [{"title": "Unterlagen", "text": "Bitte senden Sie:\n- den Ausweis\n\nDanke."}]

KEY = "k" * 22


@pytest.fixture
def office(site, account):
    """The office that writes."""
    return add_office(site, "Bürgerbüro", "amt", signature="B. Amt", text_blocks=BLOCKS)


@pytest.fixture
def other_office(site, account):
    """An office that has nothing to do with it."""
    return add_office(site, "Ordnungsamt", "ordnung")


@pytest.fixture
def at_work(office, other_office):
    """Return a context in which the clerk of an office is logged in."""
    return lambda clerk="amt": api.env.adopt_user(clerk)


@pytest.fixture
def letter():
    """Return a query with changes."""

    def letter(**changes):
        entries = {
            "kind": Kind.QUERY,
            "subject": "Ihr Antrag",
            "text": "<p>Bitte senden Sie uns eine <b>Kopie</b>.</p>",
            "reference": "HU-2026-17",
            "reply_until": date(2099, 1, 1),
        }
        return Letter(**(entries | changes))

    return letter


@pytest.fixture
def new_clerk(functional, site, office, other_office, account):
    """Opens browsers of clerks who are logged in."""
    transaction.commit()

    def new_clerk(name="amt", password=PASSWORD, office=office):
        return Clerk(functional["app"], office.absolute_url(), name, password)

    return new_clerk


@pytest.fixture
def clerk(new_clerk):
    """The browser of the office's clerk."""
    return new_clerk()


@pytest.fixture
def write(office, account, letter, at_work, clock):
    """Let the clerk write to Erika."""
    numbers = iter(range(1000))

    def write(**changes):
        with at_work():
            key = f"{KEY}{next(numbers)}"
            return service.write(office, account, letter(**changes), clock(), key)

    return write


@pytest.fixture
def get_thread(office, account, at_work, clock):
    """Return the thread of a message as the clerk sees it."""

    def get_thread(message):
        with at_work():
            name = service.thread_name(account, message)
            return service.get_thread(office, name, clock().date())

    return get_thread
