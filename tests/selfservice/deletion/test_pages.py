"""Deleting the account in the browser, and keeping it."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.store.service import get_store
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from zope.component import getGlobalSiteManager
import pytest
import transaction


def delete(browser, password=PASSWORD, sure=True):
    """Fill in the form and send it."""
    browser.opens("loeschen")
    browser.fills_in(password=password)
    browser.getControl(name="confirmed:list").value = ["selected"] if sure else []
    browser.presses("delete")


@pytest.fixture
def link(mailbox):
    """Returns the link of the newest mail, below the portal."""
    return lambda: mailbox.last_link().rpartition("/")[2]


def test_mein_bereich_leads_to_it(erika):
    erika.opens("mein-bereich")
    erika.getLink("Delete the account").click()
    assert erika.page == "loeschen"


def test_it_says_what_goes_and_when_and_offers_the_export(erika):
    erika.opens("loeschen")
    assert "Your password" in erika.contents
    assert "30 November 2026" in erika.contents
    assert erika.getLink("Download your data first").url.endswith("/export")


def test_it_locks_the_account_and_says_so(erika, new_browser, account):
    delete(erika)
    assert erika.page == "loeschen-fertig"
    assert "Your Servicekonto will be deleted" in erika.contents
    assert "abmelden" not in erika.contents
    assert not erika.is_logged_in
    other = new_browser()
    other.logs_in()
    assert "E-mail address or password is not correct" in other.contents
    assert accounts.state(account) == accounts.LOCKED


def test_all_other_sessions_are_over(erika, new_browser):
    other = new_browser()
    other.logs_in()
    delete(erika)
    assert not other.is_logged_in


@pytest.mark.parametrize(
    ("password", "sure", "message"),
    [
        ("geraten", True, "This is not your present password."),
        ("", True, "This is not your present password."),
        (PASSWORD, False, "Please confirm that all data are to be deleted."),
    ],
)
def test_what_is_refused_changes_nothing(erika, account, password, sure, message):
    delete(erika, password, sure)
    assert message in erika.contents
    assert erika.is_logged_in
    assert accounts.is_active(account)


def test_one_can_leave_without_deleting(erika, account):
    erika.opens("loeschen")
    erika.presses("cancel")
    assert erika.page == "mein-bereich"
    assert accounts.is_active(account)


def test_a_link_deletes_nothing(erika, account):
    erika.opens(f"loeschen?password={PASSWORD}&confirmed=selected&buttons.delete=1")
    assert accounts.is_active(account)


def test_the_link_of_the_mail_shows_a_button_that_keeps_the_account(
    erika, new_browser, link, account
):
    delete(erika)
    someone = new_browser()
    someone.opens(link())
    assert not accounts.is_active(account)
    someone.presses("act")
    assert "Your Servicekonto stays" in someone.contents
    someone.logs_in()
    assert someone.is_logged_in


def test_a_used_link_leads_to_the_log_in(erika, link):
    delete(erika)
    used = link()
    erika.opens(used)
    erika.presses("act")
    erika.opens(used)
    assert erika.headers["status"].startswith("410")
    assert "This link is not valid any more" in erika.contents


def test_without_a_lock_period_it_says_that_it_is_done(erika, site):
    site.buergerportal.lock_days = 0
    transaction.commit()
    erika.opens("loeschen")
    assert "is deleted at once" in erika.contents
    delete(erika)
    assert "Your Servicekonto was deleted" in erika.contents
    assert accounts.query_by_address(ADDRESS) is None


def test_what_another_tab_sends_afterwards_is_not_kept(erika):
    tab = erika.new_tab()
    tab.opens("e-mail")
    tab.fills_in(email="neu@example.org")
    delete(erika)
    tab.presses("send")
    assert tab.page == "anmelden"
    assert len(get_store().kept_forms) == 0


class OpenCases(WithoutFiles):
    """Warns as a module does where something is unread."""

    def contents(self, account):
        """Nothing more."""
        return ()

    def data(self, account):
        """Nothing."""
        return {}

    def erase(self, account):
        """Nothing."""

    def warnings(self, account):
        """Say what is unread."""
        return ("2 messages are unread",)


def test_it_warns_of_what_is_open(erika):
    manager = getGlobalSiteManager()
    utility = OpenCases()
    manager.registerUtility(utility, IPersonalData, "cases")
    try:
        erika.opens("loeschen")
        assert "2 messages are unread" in erika.contents
    finally:
        manager.unregisterUtility(utility, IPersonalData, "cases")


def test_it_is_for_those_who_are_logged_in(new_browser):
    stranger = new_browser()
    stranger.opens("loeschen")
    assert stranger.page == "anmelden"
