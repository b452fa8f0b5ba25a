"""The cleanup as cron calls it over HTTP."""

from collective.servicekonto.cleanup.view import ENVIRONMENT
from collective.servicekonto.cleanup.view import HEADER
from plone.testing.zope import Browser
import json
import pytest
import transaction


SECRET = "a-secret-of-enough-characters"


@pytest.fixture
def browser(functional, site, tmp_path, monkeypatch):
    """A browser without a log-in; the secret is configured."""
    secret = tmp_path / "cron-secret"
    secret.write_text(f"{SECRET}\n")
    monkeypatch.setenv(ENVIRONMENT, str(secret))
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    return browser


def call(browser, site, secret=None):
    """Send what curl sends."""
    if secret:
        browser.addHeader(HEADER, secret)
    browser.post(f"{site.buergerportal.absolute_url()}/@@servicekonto-cleanup", "x=1")


def test_cron_with_the_secret_gets_the_outcome(browser, site):
    call(browser, site, SECRET)
    outcomes = json.loads(browser.contents)
    assert set(outcomes["activation"]) == {
        "due",
        "done",
        "failed",
        "remaining",
        "seconds",
    }


def test_a_wrong_secret_is_refused_in_a_way_that_cron_notices(browser, site):
    call(browser, site, SECRET[:-1])
    assert browser.headers["status"].startswith("403")


def test_nobody_else_can_run_or_see_it(browser, site):
    call(browser, site)
    assert "activation" not in browser.contents
    browser.open(f"{site.buergerportal.absolute_url()}/@@servicekonto-cleanup")
    assert "activation" not in browser.contents
