"""Passwords of Plone's own members are guessed slowly, and their owners get in."""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts.throttle import FREE_FAILURES
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
import pytest
import transaction


PASSWORD = "Aktenordner im Keller 12"


@pytest.fixture
def rita(functional, site):
    """A member of the site."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("rita@musterstadt.example", "rita", PASSWORD)
        api.user.grant_roles("rita", roles=["Editor"])
    transaction.commit()
    return "rita"


@pytest.fixture
def basic(functional, site):
    """Sends a name and a password with a request; tells whether that lets in."""

    def basic(name, password):
        browser = Browser(functional["app"])
        browser.raiseHttpErrors = False
        browser.addHeader("Authorization", f"Basic {name}:{password}")
        browser.open(f"{site.absolute_url()}/@@personal-information")
        return "Unauthorized" not in browser.contents and "login" not in browser.url

    return basic


@pytest.fixture
def form(functional, site):
    """Logs in with Plone's own form; returns the browser."""

    def form(name, password):
        browser = Browser(functional["app"])
        browser.open(f"{site.absolute_url()}/login")
        browser.getControl(name="__ac_name").value = name
        browser.getControl(name="__ac_password").value = password
        browser.getControl(name="buttons.login").click()
        return browser

    return form


def is_in(browser):
    return "__ac" in browser.cookies


def test_a_member_gets_in(rita, basic, form):
    assert basic(rita, PASSWORD)
    assert not basic(rita, "falsch")
    assert is_in(form(rita, PASSWORD))
    assert not is_in(form(rita, "falsch"))


def test_guessing_with_basic_authentication_is_slowed_down(rita, basic, clock):
    for number in range(FREE_FAILURES + 1):
        assert not basic(rita, f"geraten {number}")
    assert not basic(rita, PASSWORD)
    clock.forward(seconds=5)
    assert basic(rita, PASSWORD)


def test_guessing_with_plones_form_is_slowed_down(rita, form, clock):
    for number in range(FREE_FAILURES + 1):
        page = form(rita, f"geraten {number}")
        assert "too many attempts" not in page.contents
    page = form(rita, PASSWORD)
    assert not is_in(page)
    assert "too many attempts" in page.contents
    clock.forward(seconds=5)
    assert is_in(form(rita, PASSWORD))


def test_a_program_that_was_right_before_is_never_slowed_down(rita, basic):
    assert basic(rita, PASSWORD)
    for number in range(FREE_FAILURES + 3):
        assert not basic(rita, f"geraten {number}")
    assert basic(rita, PASSWORD)


def test_however_many_right_requests_come_none_is_counted(rita, basic, monkeypatch):
    monkeypatch.setattr(guesses, "was_right", lambda name, password: False)
    for _number in range(2 * guesses.FREE_FOR_NETWORK):
        assert basic(rita, PASSWORD)


def test_a_password_that_was_changed_lets_nobody_in(rita, basic, site):
    assert basic(rita, PASSWORD)
    with api.env.adopt_roles(["Manager"]):
        api.user.get(rita).setSecurityProfile(password="Ein anderes Wort 34")
    transaction.commit()
    assert not basic(rita, PASSWORD)
    assert basic(rita, "Ein anderes Wort 34")


def test_who_is_no_member_of_this_site_is_none_of_its_business(basic):
    for _number in range(FREE_FAILURES + 3):
        assert basic(SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
