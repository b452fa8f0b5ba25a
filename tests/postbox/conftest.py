"""A citizen with a box, an office of the town, and a real virus scanner."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments import scanner
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from plone import api
from tests.factories import active_account
from tests.postbox.attachments.clamd import running
import pytest


@pytest.fixture
def account(site, clock):
    """A citizen's account, which was welcomed already."""
    return active_account(clock())


@pytest.fixture
def office(site, account):
    """An office of the town."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(
            site.buergerportal, "Dienststelle", title="Bürgerbüro", signature="B. Amt"
        )


@pytest.fixture
def session(account, clock):
    """A session of the citizen, logged in with the password."""
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    return sessions.resolve(ticket, clock())


@pytest.fixture
def send(account, office, clock):
    """Let the office send a message to the citizen."""

    def send(**changes):
        entries = {
            "kind": Kind.QUERY,
            "title": "Ihr Antrag",
            "body": "<p>Bitte senden Sie uns eine Kopie.</p>",
            "sender": office.title,
            "office": office.UID(),
            "reference": "HU-2026-17",
            "reply_until": date(2099, 1, 1),
        }
        new = service.NewMessage(**(entries | changes))
        return service.deliver(account, new, clock())

    return send


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    """A clamd of our own."""
    with running(tmp_path_factory.mktemp("clamd")) as daemon:
        yield daemon


@pytest.fixture
def named(monkeypatch):
    """Names the scanner in the environment."""
    return lambda address: monkeypatch.setenv(scanner.ENVIRONMENT, address)
