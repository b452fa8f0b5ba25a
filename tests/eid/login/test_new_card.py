"""A new card has a new pseudonym: the account is found if all minimum data match."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.eid.port import Place
from collective.servicekonto.store.service import get_store
from dataclasses import replace
from tests.eid.provider import ERIKA
from tests.eid.provider import MAX
from tests.eid.provider import saying
from tests.factories import active_account
import pytest
import transaction


# The same person with a new card.
NEW = replace(ERIKA, pseudonym="0e5a" * 16)


@pytest.fixture
def plus(erika, provider, stored):
    """Erika's Servicekonto Plus; afterwards she has a new card."""
    erika.upgrades()
    provider.answer = NEW
    return stored


@pytest.fixture
def browser(plus, new_browser):
    """A browser in which nobody is logged in."""
    return new_browser()


def test_with_the_same_data_the_account_is_found_again(browser, plus):
    browser.uses_card("neuer-ausweis?weiter=profil")
    assert browser.page == "profil"
    assert cards.query_card(plus()).pseudonym == cards.hidden(NEW.pseudonym)


def test_the_old_card_leads_nowhere_any_more(browser, plus, provider):
    browser.uses_card("neuer-ausweis")
    plus()
    assert list(get_store().cards) == [cards.hidden(NEW.pseudonym)]
    provider.answer = ERIKA
    browser.opens("abmelden")
    browser.getControl("Log out now").click()
    browser.uses_card()
    assert browser.page == "ausweis-unbekannt"


def test_the_citizen_is_told_and_all_other_sessions_end(
    browser, plus, erika, mailbox, clock
):
    clock.forward(minutes=1)
    mailbox.clear()
    browser.uses_card("neuer-ausweis")
    (mail,) = mailbox.mails()
    assert "Online-Ausweis" in mail["Subject"]
    events = [one.event for one in history.entries(plus(), clock())]
    assert {Event.CARD_REPLACED, Event.CARD_LOGIN} <= set(events[:2])
    assert not erika.is_logged_in


def test_a_blocked_card_makes_room_for_a_new_one(browser, plus):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    browser.uses_card("neuer-ausweis")
    assert not cards.query_card(plus()).blocked
    assert browser.is_logged_in


def test_but_a_blocked_card_itself_is_none(browser, plus, provider):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    provider.answer = ERIKA
    browser.uses_card("neuer-ausweis")
    assert browser.page == "ausweis-ist-gesperrt"
    assert cards.query_card(plus()).blocked


@pytest.mark.parametrize("page", ["neuer-ausweis", "anmelden-karte"])
def test_nor_does_a_stolen_card_come_back_once_there_is_a_new_one(
    browser, plus, provider, new_browser, page
):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    browser.uses_card("neuer-ausweis")
    provider.answer = ERIKA
    thief = new_browser()
    thief.uses_card(page)
    assert thief.page == "ausweis-ist-ersetzt"
    assert "unblock" not in thief.text
    assert not thief.is_logged_in
    assert cards.query_card(plus()).pseudonym == cards.hidden(NEW.pseudonym)


def test_with_the_account_goes_what_is_known_of_stolen_cards(browser, plus):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    browser.uses_card("neuer-ausweis")
    plus()
    assert len(get_store().cards) == 2
    remove_account(query_by_address("erika@example.org"))
    assert len(get_store().cards) == 0


MOVED = Place(street="DOMPLATZ 1", city="KÖLN", postal_code="50667", country="D")


@pytest.mark.parametrize(
    ("change", "page"),
    [
        ({"GIVEN_NAMES": "ERIKA"}, "ausweis-ohne-konto"),
        ({"FAMILY_NAMES": "GABLER"}, "ausweis-ohne-konto"),
        ({"BIRTH_NAME": ""}, "ausweis-ohne-konto"),
        ({"DATE_OF_BIRTH": "1964-08-13"}, "ausweis-ohne-konto"),
        ({"PLACE_OF_BIRTH": "MÜNCHEN"}, "ausweis-ohne-konto"),
        ({"PLACE_OF_RESIDENCE": MOVED}, "ausweis-ohne-konto"),
        ({"DATE_OF_EXPIRY": "2020-01-31"}, "eid-rueckkehr"),
        ({"DATE_OF_BIRTH": "2011-11-28"}, "eid-rueckkehr"),
    ],
)
def test_one_difference_is_enough_to_refuse(browser, plus, provider, change, page):
    before = plus().card, attributes(plus())
    provider.answer = replace(saying(**change), pseudonym=NEW.pseudonym)
    browser.uses_card("neuer-ausweis")
    assert browser.page == page
    assert not browser.is_logged_in
    assert (plus().card, attributes(plus())) == before


