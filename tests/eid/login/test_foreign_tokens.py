"""A TC token that somebody else published under the portal's address.

The AusweisApp takes any from there. With a copy of the token of a log-in that an attacker
began, the card of a victim would be read for the attacker.
"""

from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.eid.provider import ERIKA
from tests.selfservice.browsers import Citizen
from xml.etree import ElementTree
import pytest
import transaction


APPS = ("AusweisApp2/1.26.2 (TR-03124/1.3)", "Open eCard App/2.1 (TR-03124-1/1.4)")


@pytest.fixture
def attacker(erika, provider, new_browser):
    """Somebody who began a log-in. Erika has a Servicekonto Plus."""
    erika.upgrades()
    browser = new_browser()
    browser.opens("anmelden-karte")
    browser.getControl("Go on to the AusweisApp").click()
    return browser


@pytest.fixture
def publish(site):
    """Publishes a copy of a TC token; returns its address."""

    def publish(token, name="formular.xml"):
        copy = ElementTree.Element("TCTokenType")
        for tag, text in token.items():
            ElementTree.SubElement(copy, tag).text = text
        data = ElementTree.tostring(copy)
        with api.env.adopt_roles(["Manager"]):
            file = NamedBlobFile(data, "text/xml", "formular.xml")
            found = api.content.create(site, "File", name, title="x", file=file)
        transaction.commit()
        return found.absolute_url().replace("http://nohost", "http://localhost")

    return publish


@pytest.fixture
def app(functional, site):
    """The eID-Client of a victim, which has no cookies."""

    class App(Citizen):
        def gets(self, address):
            """Return status and contents of what is there."""
            self.open(address)
            return self.headers["status"][:3], str(self.contents)

    browser = App(functional["app"], site.buergerportal.public_url)
    browser.addHeader("User-Agent", APPS[0])
    return browser


def test_a_copy_would_lead_the_attacker_into_the_account(attacker, provider):
    """So nobody's AusweisApp must ever get one: this is what is at stake."""
    back = attacker.fetches()["RefreshAddress"]
    provider.answer = ERIKA
    attacker.open(f"{back}&ResultMajor=ok")
    assert attacker.is_logged_in


def test_no_app_gets_a_copy(attacker, publish, app, new_browser):
    token = attacker.fetches()
    copy = publish(token)
    visitor = new_browser()
    for way in ("", "/@@download/file", "/@@display-file/file"):
        status, contents = app.gets(copy + way)
        assert status == "403"
        assert token["PSK"] not in contents
        visitor.open(copy + way)
        assert visitor.headers["status"].startswith("200")


def test_nor_by_a_name_like_ours(attacker, publish, app):
    token = attacker.fetches()
    for name in ("eid-token", "eid-rueckkehr"):
        status, contents = app.gets(f"{publish(token, name)}?vorgang=1")
        assert status == "403"
        assert token["PSK"] not in contents


def test_no_page_of_the_site_is_for_apps(functional, provider, app, site):
    pages = ("", "/buergerportal", "/buergerportal/anmelden", "/sitemap.xml.gz")
    for page in pages:
        assert app.gets(f"http://localhost/{site.id}{page}")[0] == "403"
    other = type(app)(functional["app"], app.portal)
    other.addHeader("User-Agent", APPS[1])
    assert other.gets(f"http://localhost/{site.id}")[0] == "403"


def test_an_app_gets_our_own_token_once(attacker, app):
    app.open(attacker.token_address)
    assert "<PSK>" in app.contents
    assert app.headers["Cache-Control"] == "no-store"
    app.open(attacker.token_address)
    assert "<PSK>" not in app.contents


def test_the_secrets_of_a_token_cannot_be_guessed(attacker):
    """Each has at least 128 bits."""
    secrets = {attacker.token_address.partition("vorgang=")[2]}
    secrets.add(attacker.fetches()["RefreshAddress"].partition("vorgang=")[2])
    assert len(secrets) == 2
    assert min(map(len, secrets)) >= 22
