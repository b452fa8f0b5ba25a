"""Zope's error log keeps nothing of a citizen."""

from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.selfservice.email import service
from Products.SiteErrorLog.SiteErrorLog import IPubFailureSubscriber
from Products.SiteErrorLog.SiteErrorLog import temp_logs
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.selfservice.browsers import Citizen
from zope.component import getGlobalSiteManager
import logging
import pytest
import transaction


NEW = "erika@new.example"


@pytest.fixture
def _error_log():
    """Zope fills its error log, as it does outside of tests."""
    manager = getGlobalSiteManager()
    manager.registerHandler(IPubFailureSubscriber)
    yield
    manager.unregisterHandler(IPubFailureSubscriber)
    temp_logs.clear()


@pytest.fixture
def failure(_error_log, functional, site, clock, monkeypatch, caplog):
    """The entry of a failure in a form that a citizen sends, and what else is logged."""
    account = active_account(clock())
    transaction.commit()
    browser = Citizen(functional["app"], site.buergerportal.absolute_url())
    browser.logs_in()
    browser.opens("e-mail")

    def fail(request, account, wish, *rest, **more):
        try:
            raise KeyError(NEW)
        except KeyError as error:
            raise RuntimeError(f"No server takes mails for {NEW}.", 42) from error

    monkeypatch.setattr(service, "request_change", fail)
    browser.addHeader("Authorization", "Bearer geheim-geheim")
    browser.fills_in(email=NEW, password=PASSWORD)
    with caplog.at_level(logging.INFO):
        browser.presses("send")
    assert browser.headers["status"].startswith("500")
    [entry] = site.error_log.getLogEntries()
    secrets = [
        ADDRESS,
        NEW,
        PASSWORD,
        account.id,
        "geheim-geheim",
        browser.cookies[SESSION_COOKIE].strip('"'),
    ]
    return entry, caplog.text, secrets


def test_it_holds_no_cookie_no_header_and_nothing_that_was_typed(failure):
    entry, logged, secrets = failure
    kept = " ".join(map(str, entry.values()))
    assert not [secret for secret in secrets if secret in kept]
    assert not [secret for secret in secrets if secret in logged]


def test_it_says_what_failed(failure):
    entry, logged, _secrets = failure
    assert entry["type"] == "RuntimeError"
    assert "No server takes mails for" in entry["value"]
    assert "in handle_send" in entry["tb_text"]
    assert entry["url"].endswith("/e-mail")
    assert "No server takes mails for" in logged
