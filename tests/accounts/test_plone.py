"""Citizens in Plone: they get in with a session of ours, and only so."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.accounts.pas import remember_session
from collective.servicekonto.identity.levels import TrustLevel
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.factories import pending_account
from zope.globalrequest import getRequest
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def browser(functional):
    """A browser that shows error pages."""
    return new_browser(functional)


def new_browser(functional):
    """Return a browser without cookies."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    return browser


def log_in(browser, site, address=ADDRESS, password=PASSWORD):
    """Log in with the portal's form."""
    browser.open(f"{site.buergerportal.absolute_url()}/anmelden")
    browser.getControl(name="email").value = address
    browser.getControl(name="password").value = password
    browser.getControl(name="buttons.login").click()


def is_logged_in(browser, site):
    """Tell whether Mein Bereich opens."""
    browser.open(f"{site.buergerportal.absolute_url()}/mein-bereich")
    return browser.url.endswith("/mein-bereich")


def test_the_address_logs_in_in_any_spelling(account, browser, site):
    log_in(browser, site, "ERIKA@Example.Org")
    assert is_logged_in(browser, site)


def test_plones_own_form_lets_citizens_in(account, browser, site):
    browser.open(f"{site.absolute_url()}/login")
    browser.getControl(name="__ac_name").value = ADDRESS
    browser.getControl(name="__ac_password").value = PASSWORD
    browser.getControl(name="buttons.login").click()
    assert browser.url.endswith("/mein-bereich")
    assert "__ac" not in browser.cookies
    assert SESSION_COOKIE in browser.cookies


def test_plones_own_form_keeps_no_member_data_of_citizens(account, browser, site):
    browser.open(f"{site.absolute_url()}/login")
    browser.getControl(name="__ac_name").value = ADDRESS
    browser.getControl(name="__ac_password").value = PASSWORD
    browser.getControl(name="buttons.login").click()
    transaction.begin()
    assert account.id not in site.acl_users.mutable_properties._storage
    assert account.id not in site.portal_memberdata._members


def test_staff_still_log_in_with_plones_form(account, browser, site):
    browser.open(f"{site.absolute_url()}/login")
    browser.getControl(name="__ac_name").value = SITE_OWNER_NAME
    browser.getControl(name="__ac_password").value = SITE_OWNER_PASSWORD
    browser.getControl(name="buttons.login").click()
    browser.open(f"{site.absolute_url()}/@@overview-controlpanel")
    assert browser.headers["status"].startswith("200")


@pytest.mark.parametrize("page", ["", "/login"])
def test_basic_authentication_is_no_way_in(account, browser, site, page):
    browser.addHeader("Authorization", f"Basic {ADDRESS}:{PASSWORD}")
    assert not is_logged_in(browser, site)


def test_logging_out_ends_the_session_even_for_a_copied_cookie(
    account, browser, site, functional
):
    log_in(browser, site)
    copied = browser.cookies[SESSION_COOKIE]
    browser.open(f"{site.buergerportal.absolute_url()}/abmelden")
    browser.getControl("Log out now").click()
    thief = new_browser(functional)
    thief.open(site.absolute_url())
    thief.cookies.create(SESSION_COOKIE, copied, path="/")
    assert not is_logged_in(thief, site)


def test_plones_own_logout_ends_the_session_as_well(account, browser, site, functional):
    log_in(browser, site)
    copied = browser.cookies[SESSION_COOKIE]
    browser.open(f"{site.absolute_url()}/logout")
    thief = new_browser(functional)
    thief.open(site.absolute_url())
    thief.cookies.create(SESSION_COOKIE, copied, path="/")
    assert not is_logged_in(thief, site)


def test_a_pending_account_cannot_log_in(functional, browser, site, clock):
    pending_account(clock())
    transaction.commit()
    log_in(browser, site)
    assert not is_logged_in(browser, site)


def test_wrong_password_and_unknown_address_get_the_same_answer(
    account, browser, site, functional
):
    log_in(browser, site, password="falsch falsch falsch")
    known = _alert(browser)
    other = new_browser(functional)
    log_in(other, site, address="niemand@example.org")
    assert known
    assert known == _alert(other)


def _alert(browser):
    return browser.contents.partition('role="alert"')[2].partition("</div>")[0]


def test_guessing_is_slowed_down_and_the_owners_browser_is_not(
    account, browser, site, functional, clock
):
    log_in(browser, site)
    browser.open(f"{site.buergerportal.absolute_url()}/abmelden")
    browser.getControl("Log out now").click()
    guesser = new_browser(functional)
    for _ in range(5):
        log_in(guesser, site, password="geraten geraten")
    log_in(guesser, site)
    assert not is_logged_in(guesser, site)
    log_in(browser, site)
    assert is_logged_in(browser, site)
    clock.forward(minutes=2)
    log_in(guesser, site)
    assert is_logged_in(guesser, site)


def test_without_a_session_a_citizen_has_no_role(account, site):
    assert site.acl_users.getUserById(account.id).getRoles() == []


def test_a_citizen_has_the_role_citizen_and_no_other(account, site, clock):
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    remember_session(getRequest(), sessions.resolve(ticket, clock()))
    user = site.acl_users.getUserById(account.id)
    assert user.getRoles() == ["Citizen"]
    assert not user.has_permission("Set own properties", site)
    assert not user.has_permission("Show Toolbar", site)
    assert user.has_permission("View", site.buergerportal)


def test_citizens_are_not_found_by_searching(account, site):
    assert site.acl_users.searchUsers(login=ADDRESS, exact_match=True) == ()
    assert site.acl_users.searchUsers(fullname="Erika") == ()
    assert site.acl_users.searchUsers(email=ADDRESS) == ()
    assert site.portal_membership.getMemberById(ADDRESS) is None


def test_name_and_address_are_not_told_to_others(account, site):
    member = site.portal_membership.getMemberById(account.id)
    assert not member.getProperty("email")
    assert not member.getProperty("fullname")


def test_citizens_do_not_see_the_toolbar(account, browser, site):
    log_in(browser, site)
    browser.open(site.absolute_url())
    assert 'id="edit-zone"' not in browser.contents
    assert "Mein Bereich" in browser.contents


@pytest.mark.parametrize(
    "page", ["@@personal-information", "@@change-password", "@@usergroup-userprefs"]
)
def test_citizens_do_not_get_into_the_cms(account, browser, site, page):
    log_in(browser, site)
    browser.open(f"{site.absolute_url()}/{page}")
    assert page not in browser.url or "require_login" in browser.url


def test_citizens_are_not_offered_the_settings_of_the_cms(account, browser, site):
    log_in(browser, site)
    browser.open(site.absolute_url())
    assert "personaltools-preferences" not in browser.contents
    assert "Mustermann" not in browser.contents


def test_a_form_without_the_hidden_field_is_refused(account, browser, site):
    url = f"{site.buergerportal.absolute_url()}/anmelden"
    browser.open(url)
    browser.post(url, f"email={ADDRESS}&password=x&buttons.login=1")
    assert browser.headers["status"].startswith("403")


def test_the_audit_log_names_nobody(account, browser, site, caplog):
    caplog.set_level("INFO")
    log_in(browser, site, password="falsch falsch falsch")
    log_in(browser, site)
    assert f"event=login account={account.id}" in caplog.text
    assert "event=login-failed" in caplog.text
    assert "erika" not in caplog.text.lower()
    assert "mustermann" not in caplog.text.lower()
