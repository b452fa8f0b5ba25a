"""The public address: safe, and explained to those who can correct it."""

from base64 import b64encode
from collective.servicekonto.portal.content import is_public_url
from collective.servicekonto.portal.service import is_own_machine
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from tests.factories import PASSWORD
from types import SimpleNamespace
from zope.interface import Invalid
import pytest
import transaction


@pytest.mark.parametrize(
    "address",
    [
        "https://www.musterstadt.example/buergerportal",
        "http://localhost:8080/Plone/buergerportal",
        "http://127.0.0.1:8080/Plone/buergerportal",
        "http://[::1]:8080/Plone/buergerportal",
    ],
)
def test_https_is_accepted_and_http_on_the_own_machine(address):
    assert is_public_url(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.musterstadt.example/buergerportal",
        "http://localhost.musterstadt.example/buergerportal",
        "http://192.168.0.1/buergerportal",
        "https:///buergerportal",
        "www.musterstadt.example",
        "https://www.musterstadt.example/?a=b",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(Invalid):
        is_public_url(address)


@pytest.mark.parametrize(
    ("address", "is_same"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1:8081", False),
        ("http://www.musterstadt.example:8080", False),
        ("http://localhost.musterstadt.example:8080", False),
    ],
)
def test_ones_own_machine_has_several_names(address, is_same):
    portal = SimpleNamespace(public_url="http://localhost:8080/Plone/buergerportal")
    assert is_own_machine(portal, address) == is_same


def test_a_portal_in_the_internet_has_one_name():
    portal = SimpleNamespace(public_url="https://www.musterstadt.example/portal")
    assert not is_own_machine(portal, "http://localhost:8080")


def test_on_ones_own_machine_the_number_leads_to_the_name(functional, site):
    site.buergerportal.public_url = "http://localhost:8080/plone/buergerportal"
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.followRedirects = False
    path = f"/{site.id}/buergerportal"
    for page in ("", "/anmelden?weiter=postfach"):
        browser.open(f"http://127.0.0.1:8080{path}{page}")
        assert browser.headers["status"].startswith("303")
        location = browser.headers["location"]
        assert location == f"http://localhost:8080/plone/buergerportal{page}"


@pytest.fixture
def moved(site):
    """The address of a portal whose configured address is another one."""
    site.buergerportal.public_url = "https://www.musterstadt.example/portal"
    transaction.commit()
    return site.buergerportal.absolute_url()


def opened(functional, address, *credentials):
    """Return a browser on the page."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    if credentials:
        browser.addHeader("Authorization", "Basic {}:{}".format(*credentials))
    browser.open(address)
    return browser


def test_a_manager_learns_which_field_to_correct(functional, moved):
    browser = opened(functional, moved, SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    assert browser.headers["status"].startswith("400")
    assert "Public address" in browser.contents
    browser.getLink("Correct the public address").click()
    assert browser.url == f"{moved}/edit"


def test_a_visitor_is_led_to_the_public_address(functional, moved):
    browser = opened(functional, moved)
    link = browser.getLink("To the Bürgerportal")
    assert link.url == "https://www.musterstadt.example/portal"
    assert "/edit" not in browser.contents


@pytest.fixture
def editor(functional, site):
    """Name and password of somebody who writes the texts of the portal."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("redaktion@musterstadt.example", "redaktion", PASSWORD)
        api.user.grant_roles("redaktion", roles=["Editor"])
    transaction.commit()
    return "redaktion", PASSWORD


def test_an_editor_changes_texts_and_not_where_links_in_mails_lead(
    functional, site, editor
):
    portal = site.buergerportal
    browser = opened(functional, f"{portal.absolute_url()}/edit", *editor)
    assert "form.widgets.text" in browser.contents
    for name in ("public_url", "sender_address", "bounce_address"):
        assert f"form.widgets.{name}" not in browser.contents
    browser.getControl(name="form.widgets.contact").value = "115"
    browser.getControl(name="form.buttons.save").click()
    transaction.begin()
    assert portal.contact == "115"


def test_nor_does_an_editors_program(functional, site, editor):
    portal = site.buergerportal
    before = portal.public_url
    browser = opened(functional, portal.absolute_url(), *editor)
    browser.testapp.patch_json(
        portal.absolute_url(),
        {"public_url": "https://evil.example/portal", "contact": "115"},
        headers={
            "Accept": "application/json",
            "Authorization": "Basic " + b64encode(":".join(editor).encode()).decode(),
        },
    )
    transaction.begin()
    assert portal.contact == "115"
    assert portal.public_url == before
