"""A webmaster has the connection to the eID-Server checked."""

from playwright.sync_api import expect
from tests.e2e.town import MANAGER
import pytest


@pytest.fixture
def webmaster(page, town):
    """The window of the demo's manager, who is logged in."""
    name, password = MANAGER
    page.goto(f"{town.site}/login")
    page.locator("#__ac_name").fill(name)
    page.locator("#__ac_password").fill(password)
    page.locator("#buttons-login").click()
    expect(page.locator("#edit-zone")).to_be_visible()
    return page


def test_a_webmaster_checks_the_connection(webmaster, town, looks):
    webmaster.goto(f"{town.site}/@@servicekonto-eid-settings")
    content = webmaster.locator("#content")
    # The demo tells where its eID-Server is, which comes before the form.
    expect(content).to_contain_text("SERVICEKONTO_EID_ADDRESS")
    looks.keep(webmaster, "eid-einstellungen")

    content.locator("a[href$='@@servicekonto-eid-check']").click()
    content.locator("form button[type=submit]").click()
    expect(content.locator("li.alert-success").first).to_be_visible()
    looked_at = content.locator("li.alert-danger")
    expect(looked_at).to_have_count(1)
    expect(looked_at).to_contain_text("Testausweise")
