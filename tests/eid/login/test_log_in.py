"""Logging in with the card that is registered."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.dataaccess import log
from collective.servicekonto.eid import service
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from dataclasses import replace
from datetime import timedelta
from tests.eid.provider import ERIKA
from tests.eid.provider import MAX
from tests.eid.provider import saying
import pytest
import transaction


@pytest.fixture
def plus(erika, provider, stored):
    """Erika's Servicekonto Plus; she is logged out."""
    erika.upgrades()
    erika.opens("abmelden")
    erika.getControl("Log out now").click()
    return stored


@pytest.fixture
def browser(plus, new_browser):
    """A browser in which nobody is logged in."""
    return new_browser()


def level(browser):
    """Return the trust level that the page tells."""
    browser.opens("anmeldung")
    return browser.text.partition("present log-in: ")[2].split()[0]


def way_back(browser, page="anmelden-karte"):
    """Begin, and return the address to which the app would lead."""
    browser.opens(page)
    browser.getControl("Go on to the AusweisApp").click()
    return f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok"


def test_without_an_eid_server_it_is_not_offered(new_browser):
    browser = new_browser()
    browser.opens("anmelden")
    assert "Log in with the Online-Ausweis" not in browser.text
    browser.opens("anmelden-karte")
    assert "cannot be used here yet" in browser.text


def test_the_card_alone_lets_in_at_the_highest_level(browser):
    browser.opens("anmelden?weiter=profil")
    browser.getLink("Log in with the Online-Ausweis").click()
    browser.getControl("Go on to the AusweisApp").click()
    browser.comes_back()
    assert browser.page == "profil"
    assert level(browser) == "hoch"


def test_pseudonym_and_address_are_asked_for_and_no_more(browser, provider):
    browser.uses_card()
    assert provider.questions[-1].required == {
        Operation.RESTRICTED_ID,
        Operation.PLACE_OF_RESIDENCE,
    }
    assert provider.questions[-1].optional == frozenset()


def test_the_browser_is_known_by_a_cookie_for_five_minutes(browser):
    browser.opens("anmelden-karte")
    browser.getControl("Go on to the AusweisApp").click()
    (cookie,) = (
        one for one in browser.testapp.cookiejar if one.name == service.BROWSER_COOKIE
    )
    assert {"HttpOnly", "SameSite"} <= set(cookie._rest)
    assert not cookie.discard
    browser.comes_back()
    assert service.BROWSER_COOKIE not in browser.cookies


def test_a_new_address_is_taken_over_and_told(browser, provider, plus, mailbox):
    moved = Place(street="DOMPLATZ 1", city="KÖLN", postal_code="50667", country="D")
    provider.answer = saying(PLACE_OF_RESIDENCE=moved)
    mailbox.clear()
    browser.uses_card("anmelden-karte?weiter=profil")
    assert "Your new address was taken over" in browser.text
    assert browser.getLink("Go on").url.endswith("/profil")
    address = attribute(plus(), "address")
    assert address.value["street"] == "DOMPLATZ 1"
    assert address.level is TrustLevel.HIGH
    assert len(mailbox.mails()) == 1


def test_at_the_same_address_nothing_changes(browser, plus, mailbox):
    before = plus().revision
    mailbox.clear()
    browser.uses_card()
    assert browser.page == "mein-bereich"
    assert plus().revision == before
    assert mailbox.mails() == []


def test_the_citizen_can_trace_it(browser, plus, clock):
    clock.forward(minutes=1)
    browser.uses_card()
    account = plus()
    (latest, *_rest) = history.entries(account, clock())
    assert latest.event is Event.CARD_LOGIN
    assert account.last_login_day == clock().toordinal()
    names = [dict(one.attributes) for one in log.transfers(account.id)]
    assert {"address": "hoch"} in names
    browser.opens("anmeldung")
    assert "Log-in with the Online-Ausweis" in browser.text


def test_after_five_quiet_minutes_the_level_has_fallen(browser, clock):
    browser.uses_card()
    clock.forward(minutes=6)
    assert level(browser) == "substanziell"


