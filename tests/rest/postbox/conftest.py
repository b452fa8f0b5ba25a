"""A citizen's program, an office's program, and messages between them."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from plone import api
from secrets import token_hex
from tests.factories import active_account
from tests.factories import ADDRESS
import pytest
import transaction


OTHERS_ADDRESS = "max@example.org"


PROGRAMS_PASSWORD = "Postkutsche unterm Apfelbaum"


@pytest.fixture
def office(site):
    """An office of the town."""
    return _office(site, "Bürgerbüro", "fachverfahren", signature="B. Amt")


@pytest.fixture
def other_office(site):
    """An office that has nothing to do with it."""
    return _office(site, "Ordnungsamt", "anderes")


def _office(site, title, program, **entries):
    with api.env.adopt_roles(["Manager"]):
        office = api.content.create(
            site.buergerportal, "Dienststelle", title=title, **entries
        )
        address = f"{program}@musterstadt.example"
        api.user.create(address, program, PROGRAMS_PASSWORD)
        api.user.grant_roles(program, roles=[CLERK], obj=office)
    transaction.commit()
    return office


class Program:
    """A program of an office, as its maker writes it."""

    def __init__(self, client, office) -> None:
        self.client = client
        self.name = office.getId()

    def call(self, method, path, **options):
        """Send a request below the office."""
        return self.client.request(method, f"{self.name}/{path}", **options)

    def get(self, path, **options):
        """Ask."""
        return self.call("GET", path, **options)

    def send(self, key=None, **changes):
        """Write to a citizen."""
        return self.call(
            "POST",
            "@servicekonto-messages",
            json=message(**changes),
            headers={"Idempotency-Key": key or token_hex(8)},
        )


def message(**changes):
    """Return what a program sends; None leaves an entry out."""
    entries = {
        "recipient": ADDRESS,
        "kind": "query",
        "subject": "Ihr Antrag",
        "text": "Bitte senden Sie uns eine Kopie.",
        "reference": "HU-2026-17",
        "reply_until": "2099-01-01",
    }
    return {
        name: value for name, value in (entries | changes).items() if value is not None
    }


@pytest.fixture
def program(new_client, office, account):
    """The program of the office, with a token."""
    return _logged_in(new_client(), office, "fachverfahren")


@pytest.fixture
def other_program(new_client, other_office, office, account):
    """The program of the other office, which tries the addresses of this one."""
    return _logged_in(new_client(), office, "anderes")


def _logged_in(client, office, name):
    assert client.log_in(name, PROGRAMS_PASSWORD).ok
    return Program(client, office)


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
