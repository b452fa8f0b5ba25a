"""A citizen who applies, and the office that gets it."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import NewApplication
from collective.servicekonto.services.applications.service import State
from datetime import timedelta
from io import BytesIO
from plone import api
from tests.factories import active_account
import pytest


SERVICE = "5" * 32

ANSWERS = (
    Answer("name", "Name", "Über Sie", "Erika", "Erika", "basisregistrierung:eingabe"),
    Answer("email", "E-Mail", "Über Sie", "e@example.org", "e@…", "niedrig:link"),
    Answer("dogs", "Hunde", "Ihr Hund", "Bello\nWaldi", ["Bello", "Waldi"]),
    Answer("chip", "Chip", "Ihr Hund", "", None),
)


@pytest.fixture
def account(site, clock):
    """A citizen's account."""
    return active_account(clock())


@pytest.fixture
def session(account, clock):
    """A session of the citizen, logged in with the password."""
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    return sessions.resolve(ticket, clock())


@pytest.fixture
def office(site, account):
    """An office of the town."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(site.buergerportal, "Dienststelle", title="Steueramt")


@pytest.fixture
def file(site):
    """Make a file of a citizen."""

    def file(name="Nachweis.txt", content=b"Ein Nachweis"):
        return take_in(BytesIO(content), name, for_citizens())

    return file


@pytest.fixture
def new(account, session, office):
    """Return what a citizen submits, with changes."""

    def new(**changes):
        entries = {
            "service_uid": SERVICE,
            "service_title": "Hundesteuer",
            "office_uid": office.UID(),
            "office_name": office.title,
            "account": account,
            "session": session,
            "answers": ANSWERS,
            "attributes": ("given_names", "email"),
            "purpose": "Anmeldung eines Hundes",
            "legal_basis": "Hundesteuersatzung",
            "retentions": {State.SETTLED: timedelta(days=100)},
            "decision_days": 14,
        }
        return NewApplication(**(entries | changes))

    return new


@pytest.fixture
def submit(new, clock):
    """Let the citizen submit an application, with changes."""
    return lambda **changes: service.submit(new(**changes), clock())
