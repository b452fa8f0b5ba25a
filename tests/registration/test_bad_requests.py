"""Requests that no browser sends get an answer, never a traceback."""

from plone.testing.zope import Browser
import pytest
import re
import transaction


BODIES = [
    "given_names:list=a&given_names:list=b",
    "given_names:record.x=1",
    "given_names=%FF%FE",
    "given_names=%00&family_name=%0D%0A",
    "email=a%40example.org%0ABcc:b%40example.org",
    "salutation=dr&salutation=prof",
    "password:tokens=a+b&repetition:lines=a",
    "guard_state=x&guard_answer=y&guard_payload=%7B",
    "given_names=" + "a" * 100_000,
]
PAGES = [
    "registrieren",
    "registrieren-angaben",
    "registrieren-pruefen",
    "registrieren-gesendet",
    "aktivieren?token=x",
    "anmelden",
    "passwort-vergessen",
    "passwort-neu?token=x",
    "passwort-staerke",
]


@pytest.fixture
def browser(functional, site):
    """A browser with a registration under way."""
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.open(f"{site.buergerportal.absolute_url()}/registrieren")
    browser.getControl(name="buttons.next").click()
    return browser


@pytest.mark.parametrize("page", PAGES)
def test_strange_entries_are_answered(browser, site, page):
    csrf = re.search(r'name="csrf"[^>]*value="(\w+)"', browser.contents).group(1)
    for body in BODIES:
        browser.post(
            f"{site.buergerportal.absolute_url()}/{page}",
            f"csrf={csrf}&buttons.next=1&buttons.login=1&buttons.send=1"
            f"&buttons.save=1&create=1&{body}",
        )
        status = int(browser.headers["status"].split()[0])
        assert status < 500, (body[:60], browser.headers["status"])
