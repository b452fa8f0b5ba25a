"""Changing the address, page by page."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.selfservice import kept
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import re
import transaction


NEW = "erika@new.example"


def ask(browser, address=NEW, password=PASSWORD):
    """Fill in the form and send it."""
    browser.opens("e-mail")
    browser.fills_in(email=address, password=password)
    browser.presses("send")


@pytest.fixture
def link(mailbox):
    """Returns the newest link to a page."""

    def newest(page):
        texts = [mail.get_body(("plain",)).get_content() for mail in mailbox.mails()]
        return re.findall(rf"{page}\?token=\S+", "".join(texts))[-1]

    return newest


def test_the_page_says_which_address_is_in_use(erika):
    erika.opens("e-mail")
    assert f"Your present e-mail address is {ADDRESS}." in erika.contents


def test_it_says_that_a_new_address_waits(erika):
    ask(erika)
    assert f"We have written to {NEW}." in erika.contents
    assert 'name="email"' not in erika.contents


def test_it_looks_the_same_for_an_address_that_belongs_to_somebody(
    erika, new_browser, account, clock
):
    active_account(clock(), NEW)
    transaction.commit()
    ask(erika)
    known = erika.contents
    erika.presses("cancel")
    ask(erika, "free@new.example")
    # The tokens of the forms differ from page to page.
    without = re.compile(r'[0-9a-f]{40,}|data-session="[^"]*"')
    known, free = (without.sub("", page) for page in (known, erika.contents))
    assert known == free.replace("free@new.example", NEW)


def test_the_link_can_be_sent_again(erika, mailbox):
    ask(erika)
    erika.presses("again")
    assert "We are sending you the link once more." in erika.contents
    assert [mail["To"] for mail in mailbox.mails()].count(NEW) == 2


def test_the_change_can_be_cancelled(erika):
    ask(erika)
    erika.presses("cancel")
    assert "The change was cancelled." in erika.contents
    assert f"Your present e-mail address is {ADDRESS}." in erika.contents


def test_mistakes_are_shown_at_their_fields(erika):
    ask(erika, "erika", "guessed")
    assert erika.contents.count('aria-invalid="true"') == 2
    assert "guessed" not in erika.contents


def test_a_second_tab_finds_the_change_that_the_first_began(erika, mailbox):
    second = erika.new_tab()
    second.opens("e-mail")
    ask(erika)
    second.fills_in(email="other@new.example", password=PASSWORD)
    second.presses("send")
    assert f"We have written to {NEW}." in second.contents
    assert "other@new.example" not in [mail["To"] for mail in mailbox.mails()]


def test_opening_the_link_changes_nothing(erika, link, account):
    ask(erika)
    erika.opens(link("e-mail-bestaetigen"))
    assert f"With {NEW} you log in from now on" in erika.contents
    assert accounts.query_account(account.id).email == ADDRESS


def test_the_button_changes_the_address_and_the_browser_stays_logged_in(erika, link):
    ask(erika)
    erika.opens(link("e-mail-bestaetigen"))
    erika.presses("act")
    assert "Your new e-mail address is confirmed" in erika.contents
    erika.opens("e-mail")
    assert f"Your present e-mail address is {NEW}." in erika.contents


def test_all_other_browsers_are_logged_out(erika, new_browser, link):
    attacker = new_browser()
    attacker.logs_in()
    ask(erika)
    erika.opens(link("e-mail-bestaetigen"))
    erika.presses("act")
    assert not attacker.is_logged_in


def test_the_link_may_be_opened_in_another_browser(erika, new_browser, link):
    ask(erika)
    mail_program = new_browser()
    mail_program.opens(link("e-mail-bestaetigen"))
    mail_program.presses("act")
    assert "Please log in with the new address." in mail_program.contents
    assert not mail_program.is_logged_in
    assert not erika.is_logged_in


def test_a_link_is_used_up(erika, link):
    ask(erika)
    used = link("e-mail-bestaetigen")
    erika.opens(used)
    erika.presses("act")
    erika.opens(used)
    assert erika.headers["status"].startswith("410")
    assert "This link is not valid any more" in erika.contents


def test_the_second_of_two_who_want_an_address_reads_why_not(
    erika, link, account, clock
):
    ask(erika)
    mine = link("e-mail-bestaetigen")
    active_account(clock(), NEW)
    transaction.commit()
    erika.opens(mine)
    erika.presses("act")
    assert erika.headers["status"].startswith("409")
    assert "This address cannot be used" in erika.contents
    assert accounts.query_account(account.id).email == ADDRESS


def test_the_change_is_stopped_with_the_link_of_the_other_mail(
    erika, new_browser, link
):
    ask(erika)
    owner = new_browser()
    owner.opens(link("e-mail-abbrechen"))
    owner.presses("act")
    assert "Your e-mail address stays as it is" in owner.contents
    assert "/passwort-vergessen" in owner.contents


def test_a_thief_is_thrown_out(erika, new_browser, link):
    ask(erika)
    stop = link("e-mail-abbrechen")
    erika.opens(link("e-mail-bestaetigen"))
    erika.presses("act")
    owner = new_browser()
    owner.opens(stop)
    owner.presses("act")
    assert "Your former e-mail address is in use again" in owner.contents
    assert not erika.is_logged_in


@pytest.mark.parametrize("page", ["e-mail-bestaetigen", "e-mail-abbrechen"])
@pytest.mark.parametrize("token", ["", "?token=", "?token=guessed", "?token=a&token=b"])
def test_a_guessed_link_does_nothing(new_browser, page, token):
    stranger = new_browser()
    stranger.opens(page + token)
    assert stranger.headers["status"].startswith("410")


def test_what_was_typed_survives_the_end_of_the_session(erika, clock):
    erika.opens("e-mail")
    erika.fills_in(email=NEW, password=PASSWORD)
    clock.forward(minutes=61)
    erika.presses("send")
    assert erika.page == "anmelden"
    erika.fills_in(email=ADDRESS, password=PASSWORD)
    erika.presses("login")
    assert erika.page == "e-mail"
    assert erika.getControl(name="email").value == NEW
    assert erika.getControl(name="password").value == ""
    assert "Your entries are still here." in erika.contents


def test_it_survives_although_another_tab_learned_of_the_end_first(erika, clock):
    erika.opens("e-mail")
    clock.forward(minutes=61)
    assert not erika.new_tab().is_logged_in
    erika.fills_in(email=NEW, password=PASSWORD)
    erika.presses("send")
    erika.fills_in(email=ADDRESS, password=PASSWORD)
    erika.presses("login")
    assert erika.getControl(name="email").value == NEW


def test_nothing_is_kept_where_the_session_was_revoked(erika, account, clock):
    erika.opens("e-mail")
    erika.fills_in(email=NEW, password=PASSWORD)
    sessions.end_all(account)
    transaction.commit()
    clock.forward(minutes=61)
    erika.presses("send")
    assert erika.page == "anmelden"
    assert kept.all_of(account.id) == []


def test_a_link_does_not_fill_in_the_form(erika):
    erika.opens("e-mail?email=thief@evil.example")
    assert erika.getControl(name="email").value == ""


def test_it_is_for_those_who_are_logged_in(new_browser):
    stranger = new_browser()
    stranger.opens("e-mail")
    assert "anmelden?weiter=e-mail" in stranger.url
