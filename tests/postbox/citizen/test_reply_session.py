"""An answer outlives the session in which it was typed, and nobody else's writes it."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.clock import now
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox.text import LONGEST_TEXT
from tests.factories import PASSWORD
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import text_of
from tests.postbox.citizen.test_reply import attaches
from tests.postbox.citizen.test_reply import begins
import pytest
import transaction


def test_what_was_typed_outlives_the_session(erika, question, clock, account):
    begins(erika, question, "Lange nachgedacht")
    attaches(erika)
    clock.forward(hours=2)
    press(erika, "Send")
    assert erika.page == "anmelden"
    assert "nothing was sent yet" in text_of(erika)
    draft = drafts.query(account.id, question.id)
    assert draft.text == "Lange nachgedacht"
    assert [one.name for one in draft.attachments] == ["vertrag.txt"]
    erika.fills_in(email="erika@example.org", password=PASSWORD)
    erika.presses("login")
    assert erika.page == "postfach-antwort"
    assert erika.getControl(name="antwort").value == "Lange nachgedacht"


@pytest.mark.parametrize("end", [sessions.end, None], ids=["log-out", "revoked"])
def test_nothing_is_written_where_the_session_was_ended(
    erika, question, clock, account, end
):
    begins(erika, question, "Von fremder Hand")
    attaches(erika)
    ticket = sessions.parse(erika.cookies[SESSION_COOKIE].strip('"'))
    sessions.end_all(account) if end is None else end(ticket)
    transaction.commit()
    press(erika, "Send")
    assert erika.page == "anmelden"
    assert drafts.query(account.id, question.id) is None


def says_that_was_not_me(owner, mailbox):
    owner.logs_in()
    owner.opens("das-war-ich-nicht")
    press(owner, "Log out everywhere")


def chooses_a_new_password(owner, mailbox):
    owner.opens("passwort-vergessen")
    owner.fills_in(email="erika@example.org")
    owner.presses("send")
    owner.open(mailbox.last_link())
    new = "Gartenzaun am Nebelmorgen"
    owner.fills_in(password=new, repetition=new)
    owner.presses("save")


@pytest.mark.parametrize("takes_back", [says_that_was_not_me, chooses_a_new_password])
def test_nothing_is_written_after_the_owner_took_the_account_back(
    erika, new_browser, question, account, mailbox, takes_back
):
    begins(erika, question, "Von fremder Hand")
    attaches(erika)
    takes_back(new_browser(), mailbox)
    transaction.begin()
    session = sessions.parse(erika.cookies[SESSION_COOKIE].strip('"'))
    assert sessions.resolve(session, now()) is None
    press(erika, "Send")
    assert erika.page == "anmelden"
    transaction.begin()
    assert drafts.query(account.id, question.id) is None


def test_what_comes_after_the_session_does_not_grow_without_end(
    erika, question, clock, account
):
    begins(erika, question, "x" * (LONGEST_TEXT + 1))
    tab = erika.new_tab()
    begins(tab, question, "Vorher gespeichert")
    press(tab, "Save the draft")
    clock.forward(hours=2)
    for _ in range(12):
        press(erika, "Send")
        erika.goBack()
    text = drafts.query(account.id, question.id).text
    assert text.startswith("Vorher gespeichert\n\nxxx")
    assert len(text) == 10 * LONGEST_TEXT


def test_nothing_is_lost_when_another_window_had_saved(erika, question, clock, account):
    begins(erika, question, "Am Ende getippt")
    tab = erika.new_tab()
    begins(tab, question, "Vorher gespeichert")
    press(tab, "Save the draft")
    clock.forward(hours=2)
    press(erika, "Send")
    text = drafts.query(account.id, question.id).text
    assert text == "Vorher gespeichert\n\nAm Ende getippt"
