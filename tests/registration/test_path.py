"""The whole path of a citizen, through the publisher."""

from collective.servicekonto.portal.settings import settings
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
    browser.getControl("Activate").click()
    log_in(browser, portal_url)
    assert browser.url == f"{portal_url}/mein-bereich"
    assert "Erika Łucja" in browser.contents
    assert "Mustermann-Šťastná" in browser.contents


def test_the_page_says_whether_the_mail_was_sent_again(browser, portal_url, mailbox):
    settings().mail_interval = 180
    transaction.commit()
    register(browser, portal_url, "nochmal@example.org")
    browser.getControl("Send the e-mail again").click()
    assert "We have sent the e-mail again." in browser.contents
    assert len(mailbox.mails()) == 2
    for _number in range(3):
        browser.getControl("Send the e-mail again").click()
    assert "Please wait a few minutes" in browser.contents
    assert len(mailbox.mails()) < 5
    browser.getLink("Please begin again").click()
    assert browser.url == f"{portal_url}/registrieren"


def test_missing_declarations_are_named(browser, portal_url):
    fill_in(browser, portal_url)
    browser.getControl(name="create").click()
    assert "Please confirm the declarations" in browser.contents
    assert "<title>Error: " in browser.contents
    browser.getLink(url="erklaerung").click()
    assert "still open in the other window" in browser.contents


def test_a_copied_link_with_a_full_stop_activates(browser, portal_url, mailbox):
    register(browser, portal_url, "punkt@example.org")
    browser.open(mailbox.last_link() + ".")
    assert "Activate your Servicekonto" in browser.contents
