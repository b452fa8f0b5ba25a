"""A new password, chosen in Mein Bereich."""

from collective.servicekonto.accounts import service as accounts
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest


NEW = "Teekanne über dem Leuchtturm"


def change(browser, present=PASSWORD, password=NEW, repetition=NEW):
    """Fill in the form and send it."""
    browser.opens("passwort")
    browser.fills_in(present_password=present, password=password, repetition=repetition)
    browser.presses("save")


def test_it_is_good_for_the_next_log_in(erika, new_browser):
    change(erika)
    assert "Your new password is saved" in erika.contents
    other = new_browser()
    other.logs_in(password=PASSWORD)
    assert not other.is_logged_in
    other.logs_in(password=NEW)
    assert other.is_logged_in


def test_one_stays_logged_in_with_a_new_session(erika):
    before = erika.cookies["servicekonto_session"]
    change(erika)
    assert erika.cookies["servicekonto_session"] != before
    assert erika.is_logged_in


def test_the_session_of_an_attacker_is_dead_at_once(erika, new_browser):
    attacker = new_browser()
    attacker.logs_in()
    assert attacker.is_logged_in
    change(erika)
    assert not attacker.is_logged_in


def test_the_former_session_id_is_dead_as_well(erika, new_browser):
    stolen = new_browser()
    stolen.opens("anmelden")
    stolen.cookies["servicekonto_session"] = erika.cookies["servicekonto_session"]
    assert stolen.is_logged_in
    change(erika)
    assert not stolen.is_logged_in


def test_the_owner_is_told_by_mail(erika, mailbox):
    change(erika)
    (mail,) = mailbox.mails()
    assert mail["To"] == ADDRESS
    assert mailbox.last_link().endswith("/passwort-vergessen")


def test_it_needs_the_present_password(erika, account, clock, mailbox):
    change(erika, present="geraten")
    assert "This is not your present password." in erika.contents
    assert accounts.check_password(ADDRESS, PASSWORD, clock())
    assert mailbox.mails() == []


def test_guessing_the_present_password_is_slowed_down(erika):
    for _guess in range(5):
        change(erika, present="geraten")
    assert "too many attempts" in erika.contents
    change(erika)
    assert "too many attempts" in erika.contents


def test_all_mistakes_are_told_together(erika):
    change(erika, present="geraten", password="Musterstadt", repetition="x")
    assert "This is not your present password." in erika.contents
    assert erika.contents.count('aria-invalid="true"') == 2


@pytest.mark.parametrize(
    ("password", "repetition", "message"),
    [
        ("", "", "Please choose a password."),
        ("passwort", "passwort", ""),
        ("ErikaMustermann", "ErikaMustermann", ""),
        (NEW, NEW + "!", "The two passwords are not the same."),
        (PASSWORD, PASSWORD, "This is your present password already."),
    ],
)
def test_what_is_refused_changes_nothing(
    erika, account, clock, password, repetition, message
):
    change(erika, password=password, repetition=repetition)
    assert 'aria-invalid="true"' in erika.contents
    assert message in erika.contents
    assert accounts.check_password(ADDRESS, PASSWORD, clock())


def test_the_second_of_two_tabs_learns_that_the_first_was_quicker(
    erika, account, clock
):
    second = erika.new_tab()
    second.opens("passwort")
    change(erika)
    other = "Noch ein ganz anderes Wort"
    second.fills_in(present_password=PASSWORD, password=other, repetition=other)
    second.presses("save")
    assert "This is not your present password." in second.contents
    assert accounts.check_password(ADDRESS, NEW, clock())


def test_nothing_typed_is_sent_back(erika):
    change(erika, present="geheimes Altes", password=NEW, repetition="geheimes Neues")
    assert "geheimes" not in erika.contents
    assert NEW not in erika.contents


def test_it_is_for_those_who_are_logged_in(new_browser):
    stranger = new_browser()
    stranger.opens("passwort")
    assert stranger.page == "anmelden"
    assert "weiter=passwort" in stranger.url
