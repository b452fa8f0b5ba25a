"""A citizen's program, an office's program, and messages between them."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from plone import api
from tests.factories import active_account
from tests.factories import ADDRESS
import pytest
import transaction


OTHERS_ADDRESS = "max@example.org"


@pytest.fixture
def office(site):
    """An office of the town."""
    with api.env.adopt_roles(["Manager"]):
        office = api.content.create(
            site.buergerportal, "Dienststelle", title="Bürgerbüro"
        )
    transaction.commit()
    return office


@pytest.fixture
def send(account, office, clock):
    """Let the office send a message to the citizen; return its id."""

    def send(**changes):
        entries = {
            "kind": Kind.QUERY,
            "title": "Ihr Antrag",
            "body": "<p>Bitte senden Sie uns eine Kopie.</p>",
            "sender": office.title,
            "office": office.UID(),
            "reference": "HU-2026-17",
            "level": TrustLevel.LOW,
            "reply_until": date(2099, 1, 1),
        }
        new = service.NewMessage(**(entries | changes))
        message = service.deliver(account, new, clock())
        transaction.commit()
        return message.id

    return send


@pytest.fixture
def erika(client, account):
    """The program of the citizen who gets the messages."""
    client.log_in(ADDRESS)
    return client


@pytest.fixture
def max_(new_client, site, clock):
    """The program of another citizen."""
    active_account(clock(), OTHERS_ADDRESS)
    transaction.commit()
    client = new_client()
    client.log_in(OTHERS_ADDRESS)
    return client
