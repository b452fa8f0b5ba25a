"""Fixtures of the tests of the reader command."""

from tests.eid.card.authority import authority
from tests.eid.card.card import Card
import pytest


@pytest.fixture
def card():
    """Erika's card."""
    return Card(authority().root_certificate)
