"""What the pages of the portal show beside their content."""

from collective.servicekonto.portal.viewlets import is_citizen
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import re
import transaction


@pytest.fixture
def portal_url(functional, site, clock):
    """The address of the Bürgerportal; Erika has an account."""
    active_account(clock())
    transaction.commit()
    return site.buergerportal.absolute_url()


@pytest.fixture
def browser(functional, portal_url):
    """A browser that shows error pages."""
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    return browser


@pytest.fixture
def erika(browser, portal_url):
    """The browser of a citizen who is logged in."""
    log_in(browser, portal_url, PASSWORD)
    assert browser.url.endswith("mein-bereich")
    return browser


@pytest.fixture
def manager(functional, portal_url):
    """The browser of the webmaster."""
    browser = Browser(functional["app"])
    credentials = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}"
    browser.addHeader("Authorization", f"Basic {credentials}")
    return browser


def log_in(browser, portal_url, password):
    """Send the log-in form."""
    browser.open(f"{portal_url}/anmelden")
    browser.getControl(name="email").value = ADDRESS
    browser.getControl(name="password").value = password
    browser.getControl(name="buttons.login").click()


def title(browser):
    """Return the title of the window."""
    return re.search("<title>(.*?)</title>", browser.contents, re.DOTALL).group(1)


def path(browser):
    """Return text and address of each part of the path, None without a link."""
    html = re.search('<nav id="portal-breadcrumbs".*?</nav>', browser.contents, re.S)
    items = re.findall(r"<li.*?</li>", html.group(), re.DOTALL)
    return [
        (re.sub("<.*?>", "", item, flags=re.S).strip(), "href=" in item)
        for item in items
    ]


def set_state(site, transition):
    """Change the state of the portal, as its editors do."""
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(site.buergerportal, transition)
    transaction.commit()


def test_the_title_says_that_something_is_wrong(browser, portal_url):
    browser.open(f"{portal_url}/anmelden")
    assert title(browser).startswith("Log in")
    log_in(browser, portal_url, "falsch falsch")
    assert title(browser).startswith("Error: Log in")
    assert 'id="errors"' in browser.contents
    assert "errors.js" in browser.contents


def test_a_page_is_named_behind_its_portal(browser, portal_url):
    browser.open(portal_url)
    assert path(browser)[-1] == ("Bürgerportal", False)
    browser.open(f"{portal_url}/registrieren")
    assert path(browser)[-2:] == [("Bürgerportal", True), ("Register", False)]


def test_another_language_shows_the_same_step(browser, portal_url, site):
    registry = site.portal_registry
    registry["plone.available_languages"] = ["en", "de"]
    registry["plone.use_cookie_negotiation"] = True
    registry["plone.always_show_selector"] = True
    transaction.commit()
    browser.open(f"{portal_url}/registrieren")
    browser.getControl(name="buttons.next").click()
    assert browser.url.endswith("registrieren-konto")
    browser.getLink("Deutsch").click()
    assert "registrieren-konto?set_language=de" in browser.url
    assert browser.getControl("Weiter")
    browser.open(f"{portal_url}/anmelden?weiter=profil")
    assert "weiter=profil" in browser.getLink("English").url


def test_a_form_without_its_cookie_leads_to_a_fresh_one(browser, portal_url):
    url = f"{portal_url}/anmelden"
    browser.post(url, "email=a&password=b&weiter=profil&buttons.login=1")
    assert browser.headers["status"].startswith("403")
    browser.getLink("Try again").click()
    assert browser.url == f"{url}?weiter=profil"


def test_visitors_are_led_to_the_citizens_log_in(browser, portal_url, site):
    browser.open(site.absolute_url())
    assert browser.getLink("Servicekonto: log in").url == f"{portal_url}/anmelden"


def test_a_portal_in_preparation_changes_nothing_for_visitors(browser, site):
    set_state(site, "retract")
    for page in ("", "/login", "/login-help"):
        browser.open(f"{site.absolute_url()}{page}")
        assert "Servicekonto" not in browser.contents


