"""A citizen's program, and what the citizen applied for."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import NewApplication
from datetime import timedelta
from tests.factories import ADDRESS
from tests.services.applications.conftest import ANSWERS
from tests.services.applications.conftest import SERVICE
import pytest
import transaction


@pytest.fixture
def erika(client, account):
    """The program of a citizen."""
    client.log_in(ADDRESS)
    return client


@pytest.fixture
def applied(erika, account, clock):
    """Let the citizen apply; return the id of the application."""

    def applied(**changes):
        transaction.begin()
        ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
        entries = {
            "service_uid": SERVICE,
            "service_title": "Hundesteuer",
            "office_uid": "0" * 32,
            "office_name": "Steueramt",
            "account": account,
            "session": sessions.resolve(ticket, clock()),
            "answers": ANSWERS,
            "attributes": ("given_names",),
            "purpose": "Anmeldung eines Hundes",
            "legal_basis": "Hundesteuersatzung",
            "retentions": {"settled": timedelta(days=100)},
            "decision_days": 14,
        }
        new = NewApplication(**(entries | changes))
        application = service.submit(new, clock())
        transaction.commit()
        return application.id

    return applied