def test_typed_data_lead_nobody_to_an_account(erika, provider, stored, new_browser):
    erika.upgrades()
    erika.opens("ausweis-entfernen")
    erika.getControl("Remove the Online-Ausweis now").click()
    stored()
    assert len(get_store().card_holders) == 0
    provider.answer = NEW
    browser = new_browser()
    browser.uses_card("neuer-ausweis")
    assert browser.page == "ausweis-ohne-konto"
    assert "exactly the details" in browser.text


def test_two_accounts_of_one_person_are_not_mixed_up(
    plus, provider, new_browser, clock
):
    active_account(clock(), "max@example.org")
    transaction.commit()
    second = new_browser()
    second.logs_in("max@example.org")
    provider.answer = replace(ERIKA, pseudonym=MAX.pseudonym)
    second.upgrades()
    provider.answer = NEW
    browser = new_browser()
    browser.uses_card("neuer-ausweis")
    assert browser.page == "ausweis-ohne-konto"
    assert not browser.is_logged_in


def test_after_a_move_the_new_address_counts(browser, plus, provider, new_browser):
    provider.answer = saying(PLACE_OF_RESIDENCE=MOVED)
    browser.uses_card()
    provider.answer = replace(provider.answer, pseudonym=NEW.pseudonym)
    later = new_browser()
    later.uses_card("neuer-ausweis")
    assert later.is_logged_in
    plus()
    assert len(get_store().card_holders) == 1


def test_the_database_tells_nobody_whose_account_it_is(plus):
    plus()
    (entry,) = get_store().card_holders
    assert "MUSTERMANN" not in entry
    assert len(entry.partition(":")[0]) == 64


def test_with_the_account_goes_the_way_to_it(plus):
    plus()
    remove_account(query_by_address("erika@example.org"))
    assert len(get_store().card_holders) == 0


def test_a_victim_is_not_let_in_with_the_card_of_an_attacker(browser, new_browser):
    browser.opens("neuer-ausweis")
    browser.getControl("Go on to the AusweisApp").click()
    address = f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok"
    victim = new_browser()
    victim.open(address)
    assert "This address cannot be used any more" in victim.text
    assert not victim.is_logged_in


@pytest.fixture
def at_home(plus, new_browser):
    """Erika, logged in with her password."""
    browser = new_browser()
    browser.logs_in()
    return browser


def test_who_is_logged_in_with_the_password_uses_the_new_card(at_home, plus, erika):
    at_home.opens("hochstufen?weiter=profil")
    at_home.getLink("I have a new card").click()
    assert "Use a new card" in at_home.text
    at_home.getControl("Go on to the AusweisApp").click()
    before = at_home.cookies["servicekonto_session"]
    at_home.comes_back()
    assert at_home.page == "profil"
    assert at_home.cookies["servicekonto_session"] != before
    assert cards.query_card(plus()).pseudonym == cards.hidden(NEW.pseudonym)
    at_home.opens("anmeldung")
    assert "level of your present log-in: hoch" in at_home.text
    assert not erika.is_logged_in


def test_a_blocked_card_leads_to_the_new_one(at_home, plus):
    account = plus()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    at_home.opens("hochstufen")
    assert "please ask the town" in at_home.text
    at_home.getLink("I have a new card").click()
    at_home.getControl("Go on to the AusweisApp").click()
    at_home.comes_back()
    assert not cards.query_card(plus()).blocked
    assert at_home.is_logged_in


def test_with_a_new_name_the_citizen_learns_the_way_on(at_home, plus, provider):
    before = plus().card
    provider.answer = replace(
        saying(FAMILY_NAMES="MUSTERMANN-GABLER"), pseudonym=NEW.pseudonym
    )
    at_home.uses_card("neuer-ausweis")
    assert at_home.page == "ausweis-ohne-konto"
    assert "because of a new name or address" in at_home.text
    assert "please ask the town" in at_home.text
    assert at_home.getLink("Remove the old card")
    assert plus().card == before
    assert at_home.is_logged_in


def test_the_card_of_another_account_does_not_take_the_place(
    plus, provider, new_browser, clock
):
    active_account(clock(), "max@example.org")
    transaction.commit()
    max_ = new_browser()
    max_.logs_in("max@example.org")
    provider.answer = replace(saying(GIVEN_NAMES="MAX"), pseudonym=MAX.pseudonym)
    max_.upgrades()
    before = plus().card
    provider.answer = NEW
    max_.uses_card("neuer-ausweis")
    assert max_.page == "ausweis-ohne-konto"
    assert plus().card == before
    assert "max@example.org" in _profile(max_)


def test_nor_does_it_log_in_to_the_other(plus, provider, new_browser, clock):
    """With the other's own card, which is known."""
    active_account(clock(), "max@example.org")
    transaction.commit()
    max_ = new_browser()
    max_.logs_in("max@example.org")
    provider.answer = ERIKA
    max_.uses_card("neuer-ausweis")
    assert max_.page == "ausweis-ohne-konto"
    assert "max@example.org" in _profile(max_)


def _profile(browser):
    browser.opens("e-mail")
    return browser.contents
