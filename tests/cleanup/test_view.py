"""The cleanup as cron calls it over HTTP."""

from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.cleanup import service
from collective.servicekonto.cleanup.view import ENVIRONMENT
from collective.servicekonto.cleanup.view import HEADER
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from tests.factories import pending_account
from urllib.parse import urlencode
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


@pytest.fixture
def manager(browser):
    """A browser of the webmaster."""
    credentials = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}"
    browser.addHeader("Authorization", f"Basic {credentials}")
    return browser


def show(browser, site):
    """Open the page."""
    browser.open(f"{site.buergerportal.absolute_url()}/@@servicekonto-cleanup")


def test_a_manager_sees_in_words_what_is_due(manager, site):
    show(manager, site)
    assert "Accounts that were not activated" in manager.contents
    assert "kept-forms" not in manager.contents


def test_looking_changes_nothing(manager, site):
    # The first request of a new site lets Plone store something of its own.
    manager.open(site.absolute_url())
    before = site._p_jar.db().lastTransaction()
    show(manager, site)
    assert site._p_jar.db().lastTransaction() == before
    assert manager.getControl("Delete what is due")


def test_a_manager_sees_what_was_deleted(manager, site, clock):
    pending_account(clock())
    transaction.commit()
    clock.forward(hours=25)
    show(manager, site)
    manager.getControl("Delete what is due").click()
    assert "The cleanup is done." in manager.contents
    assert "Accounts that were not activated" in manager.contents
    manager.getLink("What is due now?").click()
    assert manager.getControl("Delete what is due")


def test_a_trial_run_shows_what_would_be_done_and_does_nothing(manager, site, clock):
    account = pending_account(clock())
    transaction.commit()
    clock.forward(hours=25)
    show(manager, site)
    before = site._p_jar.db().lastTransaction()
    manager.getControl("Trial run").click()
    assert "nothing was deleted" in manager.contents
    assert "Would be warned by mail" in manager.contents
    assert site._p_jar.db().lastTransaction() == before
    assert query_account(account.id)
    assert manager.getControl("Delete what is due")


def test_a_trial_run_can_be_opened_with_its_address(manager, site):
    show(manager, site)
    manager.open(f"{manager.url}?dry_run=1")
    assert "This was a trial" in manager.contents


def test_cron_can_try_out_as_well(browser, site, clock):
    account = pending_account(clock())
    transaction.commit()
    clock.forward(hours=25)
    browser.addHeader(HEADER, SECRET)
    url = f"{site.buergerportal.absolute_url()}/@@servicekonto-cleanup?dry_run=1"
    browser.post(url, "")
    plans = json.loads(browser.contents)
    assert plans["activation"] == {"delete": 1, "warn": 0, "left": 0}
    assert query_account(account.id)


def test_a_programme_of_a_manager_gets_numbers(manager, site):
    show(manager, site)
    field = manager.getControl(name="csrf").value
    manager.addHeader("Accept", "application/json")
    manager.post(manager.url, urlencode({"csrf": field}))
    assert json.loads(manager.contents)["activation"]["failed"] == 0


def test_a_manager_without_the_hidden_field_is_refused(manager, site):
    call(manager, site)
    assert manager.headers["status"].startswith("403")
    assert "Please reload the page." in manager.contents


def test_every_provider_says_in_words_what_it_deletes(integration):
    for name, title in service.titles().items():
        assert title, name
        assert title.domain == "collective.servicekonto"


def test_nobody_else_can_run_or_see_it(browser, site):
    call(browser, site)
    assert "activation" not in browser.contents
    browser.open(f"{site.buergerportal.absolute_url()}/@@servicekonto-cleanup")
    assert "activation" not in browser.contents
