"""Passkeys in Mein Bereich, from the first one to the lost one."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.selfservice.email.service import query_pending
from tests.authenticator import Authenticator
from tests.factories import PASSWORD
from tests.selfservice.security.conftest import ORIGIN
import pytest
import transaction


@pytest.fixture
def stored(account):
    """Returns the passkeys as they are in the database now."""

    def passkeys():
        transaction.begin()
        return means.passkeys(query_account(account.id))

    return passkeys


def events(account, clock):
    """Return what the history says, the latest first."""
    transaction.begin()
    return [one.event for one in history.entries(account, clock())]


def level(browser):
    """Return the trust level that the page tells."""
    browser.opens("anmeldung")
    return browser.text.partition("present log-in: ")[2].split()[0]


def page_of(browser, page, stored):
    """Open the page about the only passkey."""
    (one,) = stored()
    browser.opens(f"{page}?id={one.id}")


def block(browser, stored):
    """Block the only passkey."""
    page_of(browser, "passkey-sperren", stored)
    browser.begins()


def test_a_passkey_is_added_and_lifts_the_session(protected, stored):
    assert protected.page == "anmeldung"
    assert "Your passkey works." in protected.text
    assert [one.label for one in stored()] == ["Mein Handy"]
    assert level(protected) == "substanziell"


def test_adding_leads_back_to_the_page_that_needs_the_passkey(erika, phone):
    erika.opens("passkey-hinzufuegen?weiter=loeschen")
    erika.fills_in(label="Mein Handy", password=PASSWORD)
    erika.presses("next")
    erika.answers(phone.create(erika.options()))
    erika.answers(phone.get(erika.options()))
    assert erika.page == "loeschen"
    assert level(erika) == "substanziell"


def test_the_session_has_a_new_id_afterwards(erika, phone):
    before = erika.cookies["servicekonto_session"]
    erika.adds(phone)
    assert erika.cookies["servicekonto_session"] != before


def test_adding_is_told_by_mail_and_noted(erika, phone, mailbox, account, clock):
    clock.forward(minutes=1)
    erika.adds(phone)
    (mail,) = mailbox.mails()
    assert mail["To"] == account.email
    assert mailbox.last_link().endswith("/anmeldung")
    assert events(account, clock)[0] is Event.PASSKEY_ADDED


def test_adding_needs_the_password_once_more(erika, stored):
    erika.names("Handy", password="geraten")
    assert "This is not your present password." in erika.text
    assert 'data-passkey="' not in erika.contents


@pytest.mark.parametrize("label", ["", "   ", "x" * 61])
def test_a_passkey_needs_a_name_of_usual_length(erika, label):
    erika.names(label)
    assert "name" in erika.text
    assert 'data-passkey="' not in erika.contents


def test_a_name_is_shown_as_it_was_typed(erika, phone):
    erika.adds(phone, "<b>Łucjas & Co</b>")
    erika.opens("anmeldung")
    assert "<b>Łucjas & Co</b>" in erika.text


def test_a_passkey_that_was_not_tried_out_does_not_count(erika, phone, stored):
    erika.names("Handy")
    erika.answers(phone.create(erika.options()))
    erika.opens("anmeldung")
    assert "It does not count." in erika.text
    assert not stored()[0].means.usable


def test_an_answer_from_elsewhere_adds_nothing(erika, stored):
    erika.names("Handy")
    thief = Authenticator("https://evil.example")
    erika.answers(thief.create(erika.options()))
    assert "That did not work" in erika.text
    assert stored() == ()


def test_the_log_in_asks_for_the_passkey(protected, new_browser, phone):
    other = new_browser()
    other.logs_in()
    assert other.page == "anmelden-passkey"
    assert level(other) == "niedrig"
    other.opens("anmelden-passkey?weiter=anmeldung")
    other.confirms(phone)
    assert other.page == "anmeldung"
    assert level(other) == "substanziell"


def test_the_page_that_was_wanted_is_kept_over_both_steps(
    protected, new_browser, phone
):
    other = new_browser()
    other.opens("anmeldung")
    other.fills_in(email="erika@example.org", password=PASSWORD)
    other.presses("login")
    assert other.url.endswith("anmelden-passkey?weiter=anmeldung")
    other.confirms(phone)
    assert other.page == "anmeldung"


def test_no_page_of_another_site_is_led_to(protected):
    protected.opens("anmelden-passkey?weiter=https://evil.example/")
    assert "evil.example" not in protected.contents.partition("servicekonto")[2]


def test_without_the_passkey_the_level_stays_low(protected, new_browser):
    other = new_browser()
    other.logs_in()
    other.getLink("Go on without the passkey").click()
    assert other.page == "mein-bereich"
    assert level(other) == "niedrig"


def test_a_further_passkey_needs_the_first(protected, new_browser):
    other = new_browser()
    other.logs_in()
    other.opens("passkey-hinzufuegen")
    assert "Please confirm first" in other.text


def test_with_the_level_further_passkeys_are_added(protected, stored):
    protected.adds(Authenticator(ORIGIN), "Zweiter")
    assert [one.label for one in stored()] == ["Mein Handy", "Zweiter"]


def test_an_answer_is_not_accepted_twice(protected, new_browser, phone):
    other = new_browser()
    other.logs_in()
    other.begins()
    answer = phone.get(other.options())
    other.answers(answer)
    again = new_browser()
    again.logs_in()
    again.begins()
    again.answers(answer)
    assert "That did not work" in again.text
    assert level(again) == "niedrig"


def test_a_passkey_is_blocked_without_it(protected, new_browser, stored, mailbox):
    other = new_browser()
    other.logs_in()
    mailbox.clear()
    block(other, stored)
    assert other.page == "anmeldung"
    assert "The passkey is blocked." in other.text
    assert stored()[0].blocked
    assert len(mailbox.mails()) == 1
    assert not protected.is_logged_in
    assert other.is_logged_in


def test_nobody_is_asked_for_a_blocked_passkey(protected, new_browser, stored):
    block(protected, stored)
    other = new_browser()
    other.logs_in()
    assert other.page == "mein-bereich"


def test_with_the_level_a_passkey_is_removed(protected, stored, mailbox):
    page_of(protected, "passkey-entfernen", stored)
    mailbox.clear()
    protected.begins()
    assert "The passkey is removed." in protected.text
    assert stored() == ()
    assert len(mailbox.mails()) == 1


def test_with_the_password_alone_it_is_blocked_first(protected, new_browser, stored):
    other = new_browser()
    other.logs_in()
    page_of(other, "passkey-entfernen", stored)
    assert "You have lost the passkey" in other.text
    assert "Remove the passkey now" not in other.text


def lost(browser, stored, mailbox):
    """Block the passkey, ask for the link, and return it."""
    block(browser, stored)
    page_of(browser, "passkey-entfernen", stored)
    mailbox.clear()
    browser.begins()
    assert "Please look at your e-mails" in browser.text
    return mailbox.last_link()


@pytest.fixture
def elderly(protected, new_browser):
    """A citizen who lost the phone and has the password."""
    browser = new_browser()
    browser.logs_in()
    return browser


def test_a_lost_passkey_goes_with_password_and_mail(
    elderly, stored, mailbox, account, clock
):
    link = lost(elderly, stored, mailbox)
    clock.forward(minutes=5)
    elderly.open(link)
    elderly.fills_in(password=PASSWORD)
    elderly.presses("remove")
    assert "The passkey is removed" in elderly.text
    assert stored() == ()
    assert events(account, clock)[0] is Event.PASSKEY_REMOVED
    assert not elderly.is_logged_in
    elderly.logs_in()
    elderly.adds(Authenticator(ORIGIN), "Neues Handy")
    assert [one.label for one in stored()] == ["Neues Handy"]


def test_the_link_alone_is_not_enough(elderly, stored, mailbox):
    elderly.open(lost(elderly, stored, mailbox))
    elderly.fills_in(password="geraten")
    elderly.presses("remove")
    assert "This is not your present password." in elderly.text
    assert len(stored()) == 1


def test_the_link_works_once(elderly, stored, mailbox):
    link = lost(elderly, stored, mailbox)
    elderly.open(link)
    elderly.fills_in(password=PASSWORD)
    elderly.presses("remove")
    elderly.open(link)
    assert "This link is not valid any more" in elderly.text


def test_the_link_is_void_after_that_was_not_me(elderly, stored, mailbox):
    link = lost(elderly, stored, mailbox)
    elderly.opens("das-war-ich-nicht")
    elderly.begins()
    elderly.open(link)
    assert "This link is not valid any more" in elderly.text
    assert len(stored()) == 1


def test_a_blocked_passkey_is_unblocked_with_another_and_itself(
    protected, phone, stored
):
    protected.adds(Authenticator(ORIGIN), "Zweiter")
    first = stored()[0]
    protected.opens(f"passkey-sperren?id={first.id}")
    protected.begins()
    protected.opens(f"passkey-entsperren?id={first.id}")
    protected.begins()
    protected.answers(phone.get(protected.options()))
    assert "can be used again" in protected.text
    assert stored()[0].means.usable


def test_with_the_password_alone_nothing_is_unblocked(elderly, stored):
    block(elderly, stored)
    page_of(elderly, "passkey-entsperren", stored)
    elderly.begins()
    assert elderly.page == "anmeldung"
    assert stored()[0].blocked


@pytest.mark.parametrize(
    "page", ["passkey-sperren", "passkey-entsperren", "passkey-entfernen"]
)
def test_an_unknown_passkey_leads_to_the_list(protected, page):
    protected.opens(f"{page}?id=nothing")
    assert protected.page == "anmeldung"


def test_passkeys_are_not_offered_at_an_insecure_address(erika, site):
    site.buergerportal.public_url = "http://nohost/plone/buergerportal"
    transaction.commit()
    erika.portal = "http://nohost/plone/buergerportal"
    erika.logs_in()
    erika.opens("anmeldung")
    assert "Passkeys need a portal with a secure address (https)." in erika.text
    erika.opens("passkey-hinzufuegen")
    assert "No passkey can be added now" in erika.text


def test_a_device_is_not_asked_without_end(protected, monkeypatch, clock):
    monkeypatch.setattr(passkeys, "_challenges", Rate(3, passkeys.PER))
    protected.opens("anmelden-passkey")
    for _number in range(3):
        protected.opens("anmelden-passkey")
        protected.begins()
        assert protected.options()
    protected.opens("anmelden-passkey")
    protected.begins()
    assert "There were too many attempts" in protected.text
    clock.forward(minutes=10)
    protected.opens("anmelden-passkey")
    protected.begins()
    assert protected.options()


def test_an_address_asked_for_before_the_passkey_is_not_confirmed_after_it(
    erika, phone, account, clock
):
    erika.opens("e-mail")
    erika.fills_in(email="dieb@example.org", password=PASSWORD)
    erika.presses("send")
    transaction.begin()
    assert query_pending(account, clock()) is not None
    erika.adds(phone)
    transaction.begin()
    assert query_pending(account, clock()) is None
