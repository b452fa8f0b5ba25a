"""A program of an office, and applications to the office."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import NewApplication
from io import BytesIO
from tests.rest.postbox.conftest import erika
from tests.rest.postbox.conftest import office
from tests.rest.postbox.conftest import other_office
from tests.rest.postbox.conftest import other_program
from tests.rest.postbox.conftest import program
import pytest
import transaction


__all__ = [
    "erika",
    "office",
    "other_office",
    "other_program",
    "program",
]

ANSWERS = (
    Answer("name", "Name", "Über Sie", "Erika", "Erika", "hoch:online-ausweis"),
    Answer("dogs", "Hunde", "Ihr Hund", "Bello\nWaldi", ["Bello", "Waldi"], ""),
)


@pytest.fixture
def submit(account, office, clock):
    """Let the citizen apply; return the id of the application."""

    def submit(**changes):
        ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
        proof = take_in(BytesIO(b"Ein Nachweis"), "Nachweis.txt", for_citizens())
        entries = {
            "service_uid": "hundesteuer",
            "service_title": "Hundesteuer",
            "office_uid": office.UID(),
            "office_name": office.title,
            "account": account,
            "session": sessions.resolve(ticket, clock()),
            "answers": ANSWERS,
            "files": (("proof", proof),),
            "purpose": "Anmeldung eines Hundes",
            "legal_basis": "Hundesteuersatzung",
            "decision_days": 14,
        }
        application = service.submit(NewApplication(**(entries | changes)), clock())
        transaction.commit()
        return application.id

    return submit
