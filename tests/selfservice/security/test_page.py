"""Where one is logged in, what happened, and “that was not me”."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import transaction


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
NEW = "Teekanne über dem Leuchtturm"


@pytest.fixture
def other(new_browser):
    """The same citizen in another browser, elsewhere."""
    browser = new_browser()
    browser.addHeader("User-Agent", FIREFOX)
    browser.logs_in()
    return browser


def keys(account):
    """Return the keys of the sessions of the account."""
    transaction.begin()
    found = sessions.all_of(query_account(account.id), now())
    return [key for key, _record in found]


def end(browser, session_id):
    """Press the button of a session, perhaps of one that is not on the page."""
    browser.opens("anmeldung")
    form = next(
        browser.getForm(index=number)
        for number in range(9)
        if "sitzung-beenden" in (browser.getForm(index=number).action or "")
    )
    form.getControl(name="sitzung").value = session_id
    form.submit()


def test_the_page_is_for_citizens_who_are_logged_in(new_browser):
    stranger = new_browser()
    for page in ("anmeldung", "das-war-ich-nicht", "anmelden-passkey"):
        stranger.opens(page)
        assert stranger.page == "anmelden"


def test_sessions_are_told_in_words(erika, other):
    erika.opens("anmeldung")
    assert "(this device)" in erika.text
    assert "Firefox on Linux" in erika.text
    assert "from the same network as you now" in erika.text
    assert "Logged in: just now" in erika.text


def test_the_last_activity_is_told(erika, other, clock):
    clock.forward(minutes=20)
    other.opens("mein-bereich")
    clock.forward(minutes=5)
    erika.opens("anmeldung")
    assert "Last activity: 5 minutes ago" in erika.text
    assert "Logged in: 25 minutes ago" in erika.text


def test_reading_the_page_writes_nothing(erika, functional, clock):
    clock.forward(minutes=10)
    transaction.commit()
    before = functional["portal"]._p_jar.db().lastTransaction()
    erika.opens("anmeldung")
    assert functional["portal"]._p_jar.db().lastTransaction() == before


def test_one_other_device_is_logged_out(erika, other):
    erika.opens("anmeldung")
    erika.getControl("Log out Firefox on Linux").click()
    assert "The device was logged out." in erika.text
    assert not other.is_logged_in
    assert erika.is_logged_in


def test_all_others_are_logged_out(erika, other, new_browser):
    third = new_browser()
    third.logs_in()
    erika.opens("anmeldung")
    erika.getControl("Log out all others").click()
    assert "All other devices were logged out." in erika.text
    assert not other.is_logged_in
    assert not third.is_logged_in
    assert erika.is_logged_in


def test_nobody_ends_the_session_of_somebody_else(erika, other, new_browser, clock):
    max_ = active_account(clock(), "max@example.org")
    transaction.commit()
    his = new_browser()
    his.logs_in("max@example.org")
    (key,) = keys(max_)
    for session_id in (key.partition(":")[2], key, "nothing"):
        end(erika, session_id)
    assert his.is_logged_in


def test_the_key_of_a_session_lets_nobody_in(erika, other):
    erika.opens("anmeldung")
    assert other.cookies["servicekonto_session"] not in erika.contents


def test_log_ins_are_listed_with_wrong_passwords_before(account, new_browser):
    guesser = new_browser()
    for _guess in range(2):
        guesser.logs_in(password="geraten")
    fresh = new_browser()
    fresh.logs_in()
    fresh.opens("anmeldung")
    assert "a wrong password was entered 2 times." in fresh.text


def test_logging_out_is_listed(erika, new_browser):
    erika.opens("abmelden")
    erika.getControl("Log out now").click()
    fresh = new_browser()
    fresh.logs_in()
    fresh.opens("anmeldung")
    assert "Logged out , just now" in fresh.text


def test_many_events_unfold(erika, new_browser):
    for _time in range(11):
        new_browser().logs_in()
    erika.opens("anmeldung")
    assert erika.contents.count("Logged in with the password") == 12
    assert "<details" in erika.contents


def test_that_was_not_me_ends_everything(erika, other, mailbox, clock):
    mailbox.clear()
    erika.opens("das-war-ich-nicht")
    erika.begins()
    assert "You are logged out everywhere" in erika.text
    assert not erika.is_logged_in
    assert not other.is_logged_in
    transaction.begin()
    assert accounts.check_password(ADDRESS, PASSWORD, clock()) is None
    assert "passwort-neu?token=" in mailbox.last_link()


def test_the_owner_gets_in_again_with_the_link(erika, mailbox):
    mailbox.clear()
    erika.opens("das-war-ich-nicht")
    erika.begins()
    erika.open(mailbox.last_link())
    erika.fills_in(password=NEW, repetition=NEW)
    erika.presses("save")
    erika.logs_in(password=NEW)
    assert erika.is_logged_in
    erika.opens("anmeldung")
    assert "Password changed" in erika.text
    assert "You told us: that was not me" in erika.text


def test_that_was_not_me_is_mailed_although_a_link_was_sent_just_now(
    erika, new_browser, mailbox
):
    attacker = new_browser()
    attacker.opens("passwort-vergessen")
    attacker.fills_in(email=ADDRESS)
    attacker.presses("send")
    link = mailbox.last_link()
    mailbox.clear()
    erika.opens("das-war-ich-nicht")
    erika.begins()
    assert len(mailbox.mails()) == 1
    erika.open(link)
    assert "This link is not valid any more" in erika.text


def test_opening_the_pages_of_buttons_does_nothing(erika, other):
    for page in ("sitzung-beenden", "andere-abmelden", "passkey-anlegen"):
        erika.opens(page)
    assert other.is_logged_in
