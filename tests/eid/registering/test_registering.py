"""Registering a Servicekonto Plus: the card fills in what it proves."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.dataaccess import log
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from dataclasses import replace
from tests.eid.provider import ERIKA
from tests.eid.provider import MAX
from tests.eid.provider import saying
from tests.factories import PASSWORD
import pytest
import transaction


ADDRESS = "gabler@example.org"


def chooses(browser, account="servicekonto-plus"):
    """Go as far as the choice of the account."""
    browser.opens("registrieren")
    browser.presses("next")
    browser.getControl(name="account").value = [account]
    browser.presses("next")


def reads(browser):
    """Choose the Servicekonto Plus, and let the card be read."""
    chooses(browser)
    return browser.uses_card("registrieren-ausweis")


def fills_in(browser, address=ADDRESS):
    """Add what the card does not say."""
    browser.fills_in(email=address, password=PASSWORD, repetition=PASSWORD)
    browser.presses("next")


def creates(browser):
    """Confirm the declarations."""
    browser.getControl(name="privacy_declaration").controls[0].selected = True
    browser.getControl(name="create").click()


def registers(browser, address=ADDRESS):
    """Go through all steps."""
    reads(browser)
    fills_in(browser, address)
    creates(browser)


def activates(browser, mailbox):
    """Follow the link of the newest mail."""
    browser.open(mailbox.last_link())
    browser.getControl("Activate").click()


@pytest.fixture
def browser(provider, new_browser):
    """A browser in which nobody is logged in."""
    return new_browser()


@pytest.fixture
def registered(site):
    """Returns the account with the address, as it is in the database now."""

    def present(address=ADDRESS):
        transaction.begin()
        return accounts.query_by_address(address)

    return present


def drafts():
    """Return the registrations under way."""
    transaction.begin()
    return list(get_store().drafts.values())


def test_without_an_eid_server_it_is_not_offered(new_browser):
    browser = new_browser()
    browser.opens("registrieren")
    browser.presses("next")
    assert "Servicekonto Plus" not in browser.text
    browser.presses("next")
    assert browser.page == "registrieren-angaben"


def test_the_plain_account_is_offered_first(browser):
    browser.opens("registrieren")
    browser.presses("next")
    assert browser.getControl(name="account").value == ["servicekonto"]
    assert "Servicekonto Plus" in browser.text


def test_the_choice_leads_to_the_card(browser):
    chooses(browser)
    assert browser.page == "registrieren-ausweis"
    for page in ("registrieren-angaben", "registrieren-pruefen"):
        browser.opens(page)
        assert browser.page == "registrieren-ausweis"


def test_the_card_fills_in_what_it_proves_and_asks_for_the_rest(browser):
    reads(browser)
    assert browser.page == "registrieren-angaben"
    for words in ("ERIKA MARIA", "MUSTERMANN", "GABLER", "HEIDESTRASSE 17", "BERLIN"):
        assert words in browser.text
    assert 'name="email"' in browser.contents
    for name in ("given_names", "family_name"):
        assert f'name="{name}"' not in browser.contents


def test_what_the_card_proves_cannot_be_typed_over(browser, registered, mailbox):
    reads(browser)
    form = browser.getForm(id="servicekonto-form")
    csrf = form.getControl(name="csrf").value
    browser.post(
        f"{browser.portal}/registrieren-angaben",
        f"csrf={csrf}&given_names=MALLORY&family_name=X&email={ADDRESS}"
        f"&password={PASSWORD}&repetition={PASSWORD}&buttons.next=1",
    )
    creates(browser)
    activates(browser, mailbox)
    assert attribute(registered(), "given_names").value == "ERIKA MARIA"


def test_everything_is_reviewed_before(browser):
    reads(browser)
    fills_in(browser)
    assert browser.page == "registrieren-pruefen"
    for words in ("ERIKA MARIA", "GABLER", ADDRESS, "your Online-Ausweis for that"):
        assert words in browser.text


def test_after_the_activation_it_is_a_servicekonto_plus(browser, registered, mailbox):
    registers(browser)
    activates(browser, mailbox)
    account = registered()
    assert accounts.is_active(account)
    assert accounts.is_plus(account)
    for name in ("given_names", "birth_name", "date_of_birth", "address"):
        assert is_locked(attribute(account, name))
    assert attribute(account, "email").level is TrustLevel.LOW
    assert cards.query_card(account).means.usable
    assert cards.owner(cards.hidden(ERIKA.pseudonym)) == account.id


def test_before_that_nobody_has_the_card(browser, registered):
    registers(browser)
    assert registered() is None
    assert len(get_store().cards) == len(get_store().card_holders) == 0


def test_with_the_card_one_logs_in(browser, mailbox):
    registers(browser)
    activates(browser, mailbox)
    browser.uses_card("anmelden-karte")
    assert browser.page == "mein-bereich"
    assert "Servicekonto Plus" in browser.text


def test_the_citizen_can_trace_it(browser, registered, mailbox, clock):
    registers(browser)
    activates(browser, mailbox)
    account = registered()
    events = [one.event for one in history.entries(account, clock())]
    assert Event.CARD_ADDED in events
    (transfer,) = log.transfers(account.id)
    assert dict(transfer.attributes)["birth_name"] == "hoch"
    assert "email" not in dict(transfer.attributes)
    browser.uses_card("anmelden-karte?weiter=postfach")
    assert "You have a Servicekonto Plus" in browser.text
    assert "Welcome to your Servicekonto" in browser.text


def test_the_registration_keeps_nothing_once_it_was_sent(browser):
    registers(browser)
    (draft,) = drafts()
    assert draft.proven is None
    assert draft.details.given_names == ""


def test_what_was_read_goes_with_a_registration_that_took_too_long(browser, clock):
    reads(browser)
    (draft,) = drafts()
    assert draft.proven.values["family_name"] == "MUSTERMANN"
    assert ERIKA.pseudonym not in str(draft.proven)
    clock.forward(hours=3)
    cleanup.run(batch=10, window=60)
    transaction.commit()
    assert drafts() == []


def test_an_account_that_was_not_activated_goes_with_all_of_it(browser, clock, site):
    registers(browser)
    clock.forward(hours=25)
    cleanup.run(batch=10, window=60)
    transaction.commit()
    transaction.begin()
    kept = [one.given_names for one in get_store().accounts.values()]
    assert "ERIKA MARIA" not in kept


def test_a_card_that_was_read_counts_for_half_an_hour(browser, clock):
    reads(browser)
    clock.forward(minutes=20)
    fills_in(browser)
    clock.forward(minutes=10)
    browser.opens("registrieren-pruefen")
    assert browser.page == "registrieren-ausweis"
    browser.uses_card("registrieren-ausweis")
    browser.opens("registrieren-pruefen")
    assert ADDRESS in browser.text


def test_who_decides_for_the_plain_account_registers_without(
    browser, registered, mailbox
):
    reads(browser)
    browser.opens("registrieren-konto")
    assert browser.getControl(name="account").value == ["servicekonto-plus"]
    chooses(browser, "servicekonto")
    assert {draft.proven for draft in drafts()} == {None}
    browser.fills_in(given_names="Erika", family_name="Gabler")
    fills_in(browser)
    creates(browser)
    activates(browser, mailbox)
    assert not accounts.is_plus(registered())


def test_a_card_with_an_account_is_refused_in_the_same_words(
    browser, erika, stored, clock
):
    erika.upgrades()
    reads(browser)
    first = browser.text
    assert browser.page == "ausweis-vergeben"
    assert "erika" not in first.lower()
    account = stored()
    cards.put(account, cards.get_card(account)._replace(blocked=1))
    transaction.commit()
    browser.uses_card("registrieren-ausweis")
    assert browser.text == first
    assert {draft.proven for draft in drafts()} == {None}


def test_of_two_registrations_with_one_card_one_is_activated(
    provider, new_browser, registered, mailbox
):
    first, second = new_browser(), new_browser()
    registers(first, "erste@example.org")
    link = mailbox.last_link()
    registers(second, "zweite@example.org")
    activates(second, mailbox)
    first.open(link)
    first.getControl("Activate").click()
    assert "This link was used already" in first.text
    assert registered("erste@example.org") is None
    assert accounts.is_plus(registered("zweite@example.org"))
    assert list(get_store().cards.values()) == [registered("zweite@example.org").id]


def test_the_refused_one_takes_nothing_with_it(
    provider, new_browser, registered, mailbox, clock
):
    first, second = new_browser(), new_browser()
    registers(first, "erste@example.org")
    registers(second, "zweite@example.org")
    activates(second, mailbox)
    clock.forward(hours=25)
    cleanup.run(batch=10, window=60)
    transaction.commit()
    account = registered("zweite@example.org")
    assert cards.owner(cards.hidden(ERIKA.pseudonym)) == account.id
    assert len(get_store().card_holders) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(DATE_OF_EXPIRY="2020-01-31"), "has expired"),
        (replace(ERIKA, is_test=True), "This is a test card."),
        (replace(ERIKA, old_enough=False), "from the age of 16"),
        (saying(DATE_OF_BIRTH="2011-11-28"), "from the age of 16"),
        (replace(ERIKA, values={}), "did not give all details"),
        (Cancelled("x"), "You have cancelled"),
    ],
)
def test_what_cannot_be_used_fills_in_nothing(browser, provider, answer, words):
    provider.answer = answer
    reads(browser)
    assert words in browser.text
    assert browser.getLink("Begin anew").url.endswith("/registrieren-ausweis")
    assert {draft.proven for draft in drafts()} == {None}


def way_back(browser):
    """Choose and begin; return the address to which the app would lead."""
    chooses(browser)
    browser.getControl("Go on to the AusweisApp").click()
    return f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok"


def test_the_card_of_a_victim_does_not_fill_in_the_form_of_an_attacker(
    browser, new_browser, provider
):
    attacker = browser
    address = way_back(attacker)
    victim = new_browser()
    victim.open(address)
    assert "This address cannot be used any more" in victim.text
    assert provider.asked == []
    assert {draft.proven for draft in drafts()} == {None}


def test_a_victim_who_registers_does_not_get_the_card_of_an_attacker(
    browser, new_browser, provider
):
    provider.answer = MAX
    address = way_back(browser)
    victim = new_browser()
    way_back(victim)
    victim.open(address)
    assert "This address cannot be used any more" in victim.text
    assert [draft.proven for draft in drafts()] == [None, None]


def test_a_way_back_is_not_replayed(browser, provider):
    address = reads(browser)
    browser.open(address)
    assert "This address cannot be used any more" in browser.text
    assert len(provider.asked) == 1


def test_after_another_choice_the_card_fills_in_nothing(browser):
    address = way_back(browser)
    chooses(browser, "servicekonto")
    browser.open(address)
    assert {draft.proven for draft in drafts()} == {None}
    assert browser.page == "registrieren-konto"


def test_a_registration_that_took_too_long_is_told(browser, clock):
    address = way_back(browser)
    drafts()[0].expires = 0
    transaction.commit()
    browser.open(address)
    assert "Please begin again" in browser.text


def test_after_it_was_sent_the_card_is_read_no_more(browser, provider):
    registers(browser)
    browser.opens("registrieren-ausweis")
    browser.getControl("Go on to the AusweisApp").click()
    assert browser.page == "registrieren-konto"
    assert len(provider.questions) == 1
