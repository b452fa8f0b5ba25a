"""The export holds everything, as it says, and can be read elsewhere."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from collective.servicekonto.accounts import attributes
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.interfaces import PersonalFile
from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.dataaccess.export import service
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from collective.servicekonto.testing import add_portal
from io import BytesIO
from jsonschema import Draft202012Validator
from plone.app.testing import SITE_OWNER_NAME
from plone.testing.zope import Browser
from Products.CMFPlone.factory import addPloneSite
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from zipfile import ZipFile
from zope.component import getGlobalSiteManager
from zope.component import getUtilitiesFor
from zope.component.hooks import setSite
from zope.interface import implementer
import json
import pytest
import transaction


RECIPIENT = dataaccess.Recipient("Fundbüro", "Verlustanzeige", "Einwilligung")


def translate(message):
    """Return the English text."""
    return str(message)


@pytest.fixture
def account(functional, site, clock):
    """An account with something of everything."""
    account = active_account(clock())
    attributes.type_in(account, "birth_name", "Gabler", clock())
    attributes.type_in(account, "Kind", [{"given_names": "Max"}], clock())
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    session = sessions.resolve(ticket, clock())
    dataaccess.transmit(account, session, RECIPIENT, ["given_names"], clock())
    transaction.commit()
    return account


@pytest.fixture
def archive(account, clock):
    """The export, opened for reading."""
    export = service.export(account, TrustLevel.LOW, "de", translate, clock())
    content = b"".join(export.chunks)
    assert export.length == len(content)
    return ZipFile(BytesIO(content))


def data_in(archive):
    """Return the data of the export."""
    return json.loads(archive.read(service.DATA))


def test_it_has_data_schema_overview_and_manifest(archive):
    assert archive.namelist() == [
        "daten.json",
        "daten.schema.json",
        "uebersicht.pdf",
        "manifest.json",
    ]


def test_the_data_are_as_the_schema_says(archive):
    schema = json.loads(archive.read(service.SCHEMA))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data_in(archive))


def test_every_module_contributes(archive):
    names = {name for name, _personal in getUtilitiesFor(IPersonalData)}
    assert data_in(archive)["data"].keys() == names


def test_every_attribute_has_its_level_and_source(archive):
    found = data_in(archive)["data"]["attributes"]
    assert found["birth_name"]["value"] == "Gabler"
    assert found["birth_name"]["source"] == "eingabe"
    assert found["email"]["level"] == "niedrig"
    assert found["Kind"]["value"] == [{"given_names": "Max"}]


def test_no_secret_is_in_it(archive, account):
    content = archive.read(service.DATA).decode()
    assert account.password_hash not in content
    assert "argon2" not in content
    assert not any(key.split(":")[1] in content for key in get_store().sessions)


def test_the_overview_is_a_tagged_pdf(archive):
    pdf = archive.read(service.OVERVIEW)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


def test_files_of_any_module_are_in_it(account, clock):
    @implementer(IPersonalData)
    class Photos:
        def data(self, account):
            return {}

        def files(self, account):
            return [PersonalFile("passbild.txt", 4, lambda: [b"Bi", b"ld"])]

    manager = getGlobalSiteManager()
    manager.registerUtility(Photos(), IPersonalData, "photos")
    try:
        export = service.export(account, TrustLevel.LOW, "de", translate, clock())
        archive = ZipFile(BytesIO(b"".join(export.chunks)))
    finally:
        manager.unregisterUtility(provided=IPersonalData, name="photos")
    assert archive.read("dateien/photos/passbild.txt") == b"Bild"


@pytest.fixture
def second_site(functional, site):
    """Another site with a Bürgerportal, in which nobody is known."""
    app = functional["app"]
    user = app.acl_users.getUser(SITE_OWNER_NAME).__of__(app.acl_users)
    newSecurityManager(None, user)
    profile = "collective.servicekonto:default"
    other = addPloneSite(app, "zweite", setup_content=False, extension_ids=[profile])
    setSite(other)
    add_portal(other, "http://nohost/zweite/buergerportal")
    setSite(site)
    yield other
    noSecurityManager()
    setSite(site)


def test_an_import_into_a_second_site_gives_the_same_data(archive, second_site, clock):
    exported = data_in(archive)["data"]
    setSite(second_site)
    assert accounts.query_by_address(ADDRESS) is None
    account = active_account(clock(), exported["attributes"]["email"]["value"])
    for name, one in exported["attributes"].items():
        if one["source"] == "eingabe":
            attributes.type_in(account, name, one["value"], clock())
    imported = service.document(account, TrustLevel.LOW, translate, clock())["data"]
    assert imported["attributes"] == exported["attributes"]
    assert imported["account"] == exported["account"]


@pytest.fixture
def browser(functional, account, site):
    """A browser in which the citizen is logged in."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.open(f"{site.buergerportal.absolute_url()}/anmelden")
    browser.getControl(name="email").value = ADDRESS
    browser.getControl(name="password").value = PASSWORD
    browser.getControl(name="buttons.login").click()
    browser.open(f"{site.buergerportal.absolute_url()}/export")
    return browser


def test_the_citizen_downloads_it_with_the_password(browser):
    browser.getControl(name="present_password").value = PASSWORD
    browser.getControl(name="buttons.download").click()
    assert browser.headers["Content-Type"] == "application/zip"
    assert "attachment" in browser.headers["Content-Disposition"]
    archive = ZipFile(BytesIO(browser.contents))
    assert "daten.json" in archive.namelist()


def test_nobody_gets_it_without_the_password(browser):
    browser.getControl(name="present_password").value = "geraten"
    browser.getControl(name="buttons.download").click()
    assert "This is not your present password." in browser.contents


def test_a_stranger_comes_to_the_log_in(functional, account, site):
    stranger = Browser(functional["app"])
    stranger.open(f"{site.buergerportal.absolute_url()}/export")
    assert "/anmelden" in stranger.url
