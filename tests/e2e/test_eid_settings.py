"""A webmaster connects an eID-Server, and is told what is not right yet."""

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


def test_a_webmaster_connects_an_eid_server(webmaster, town, looks):
    webmaster.goto(f"{town.site}/@@servicekonto-eid-settings")
    content = webmaster.locator("#content")
    for name, value in {
        "address": "https://eid.anbieter.example/eid-interface",
        "certificate": "/etc/servicekonto/eservice.pem",
        "key": "/etc/servicekonto/eservice.key",
        "signer": "/etc/servicekonto/eid-server.pem",
    }.items():
        content.locator(f"#form-widgets-{name}").fill(value)
    looks.keep(webmaster, "eid-einstellungen")
    with webmaster.expect_navigation():
        content.locator("#form-buttons-save").click()

    content.locator("a[href$='@@servicekonto-eid-check']").click()
    content.locator("form button[type=submit]").click()
    findings = content.locator("li.alert-danger")
    expect(findings).to_have_count(2)
    expect(findings.first).to_contain_text("/etc/servicekonto/eservice.pem")
    looks.keep(webmaster, "eid-pruefen")

    webmaster.goto(f"{town.site}/@@servicekonto-eid-settings")
    content.locator("#form-widgets-address").fill("")
    with webmaster.expect_navigation():
        content.locator("#form-buttons-save").click()
