"""A link never does what a form does, and odd methods are refused."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.store.service import get_store
from plone.testing.zope import Browser
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from urllib.parse import urlencode
import pytest
import transaction


NEW = "Zwetschge Leuchtturm Pantoffel"


@pytest.fixture
def browser(functional, site):
    """A browser without cookies."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.followRedirects = False
    return browser


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


def address(site, page, **query):
    """Return the address of a page with a query."""
    return f"{site.buergerportal.absolute_url()}/{page}?{urlencode(query)}"


def test_a_link_does_not_log_in(browser, site, account):
    entries = {"email": ADDRESS, "password": PASSWORD, "buttons.login": "x"}
    browser.open(address(site, "anmelden", **entries))
    assert browser.headers["status"].startswith("200")
    assert len(get_store().sessions) == 0


def test_a_link_does_not_ask_for_a_mail(browser, site, account, mailbox):
    entries = {"email": ADDRESS, "buttons.send": "x"}
    browser.open(address(site, "passwort-vergessen", **entries))
    assert mailbox.mails() == []


def test_a_link_does_not_begin_a_registration(browser, site, account):
    entries = {"kind": "privatperson", "buttons.next": "x"}
    browser.open(address(site, "registrieren", **entries))
    assert len(get_store().drafts) == 0


def test_a_link_does_not_change_a_password(browser, site, account, mailbox):
    browser.open(address(site, "passwort-vergessen"))
    browser.getControl(name="email").value = ADDRESS
    browser.getControl(name="buttons.send").click()
    before = accounts.query_by_address(ADDRESS).password_hash
    entries = {"password": NEW, "repetition": NEW, "buttons.save": "x"}
    browser.open(f"{mailbox.last_link()}&{urlencode(entries)}")
    assert accounts.query_by_address(ADDRESS).password_hash == before


@pytest.mark.parametrize("query", ["nach:list=1", "nach.a:record=1", "weiter:list=a"])
def test_odd_entries_of_a_link_are_ignored(browser, site, account, query):
    browser.open(f"{site.buergerportal.absolute_url()}/anmelden?{query}")
    assert browser.headers["status"].startswith("200")
