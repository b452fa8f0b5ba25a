"""A form counts in the name of the person who opened it, and of nobody else."""

from collective.servicekonto.portal.csrf import COOKIE
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.selfservice.browsers import Citizen
import pytest
import transaction


@pytest.fixture
def new_browser(functional, site, clock):
    """Opens browsers that share nothing; Erika and Max have accounts."""
    for address in (ADDRESS, "max@example.org"):
        active_account(clock(), email=address)
    transaction.commit()
    return lambda: Citizen(functional["app"], site.buergerportal.absolute_url())


@pytest.fixture
def erika(new_browser):
    """Erika, who is logged in."""
    browser = new_browser()
    browser.logs_in()
    return browser


def token(browser, page="profil") -> str:
    """Return the hidden field of the forms that this browser is shown."""
    browser.opens(page)
    return browser.getControl(name="csrf", index=0).value


def plant(browser, cookies) -> None:
    """Put the form cookie of another browser in the place of this browser's own."""
    browser.cookies[COOKIE] = cookies[COOKIE]


def is_accepted(browser, value) -> bool:
    """Send a form with this hidden field."""
    browser.post(f"{browser.portal}/profil", f"csrf={value}&seen={{}}&telephone=030+1")
    return not browser.headers["status"].startswith("403")


@pytest.mark.parametrize("logs_in", [True, False])
def test_of_a_planted_cookie_nothing_is_accepted(erika, new_browser, logs_in):
    max_ = new_browser()
    if logs_in:
        max_.logs_in("max@example.org", PASSWORD)
    forged = token(max_, "profil" if logs_in else "anmelden")
    erika.opens("profil")
    plant(erika, max_.cookies)
    assert not is_accepted(erika, forged)
    assert is_accepted(erika, token(erika))


def test_a_form_outlives_the_session_in_which_it_was_opened(erika, clock):
    value = token(erika)
    clock.forward(hours=2)
    assert is_accepted(erika, value)
    assert erika.page == "anmelden"
    tab = erika.new_tab()
    tab.logs_in()
    assert is_accepted(erika, value)
    assert erika.page == "profil"


def test_a_form_of_one_person_is_not_sent_in_the_name_of_the_next(erika):
    value = token(erika)
    tab = erika.new_tab()
    tab.opens("abmelden")
    tab.getControl("Log out now").click()
    tab.logs_in("max@example.org", PASSWORD)
    assert not is_accepted(erika, value)


def test_what_logs_in_is_followed_by_forms_that_count(new_browser):
    browser = new_browser()
    browser.logs_in()
    assert is_accepted(browser, token(browser))
