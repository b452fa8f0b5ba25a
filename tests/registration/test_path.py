"""The whole path of a citizen, through the publisher."""

from plone.testing.zope import Browser
import pytest
import transaction


PASSWORD = "Kuhglocke hinterm Fahrradständer"


@pytest.fixture
def browser(functional, site):
    """A browser that shows errors as tracebacks."""
    transaction.commit()
    browser = Browser(functional["app"])
    browser.handleErrors = False
    return browser


@pytest.fixture
def portal_url(site):
    """The address of the Bürgerportal."""
    return site.buergerportal.absolute_url()


def fill_in(browser, portal_url, email="Erika@Example.org"):
    """Go through the steps up to the review page."""
    browser.open(f"{portal_url}/registrieren")
    browser.getControl(name="buttons.next").click()
    browser.getControl(name="buttons.next").click()
    browser.getControl(name="given_names").value = "Erika Łucja"
    browser.getControl(name="family_name").value = "Mustermann-Šťastná"
    browser.getControl(name="email").value = email
    browser.getControl(name="password").value = PASSWORD
    browser.getControl(name="repetition").value = PASSWORD
    browser.getControl(name="buttons.next").click()


def register(browser, portal_url, email="Erika@Example.org"):
    """Go through all steps of registering."""
    fill_in(browser, portal_url, email)
    browser.getControl(name="privacy_declaration").controls[0].selected = True
    browser.getControl(name="create").click()


def log_in(browser, portal_url, email="erika@example.org", password=PASSWORD):
    """Log in with the portal's form."""
    browser.open(f"{portal_url}/anmelden")
    browser.getControl(name="email").value = email
    browser.getControl(name="password").value = password
    browser.getControl(name="buttons.login").click()


def test_a_citizen_registers_activates_and_logs_in(browser, portal_url, mailbox):
    register(browser, portal_url)
    assert browser.url == f"{portal_url}/registrieren-gesendet"
    assert "Erika@example.org" in browser.contents
    browser.open(mailbox.last_link())
    browser.getForm(index=1).submit()
    log_in(browser, portal_url)
    assert browser.url == f"{portal_url}/mein-bereich"
    assert "Erika Łucja" in browser.contents
    assert "Mustermann-Šťastná" in browser.contents
