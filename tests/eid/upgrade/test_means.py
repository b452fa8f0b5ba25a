"""The card of a Servicekonto Plus: confirming with it, blocking, unblocking, removing."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from tests.eid.provider import MAX
from tests.eid.provider import saying
from tests.factories import PASSWORD
import pytest
import transaction


@pytest.fixture
def plus(erika, provider):
    """Erika with a Servicekonto Plus."""
    erika.upgrades()
    return erika


@pytest.fixture
def other(plus, new_browser):
    """Erika in another browser, logged in with the password alone."""
    browser = new_browser()
    browser.logs_in()
    return browser


def level(browser):
    """Return the trust level that the page tells."""
    browser.opens("anmeldung")
    return browser.text.partition("present log-in: ")[2].split()[0]


def confirms(browser, page="anmelden-ausweis"):
    """Confirm with the card: open the page, the app reads and leads back."""
    browser.opens(page)
    browser.getControl("Go on to the AusweisApp").click()
    browser.open(f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok")


def unblocks(browser):
    """Present the blocked card after the password."""
    browser.opens("ausweis-entsperren")
    browser.fills_in(password=PASSWORD)
    browser.presses("next")
    browser.open(f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok")


def presses(browser, page, words):
    """Press the button of a page."""
    browser.opens(page)
    browser.getControl(words).click()


def test_the_card_is_among_the_means(plus):
    plus.opens("anmeldung")
    assert "Online-Ausweis" in plus.text
    assert "Trust level: hoch (high)" in plus.text
    assert "116 116" in plus.text


def test_a_session_with_the_password_alone_stays_low(other):
    assert level(other) == "niedrig"


def test_confirming_with_the_card_lifts_the_session(other):
    before = other.cookies["servicekonto_session"]
    confirms(other, "anmelden-ausweis?weiter=anmeldung")
    assert other.page == "anmeldung"
    assert other.cookies["servicekonto_session"] != before
    assert level(other) == "hoch"


def test_the_page_of_the_upgrade_leads_there(other):
    other.opens("hochstufen?weiter=profil")
    assert other.url.endswith("anmelden-ausweis?weiter=profil")


def test_confirming_asks_for_pseudonym_and_address_alone(other, provider):
    confirms(other)
    assert provider.questions[-1].required == {
        Operation.RESTRICTED_ID,
        Operation.PLACE_OF_RESIDENCE,
    }


def test_a_new_address_is_taken_over_and_told(other, provider, stored):
    moved = Place(street="DOMPLATZ 1", city="KÖLN", postal_code="50667", country="D")
    provider.answer = saying(PLACE_OF_RESIDENCE=moved)
    confirms(other)
    assert "Your new address was taken over" in other.text
    assert attribute(stored(), "address").value["street"] == "DOMPLATZ 1"


def test_another_card_lifts_nothing(other, provider):
    provider.answer = MAX
    confirms(other)
    assert "This is not the Online-Ausweis" in other.text
    assert level(other) == "niedrig"


def test_what_needs_the_card_leads_to_it(other):
    other.opens("loeschen")
    way = other.getLink("Confirm with your Online-Ausweis").url
    assert way.endswith("anmelden-ausweis?weiter=loeschen")
    other.opens("e-mail")
    other.fills_in(email="neu@example.org", password=PASSWORD)
    other.presses("send")
    assert "is protected with your Online-Ausweis" in other.text
    other.opens("passkey-hinzufuegen")
    assert other.getLink("Confirm with your Online-Ausweis")


def test_after_five_minutes_without_activity_the_level_has_fallen(plus, clock):
    assert level(plus) == "hoch"
    clock.forward(minutes=6)
    assert level(plus) == "substanziell"


def test_a_card_is_blocked_without_it(other, plus, stored, mailbox):
    mailbox.clear()
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    assert "is blocked for your Servicekonto" in other.text
    assert query_card(stored()).blocked
    assert len(mailbox.mails()) == 1
    assert other.is_logged_in
    assert not plus.is_logged_in


def test_a_blocked_card_lifts_nothing(other):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    other.opens("anmelden-ausweis")
    assert "is blocked here" in other.text
    assert "Go on to the AusweisApp" not in other.text


def test_a_card_that_is_blocked_meanwhile_lifts_nothing(other):
    other.opens("anmelden-ausweis")
    other.getControl("Go on to the AusweisApp").click()
    back = other.fetches()["RefreshAddress"]
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    other.open(f"{back}&ResultMajor=ok")
    assert level(other) == "niedrig"


def test_a_blocked_card_still_protects_the_account(other, stored):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    assert is_plus(stored())
    other.opens("ausweis-entfernen")
    assert "Please confirm with the card first." in other.text


def test_with_password_and_card_it_is_unblocked(other, stored, clock):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    clock.forward(minutes=1)
    unblocks(other)
    assert "can be used again" in other.text
    assert not query_card(stored()).blocked
    events = [one.event for one in history.entries(stored(), clock())]
    assert events[0] is Event.CARD_UNBLOCKED


def test_unblocking_needs_the_same_person(other, provider, stored):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    provider.answer = saying(FAMILY_NAMES="GABLER")
    unblocks(other)
    assert "are not those of your Servicekonto" in other.text
    assert query_card(stored()).blocked


def test_unblocking_needs_the_same_card(other, provider, stored):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    provider.answer = MAX
    unblocks(other)
    assert "This is not the Online-Ausweis" in other.text
    assert query_card(stored()).blocked


def test_unblocking_needs_the_password(other, provider):
    presses(other, "ausweis-sperren", "Block the Online-Ausweis now")
    before = len(provider.questions)
    other.opens("ausweis-entsperren")
    other.fills_in(password="geraten")
    other.presses("next")
    assert "This is not your present password." in other.text
    assert len(provider.questions) == before


def test_removing_needs_the_card(other, stored):
    other.opens("ausweis-entfernen")
    assert "Please confirm with the card first." in other.text
    assert "Remove the Online-Ausweis now" not in other.contents
    confirms(other, "anmelden-ausweis?weiter=ausweis-entfernen")
    other.getControl("Remove the Online-Ausweis now").click()
    assert query_card(stored()) is None


def test_without_the_card_account_and_attributes_step_down(plus, stored, mailbox):
    mailbox.clear()
    presses(plus, "ausweis-entfernen", "Remove the Online-Ausweis now")
    assert "The Online-Ausweis is removed." in plus.text
    account = stored()
    assert is_active(account)
    assert not is_plus(account)
    family_name = attribute(account, "family_name")
    assert family_name.value == "MUSTERMANN"
    assert family_name.level is TrustLevel.LOW
    assert len(get_store().cards) == 0
    assert len(mailbox.mails()) == 1


def test_after_that_the_citizen_may_correct_what_the_card_said(plus, stored, clock):
    presses(plus, "ausweis-entfernen", "Remove the Online-Ausweis now")
    account = stored()
    type_in(account, "family_name", "Mustermann", clock())
    transaction.commit()
    assert attribute(stored(), "family_name").level is TrustLevel.BASIS


def test_a_removed_card_can_be_registered_anew(plus, stored):
    presses(plus, "ausweis-entfernen", "Remove the Online-Ausweis now")
    plus.upgrades()
    assert is_plus(stored())


@pytest.mark.parametrize(
    "page", ["ausweis-sperren", "ausweis-entsperren", "ausweis-entfernen"]
)
def test_without_a_card_there_is_nothing_to_do(erika, page):
    erika.opens(page)
    assert erika.page == "anmeldung"


def test_confirming_without_a_card_leads_to_the_upgrade(erika, provider):
    erika.opens("anmelden-ausweis")
    assert erika.page == "hochstufen"
