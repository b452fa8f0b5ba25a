"""Programs of citizens, and the form that they fill in."""

from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
from tests.services.filling.forms import add_office
from tests.services.filling.forms import add_service
from typing import Any
import pytest
import transaction


OTHERS = "max@example.org"
FILLING = "@servicekonto-filling"

DOG = {"dog_name": "Rex", "race": "Dackel", "born": "2025-03-31", "chipped": True}


def of_form(**changes):
    """Let the editor choose this."""
    return pytest.mark.parametrize("changes_of_service", [changes], ids=[""])


class Program:
    """A program that fills in the form of the town for a citizen."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.address = address

    def reads(self) -> Any:
        """Ask what the form asks."""
        return self.client.get(f"{self.address}/{FILLING}")

    def changes(self, **body: Any) -> Any:
        """Change the draft."""
        return self.client.patch(f"{self.address}/{FILLING}", json=body)

    def types(self, **values: Any) -> Any:
        """Type into fields, whatever is there."""
        fields = {name: {"value": value} for name, value in values.items()}
        return self.changes(fields=fields)

    def attaches(self, field: str, name: str, content: bytes) -> Any:
        """Send a file for a field."""
        address = f"{self.address}/{FILLING}-files/{field}"
        files = [("files", (name, content, "application/octet-stream"))]
        return self.client.post(address, files=files)

    def discards(self, **body: Any) -> Any:
        """Throw the draft away."""
        return self.client.delete(f"{self.address}/{FILLING}", json=body)

    def sends(self, seen: Any, **more: Any) -> Any:
        """Send what an answer has shown."""
        shown = seen.json()
        key = (shown["kept"] or {}).get("key", "")
        body = {"key": key, "review": shown["review"]} | more
        return self.client.post(f"{self.address}/{FILLING}-send", json=body)

    def goes_on_with(self, account: Any, level: str, moment: Any) -> None:
        """Have a session of this level from now on."""
        transaction.begin()
        ticket = sessions.start(account, TrustLevel(level), "test", moment)
        transaction.commit()
        self.client.headers["Authorization"] = f"Bearer {bearer.encode(ticket)}"


def field(answer: Any, name: str) -> dict[str, Any]:
    """Return what an answer says of a field."""
    fields = (one for page in answer.json()["pages"] for one in page["fields"])
    return next(one for one in fields if one["name"] == name)


def the_draft(account: Any) -> drafts.Draft | None:
    """Return the only draft of the account, as it is stored."""
    transaction.begin()
    found = [draft for _uid, draft in drafts.all_of(account.id)]
    assert len(found) < 2
    return found[0] if found else None


def applications() -> list[str]:
    """Return the ids of all applications."""
    transaction.begin()
    return list(get_store().applications)


@pytest.fixture
def changes_of_service():
    """What the editor chose beside what is usual."""
    return {}


@pytest.fixture
def service(site, clock, changes_of_service):
    """The registration of a dog."""
    service = add_service(site, add_office(site), **changes_of_service)
    transaction.commit()
    return service


@pytest.fixture
def new_program(service, site, new_client, clock):
    """Makes programs, each with a session of an account."""

    def new_program(account, level="niedrig"):
        client = new_client()
        program = Program(client, f"{client.portal_url}/{service.getId()}")
        program.goes_on_with(account, level, clock())
        return program

    return new_program


@pytest.fixture
def erika(new_program, account):
    """The program of a citizen."""
    return new_program(account)


@pytest.fixture
def max_(new_program, clock):
    """The program of another citizen."""
    account = active_account(clock(), OTHERS)
    transaction.commit()
    return new_program(query_account(account.id))