def test_staff_keep_their_header(manager, site):
    manager.open(site.absolute_url())
    assert "Servicekonto: log in" not in manager.contents


@pytest.mark.parametrize("page", ["login", "login-help", "mail_password_form"])
def test_citizens_who_met_the_log_in_of_the_staff_find_their_own(
    browser, portal_url, site, page
):
    browser.open(f"{site.absolute_url()}/{page}")
    link = browser.getLink("Log in to the Servicekonto")
    assert link.url == f"{portal_url}/anmelden"


def test_staff_who_met_the_citizens_log_in_find_their_own(browser, portal_url, site):
    browser.open(f"{portal_url}/anmelden")
    link = browser.getLink("log in to the website")
    assert link.url == f"{site.absolute_url()}/login"


@pytest.mark.parametrize("page", ["anmelden", "registrieren"])
def test_who_is_logged_in_need_not_log_in_or_register(erika, portal_url, page):
    erika.open(f"{portal_url}/{page}")
    assert "You are logged in already" in erika.contents
    erika.getLink("To Mein Bereich").click()
    assert erika.url == f"{portal_url}/mein-bereich"


def test_the_landing_page_leads_citizens_to_mein_bereich(erika, portal_url):
    erika.open(portal_url)
    assert erika.getLink("To Mein Bereich").url == f"{portal_url}/mein-bereich"
    assert "registrieren" not in erika.contents


def test_the_landing_page_tells_editors_the_state(manager, browser, portal_url, site):
    manager.open(portal_url)
    assert "Open: everybody sees this portal" in manager.contents
    browser.open(portal_url)
    assert "everybody sees this portal" not in browser.contents
    set_state(site, "close")
    manager.open(portal_url)
    assert "Closed for registration" in manager.contents


def test_closed_registration_is_not_offered(browser, portal_url, site):
    set_state(site, "close")
    for page in ("", "/anmelden", "/registrieren", "/aktivieren?token=x"):
        browser.open(f"{portal_url}{page}")
        assert f"{portal_url}/registrieren" not in links_of_content(browser)


def links_of_content(browser):
    """Return the addresses of the links between header and footer."""
    content = browser.contents.partition('id="content"')[2]
    return re.findall('href="(.*?)"', content.partition("</article>")[0])


def test_nobody_is_a_citizen_without_a_session(portal_url):
    assert not is_citizen()


def test_an_empty_log_in_says_what_is_missing(browser, portal_url):
    log_in(browser, portal_url, "")
    assert "Please enter your password." in browser.contents
    assert "not correct" not in browser.contents


def test_after_a_mistake_the_form_says_that_the_password_is_needed_again(
    browser, portal_url
):
    log_in(browser, portal_url, "falsch falsch")
    assert "please type the password again" in browser.contents
    browser.open(f"{portal_url}/anmelden")
    assert "please type the password again" not in browser.contents


def test_an_unknown_link_offers_the_log_in_first(browser, portal_url):
    browser.open(f"{portal_url}/aktivieren?token=unbekannt")
    offered = [f"{portal_url}/anmelden", f"{portal_url}/registrieren"]
    assert links_of_content(browser) == offered


def test_messages_name_whom_to_ask(browser, portal_url, site):
    site.buergerportal.contact = "Telefon 00000 1234"
    transaction.commit()
    browser.open(f"{portal_url}/aktivieren?token=unbekannt")
    assert "Questions?" in browser.contents
    assert "Telefon 00000 1234" in browser.contents


def test_pages_of_citizens_show_one_log_in_only(browser, portal_url, site):
    browser.open(site.absolute_url())
    assert 'id="portal-anontools"' in browser.contents
    browser.open(portal_url)
    assert 'id="portal-anontools"' not in browser.contents


def test_the_header_can_be_skipped(browser, portal_url):
    browser.open(f"{portal_url}/registrieren")
    first = re.search("<a .*?>", browser.contents, re.DOTALL).group()
    assert 'href="#content"' in first
    assert 'id="content"' in browser.contents
