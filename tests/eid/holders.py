"""Citizens in front of the AusweisApp, without the app."""

from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.connection import IEIDServer
from html import unescape
from tests.eid.provider import Provider
from tests.factories import active_account
from tests.factories import PASSWORD
from tests.selfservice.browsers import Citizen
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zope.component import getGlobalSiteManager
import pytest
import re
import transaction


ORIGIN = "http://localhost"


@pytest.fixture
def provider():
    """The eID-Server of the portal."""
    provider = Provider()
    manager = getGlobalSiteManager()
    manager.registerUtility(provider, IEIDServer)
    yield provider
    manager.unregisterUtility(provider, IEIDServer)


@pytest.fixture
def trial(site, monkeypatch):
    """The site is for trying things out: setting and environment say so."""
    monkeypatch.setenv(invented.ENVIRONMENT, "1")
    settings.settings().allow_test_identities = True
    transaction.commit()


class Holder(Citizen):
    """A citizen with a browser and a card. The app fetches and leads back."""

    @property
    def text(self) -> str:
        """Return the words of the page."""
        main = self.contents.partition('<div class="servicekonto"')[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())

    @property
    def token_address(self) -> str:
        """Return where the app is told to fetch the TC token."""
        href = unescape(re.search(r'href="(http://127[^"]*)"', self.contents).group(1))
        return parse_qs(urlsplit(href).query)["tcTokenURL"][0]

    def begins(self, page: str = "hochstufen", password: str = PASSWORD) -> None:
        """Go as far as the links that open the app."""
        self.opens(page)
        self.fills_in(password=password)
        self.presses("upgrade")

    def fetches(self) -> dict[str, str]:
        """Fetch the TC token as the app does, without cookies."""
        app = Citizen(self.app, self.portal)
        app.open(self.token_address)
        assert app.headers["Content-Type"].startswith("text/xml")
        found = ElementTree.fromstring(app.contents.encode())
        return {one.tag: one.text or "" for one in found.iter()}

    def reads(self, page: str = "hochstufen") -> str:
        """Begin, let the app read the card, and come back; return the way back."""
        self.begins(page)
        address = f"{self.fetches()['RefreshAddress']}&ResultMajor=ok"
        self.open(address)
        return address

    def comes_back(self) -> str:
        """Let the app read the card, and come back; return the way back."""
        address = f"{self.fetches()['RefreshAddress']}&ResultMajor=ok"
        self.open(address)
        return address

    def uses_card(self, page: str = "anmelden-karte") -> str:
        """Log in with the card; return the way back."""
        self.opens(page)
        self.getControl("Go on to the AusweisApp").click()
        return self.comes_back()

    def upgrades(self) -> None:
        """Read the card and confirm everything."""
        self.reads()
        self.getControl(name="confirm").click()


@pytest.fixture
def site(site):
    """The site, served under a name that browsers trust."""
    site.buergerportal.public_url = f"{ORIGIN}/{site.id}/buergerportal"
    transaction.commit()
    return site


@pytest.fixture
def account(functional, site, clock):
    """Erika's account."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""
    return lambda: Holder(functional["app"], site.buergerportal.public_url)


@pytest.fixture
def erika(new_browser):
    """A citizen who is logged in."""
    browser = new_browser()
    browser.logs_in()
    return browser


@pytest.fixture
def stored(account):
    """Returns the account as it is in the database now."""

    def present():
        transaction.begin()
        return query_account(account.id)

    return present