def test_an_unknown_card_is_told_what_to_do(browser, provider):
    provider.answer = MAX
    browser.uses_card()
    assert browser.page == "ausweis-unbekannt"
    assert not browser.is_logged_in
    browser.opens("ausweis-unbekannt")
    assert browser.getLink("I have a new card").url.endswith("/neuer-ausweis")
    assert browser.getLink("Register a Servicekonto")
    assert browser.getLink("Log in with the password")


def test_a_blocked_card_lets_nobody_in_and_leads_on(browser, plus):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    browser.uses_card()
    assert browser.page == "ausweis-ist-gesperrt"
    way_on = browser.getLink("Log in with the password").url
    assert way_on.endswith("anmelden?weiter=ausweis-entsperren")
    assert not browser.is_logged_in


def test_an_account_that_is_being_deleted_lets_nobody_in(browser, plus, clock):
    accounts.lock(plus(), clock() + timedelta(days=3))
    transaction.commit()
    browser.uses_card()
    assert browser.page == "ausweis-unbekannt"
    assert not browser.is_logged_in


def test_a_card_that_was_removed_lets_nobody_in(browser, plus):
    cards.forget(plus())
    transaction.commit()
    browser.uses_card()
    assert browser.page == "ausweis-unbekannt"


def test_another_browser_is_not_let_in(browser, new_browser, provider):
    address = way_back(browser)
    asked = len(provider.asked)
    victim = new_browser()
    victim.open(address)
    assert "This address cannot be used any more" in victim.text
    assert not victim.is_logged_in
    assert len(provider.asked) == asked


def test_a_browser_that_began_as_well_is_not_let_in(browser, new_browser):
    address = way_back(browser)
    attacker = new_browser()
    way_back(attacker)
    attacker.open(address)
    assert "This address cannot be used any more" in attacker.text
    assert not attacker.is_logged_in


def test_a_victim_who_is_logged_in_does_not_change_accounts(
    browser, new_browser, provider
):
    address = way_back(browser)
    victim = new_browser()
    victim.logs_in()
    victim.open(address)
    assert "This address cannot be used any more" in victim.text
    assert level(victim) == "niedrig"


def test_a_way_back_is_not_replayed(browser, provider):
    address = browser.uses_card()
    asked = len(provider.asked)
    browser.opens("abmelden")
    browser.getControl("Log out now").click()
    browser.open(address)
    assert "This address cannot be used any more" in browser.text
    assert not browser.is_logged_in
    assert len(provider.asked) == asked


def test_it_is_open_for_five_minutes(browser, clock):
    address = way_back(browser)
    clock.forward(minutes=5)
    browser.open(address)
    assert "This address cannot be used any more" in browser.text


def test_beginning_anew_ends_what_was_begun_before(browser):
    address = way_back(browser)
    way_back(browser)
    browser.open(address)
    assert "This address cannot be used any more" in browser.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(DATE_OF_EXPIRY="2020-01-31"), "has expired"),
        (replace(ERIKA, is_test=True), "This is a test card."),
        (replace(ERIKA, pseudonym=""), "did not give all details"),
        (Cancelled("x"), "You have cancelled"),
    ],
)
def test_what_cannot_be_used_lets_nobody_in(browser, provider, answer, words):
    provider.answer = answer
    browser.uses_card()
    assert words in browser.text
    assert browser.getLink("Begin anew").url.endswith("/anmelden-karte")
    assert not browser.is_logged_in


def test_nobody_floods_the_server_from_one_network(new_browser, plus, provider):
    begun = len(provider.questions)
    browser = new_browser()
    for _time in range(service.MOST_OF_NETWORK + 1):
        browser.opens("anmelden-karte")
        browser.getControl("Go on to the AusweisApp").click()
    assert "There were too many attempts." in browser.text
    assert len(provider.questions) - begun == service.MOST_OF_NETWORK


def test_a_form_of_another_site_begins_nothing(browser, provider):
    begun = len(provider.questions)
    browser.post(f"{browser.portal}/anmelden-karte", "weiter=profil")
    assert "The form could not be accepted" in browser.text
    assert len(provider.questions) == begun


def test_the_readings_of_strangers_are_erased(browser, plus):
    browser.uses_card()
    plus()
    assert len(get_store().eid_sessions) == 0


def test_who_is_logged_in_need_not_log_in(browser):
    browser.uses_card()
    browser.opens("anmelden-karte")
    assert "You are logged in already" in browser.text
