"""The control panel of the Online-Ausweis, in a browser."""

from base64 import b64encode
from collective.servicekonto.eid import connection
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Operation
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from zope.component import getGlobalSiteManager
import json
import pytest
import transaction


PANEL = "@@servicekonto-eid-settings"
CHECK = "@@servicekonto-eid-check"
PASSWORD = "Ringelnatter im Gartenteich"


@pytest.fixture
def browser(functional):
    """A browser of nobody."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    return browser


@pytest.fixture
def webmaster(browser):
    """A browser in which the webmaster is logged in."""
    browser.addHeader("Authorization", f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}")
    return browser


@pytest.fixture
def good_server():
    """An eID-Server that may read everything."""

    class Good:
        def info(self):
            return Info((2, 4, 0), frozenset(Operation))

    utility = Good()
    manager = getGlobalSiteManager()
    manager.registerUtility(utility, connection.IEIDServer)
    yield utility
    manager.unregisterUtility(utility, connection.IEIDServer)


def check(browser, site):
    browser.open(f"{site.absolute_url()}/{CHECK}")
    browser.getControl("Check now").click()


def test_a_visitor_gets_neither_page(browser, site):
    for page in (PANEL, CHECK):
        browser.open(f"{site.absolute_url()}/{page}")
        assert "servicekonto-eid" not in browser.contents or "login" in browser.url


@pytest.fixture
def editor_in_chief(functional, browser):
    """A browser in which a Site Administrator is logged in."""
    acl_users = functional["portal"].acl_users
    acl_users.userFolderAddUser("rita", PASSWORD, ["Site Administrator"], [])
    transaction.commit()
    browser.addHeader("Authorization", f"Basic rita:{PASSWORD}")
    return browser


def test_who_edits_the_site_does_not_choose_whose_word_is_believed(
    editor_in_chief, site
):
    for page in (PANEL, CHECK):
        editor_in_chief.open(f"{site.absolute_url()}/{page}")
        assert "require_login" in editor_in_chief.url or (
            "Insufficient Privileges" in editor_in_chief.contents
        )
    editor_in_chief.open(f"{site.absolute_url()}/@@overview-controlpanel")
    assert "@@servicekonto-settings" in editor_in_chief.contents
    assert PANEL not in editor_in_chief.contents


def test_nor_with_a_program(editor_in_chief, site):
    address = f"{site.absolute_url()}/@controlpanels/servicekonto-eid"
    signed = b64encode(f"rita:{PASSWORD}".encode()).decode()
    headers = {"Accept": "application/json", "Authorization": f"Basic {signed}"}
    sent = json.dumps({"address": "https://evil.example/"})
    program = editor_in_chief.testapp
    refused = program.patch(address, sent, headers, expect_errors=True)
    assert refused.status_int == 401
    assert program.get(address, headers=headers, expect_errors=True).status_int == 401
    transaction.begin()
    assert settings.settings().address is None


def test_all_other_panels_are_still_listed_for_programs(editor_in_chief, site):
    editor_in_chief.addHeader("Accept", "application/json")
    editor_in_chief.open(f"{site.absolute_url()}/@controlpanels")
    listed = [
        one["@id"].rpartition("/")[2] for one in json.loads(editor_in_chief.contents)
    ]
    assert "servicekonto" in listed
    assert "servicekonto-eid" not in listed


def test_the_webmaster_sets_the_address(webmaster, site):
    webmaster.open(f"{site.absolute_url()}/{PANEL}")
    webmaster.getControl("Address of the eID-Server").value = "https://eid.example/"
    webmaster.getControl("Save").click()
    transaction.begin()
    assert settings.settings().address == "https://eid.example/"


def test_an_address_without_https_is_not_kept(webmaster, site):
    webmaster.open(f"{site.absolute_url()}/{PANEL}")
    webmaster.getControl("Address of the eID-Server").value = "http://eid.example/"
    webmaster.getControl("Save").click()
    transaction.begin()
    assert "begins with https://" in webmaster.contents
    assert settings.settings().address is None


def test_the_panel_names_what_the_environment_decides(webmaster, site, monkeypatch):
    monkeypatch.setenv("SERVICEKONTO_EID_KEY", "/etc/eid/secret.key")
    webmaster.open(f"{site.absolute_url()}/{PANEL}")
    assert "SERVICEKONTO_EID_KEY</code>" in webmaster.contents
    assert "secret.key" not in webmaster.contents


def test_nothing_is_checked_before_the_button_is_pressed(webmaster, site):
    webmaster.open(f"{site.absolute_url()}/{CHECK}")
    assert "not set" not in webmaster.contents


def test_a_post_from_elsewhere_checks_nothing(webmaster, site):
    webmaster.post(f"{site.absolute_url()}/{CHECK}", "x=1")
    assert webmaster.headers["status"].startswith("403")


def test_without_an_address_that_is_what_is_missing(webmaster, site):
    check(webmaster, site)
    assert "Something is not right yet" in webmaster.contents
    assert "The address of the eID-Server is not set." in webmaster.contents


def test_files_are_looked_at_before_anybody_is_asked(webmaster, site):
    kept = settings.settings()
    kept.address = "https://eid.example/"
    kept.certificate = kept.key = kept.signer = "/nowhere.pem"
    transaction.commit()
    check(webmaster, site)
    assert "The file /nowhere.pem does not exist." in webmaster.contents


def test_a_good_connection_is_good_news(webmaster, site, good_server):
    check(webmaster, site)
    assert "Citizens can use the Online-Ausweis." in webmaster.contents
    assert "alert-danger" not in webmaster.contents


def test_programs_reach_the_same_settings(webmaster, site):
    webmaster.addHeader("Accept", "application/json")
    webmaster.open(f"{site.absolute_url()}/@controlpanels/servicekonto-eid")
    panel = json.loads(webmaster.contents)
    assert panel["data"]["allow_test_identities"] is False
