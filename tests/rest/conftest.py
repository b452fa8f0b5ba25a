"""A Plone server and a program that talks to it."""

from collective.servicekonto.eid.connection import IEIDServer
from collective.servicekonto.portal.settings import settings
from pytest_plone import fixtures_factory
from tests.eid.provider import Provider
from tests.factories import active_account
from tests.factories import entries
from tests.factories import PASSWORD
from tests.rest import examples
from tests.rest.server import SERVER
from tests.rest.server import SERVER_TESTING
from urllib.parse import urljoin
from xml.etree import ElementTree
from zope.component import getGlobalSiteManager
import json
import pytest
import requests
import transaction


globals().update(fixtures_factory(((SERVER_TESTING, "served"),)))


@pytest.fixture
def site(served, clock):
    """The Plone site that the server serves."""
    site = served["portal"]
    site.buergerportal.public_url = f"{SERVER.origin}/{site.id}/buergerportal"
    transaction.commit()
    return site


class Client(requests.Session):
    """A program that registers and uses an account, below the Bürgerportal."""

    def __init__(self, portal_url: str) -> None:
        super().__init__()
        self.portal_url = portal_url
        self.site_url = portal_url.rpartition("/")[0]
        self.headers["Accept"] = "application/json"

    def request(self, method, url, **options):
        """Send a request; the address is relative to the portal."""
        return super().request(
            method, urljoin(f"{self.portal_url}/", url), timeout=60, **options
        )

    def begin(self):
        """Begin a registration; its key is sent from now on."""
        response = self.post(
            "@servicekonto-registration", json={"kind": "privatperson"}
        )
        self.headers["X-Servicekonto-Draft"] = response.json()["draft"]
        return response

    def enter(self, **changes):
        """Send the account and the details."""
        body = {"account": "servicekonto"} | entries(**changes)
        return self.patch("@servicekonto-registration", json=body)

    def create(self):
        """Confirm the declarations and create the account."""
        offer = self.get("@servicekonto-registration").json()
        body = {"confirmed": [each["reference"] for each in offer["declarations"]]}
        return self.post("@servicekonto-registration-create", json=body)

    def register(self, **changes):
        """Go through all steps up to the mail."""
        self.begin()
        self.enter(**changes)
        return self.create()

    def activate(self, token: str):
        """Use the link of the mail."""
        return self.post("@servicekonto-activation", json={"token": token})

    def log_in(self, address: str, password: str = PASSWORD):
        """Log in; the token is sent from now on, and no cookies."""
        body = {"login": address, "password": password}
        response = self.post(f"{self.site_url}/@login", json=body)
        self.cookies.clear()
        if response.ok:
            self.headers["Authorization"] = f"Bearer {response.json()['token']}"
        return response

    def log_out(self):
        """Log out."""
        return self.post(f"{self.site_url}/@logout")

    def comes_back(self, begun, secret: str = ""):
        """Let the eID-Client read the card, and send what it leads back with."""
        self.headers["X-Servicekonto-Browser"] = begun.json()["browser"]
        self.cookies.clear()
        body = {"secret": secret or self.secret_of_way_back(begun)}
        return self.post("@servicekonto-eid-return", json=body)

    def own_account(self):
        """Ask for one's own details."""
        return self.get("@servicekonto-account")

    @property
    def origin(self) -> str:
        """What a browser would call the site."""
        return "/".join(self.portal_url.split("/")[:3])

    def go_on(self, answer):
        """Send the token of the answer from now on."""
        self.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def begin_passkey(self, password: str = PASSWORD):
        """Ask what a browser needs to make a passkey."""
        return self.post("@servicekonto-passkey-begin", json={"password": password})

    def add_passkey(self, answer: str, label: str = "Mein Handy"):
        """Send the passkey that the authenticator made."""
        body = {"label": label, "credential": json.loads(answer)}
        return self.post("@servicekonto-passkey-add", json=body)

    def use_passkey(self, answer: str):
        """Send what the authenticator signed."""
        body = {"credential": json.loads(answer)}
        return self.post("@servicekonto-passkey-use", json=body)

    def has_passkey(self, phone) -> None:
        """Add a passkey and use it."""
        made = phone.create(self.begin_passkey().json())
        self.go_on(self.use_passkey(phone.get(self.add_passkey(made).json())))

    def passkeys(self) -> list[str]:
        """Return the ids of the passkeys."""
        items = self.get("@servicekonto-means").json()["items"]
        return [one["id"] for one in items if one["kind"] == "passkey"]

    def about_passkey(self, verb: str, passkey: str):
        """Block or remove a passkey."""
        return self.post(f"@servicekonto-passkey-{verb}", json={"id": passkey})

    def begin_reading(self, password: str = PASSWORD):
        """Begin the upgrade."""
        return self.post("@servicekonto-eid-begin", json={"password": password})

    def secret_of_way_back(self, begun) -> str:
        """Fetch the TC token as the eID-Client does; return the secret in it."""
        token = requests.get(begun.json()["tc_token"], timeout=60)
        address = ElementTree.fromstring(token.content).findtext("RefreshAddress")
        return address.partition("vorgang=")[2]

    def take_reading(self, secret: str):
        """Tell that the eID-Client led back."""
        return self.post("@servicekonto-eid-take", json={"secret": secret})

    def upgrade(self) -> None:
        """Upgrade the account with the card."""
        self.take_reading(self.secret_of_way_back(self.begin_reading()))
        read = self.get("@servicekonto-eid").json()
        body = {"revision": read["revision"], "keep": list(read["others"])}
        self.go_on(self.post("@servicekonto-eid-settle", json=body))

    def without_token(self):
        """Send no Authorization header any more."""
        self.headers.pop("Authorization", None)
        return self


@pytest.fixture
def provider():
    """The eID-Server of the portal."""
    provider = Provider()
    manager = getGlobalSiteManager()
    manager.registerUtility(provider, IEIDServer)
    yield provider
    manager.unregisterUtility(provider, IEIDServer)


@pytest.fixture
def new_client(site):
    """Makes programs that know nothing of each other."""
    made = []

    def make() -> Client:
        made.append(Client(site.buergerportal.public_url))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(new_client):
    """A program."""
    return new_client()


@pytest.fixture
def token(mailbox):
    """Returns the secret in the link of the newest mail."""
    return lambda: mailbox.last_link().partition("token=")[2]


@pytest.fixture
def account(site, clock):
    """An account that can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def shown(site):
    """Returns an answer after comparing it with the example of the name."""

    def show(name, answer):
        examples.check(name, answer, site.buergerportal.public_url)
        return answer

    return show


@pytest.fixture
def guard_from_the_first_form(site):
    """The guard is shown after a single form."""
    settings().guard_threshold = 1
    transaction.commit()
