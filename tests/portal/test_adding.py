"""Adding a Bürgerportal in the browser."""

from collective.servicekonto.portal.service import query_portal
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
import pytest
import transaction


@pytest.fixture
def manager(functional, site):
    """A browser of the webmaster."""
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    credentials = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}"
    browser.addHeader("Authorization", f"Basic {credentials}")
    return browser


def test_a_second_portal_is_not_offered(manager, site):
    manager.open(site.absolute_url())
    assert "++add++Document" in manager.contents
    assert "++add++Buergerportal" not in manager.contents


def test_the_first_portal_is_offered(manager, site):
    site.manage_delObjects(["buergerportal"])
    transaction.commit()
    manager.open(site.absolute_url())
    assert "++add++Buergerportal" in manager.contents


def test_the_form_of_a_second_portal_says_that_there_is_one(manager, site):
    manager.open(f"{site.absolute_url()}/++add++Buergerportal")
    fill_in(manager, "Zweites", "https://www.musterstadt.example/zweites")
    assert manager.headers["status"].startswith("200")
    assert "This site has a Bürgerportal already: Bürgerportal" in manager.contents
    assert "zweites" not in site.objectIds()


def test_the_form_makes_the_first_portal(manager, site):
    site.manage_delObjects(["buergerportal"])
    transaction.commit()
    manager.open(f"{site.absolute_url()}/++add++Buergerportal")
    fill_in(manager, "Bürgerportal", "https://www.musterstadt.example/buergerportal")
    transaction.begin()
    assert query_portal().sender_name == "Musterstadt"


def test_the_portal_can_be_renamed(functional, site):
    transaction.commit()
    with api.env.adopt_roles(["Manager"]):
        api.content.rename(site.buergerportal, "portal")
    assert "portal" in site.objectIds()


def fill_in(browser, title, address):
    """Fill in what is mandatory, and save."""
    browser.getControl(name="form.widgets.IBasic.title").value = title
    browser.getControl(name="form.widgets.public_url").value = address
    browser.getControl(name="form.widgets.sender_name").value = "Musterstadt"
    browser.getControl(name="form.widgets.sender_address").value = "a@musterstadt.de"
    browser.getControl(name="form.widgets.privacy_declaration").value = "<p>Nein.</p>"
    browser.getControl(name="form.buttons.save").click()
