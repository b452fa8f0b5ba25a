"""Fixtures of the tests of the card itself."""

from tests.eid.card.authority import authority
from tests.eid.card.card import Card
from tests.eid.card.client import Client
import pytest


@pytest.fixture
def card():
    """Erika's card."""
    return Card(authority().root_certificate)


@pytest.fixture
def client(card):
    """An eID-Client at that card."""
    card.power_on()
    return Client(card.transmit)
