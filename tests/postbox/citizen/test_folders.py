"""The folders of the Postfach in the browser."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from datetime import date
from tests.postbox.citizen.pages import current_folder
from tests.postbox.citizen.pages import notice
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.pages import subjects
from tests.postbox.citizen.pages import text_of
from tests.postbox.citizen.pages import tick
from tests.postbox.seen import titles
import pytest
import transaction


def test_mein_bereich_begins_with_it(erika):
    erika.opens("mein-bereich")
    first = erika.contents.index('<h2 class="h5 mb-1">')
    assert "/postfach" in erika.contents[first : first + 200]


def test_others_are_led_to_the_log_in(new_browser):
    browser = new_browser()
    browser.opens("postfach")
    assert browser.page == "anmelden"


def test_a_message_is_listed_with_what_one_has_to_know(erika, post):
    post(kind=Kind.QUERY, reply_until=date(2026, 12, 3))
    erika.opens("postfach")
    text = text_of(erika)
    assert subjects(erika)[0] == "Ihr Antrag"
    assert "From: Bürgerbüro" in text
    assert "unread" in text
    assert "Please answer by 3 December 2026" in text
    assert "Is kept until 22 November 2029" in text
    assert "23 November 2026" in text


def test_every_page_says_how_many_messages_are_unread(erika, post):
    post()
    erika.opens("mein-bereich")
    header = erika.contents[erika.contents.index("servicekonto-account") :][:900]
    assert "Postfach" in header
    assert "unread messages" in header


def test_who_has_read_everything_sees_no_number(erika, account, clock):
    for message in service.listing(
        account, TrustLevel.LOW, Folder.INBOX, service.Search()
    ).messages:
        service.note_read(account, message, clock())
    transaction.commit()
    erika.opens("mein-bereich")
    assert "unread message" not in erika.contents


def test_twenty_are_shown_and_the_others_on_the_next_page(erika, post):
    for number in range(24):
        post(title=f"Brief {number}")
    erika.opens("postfach")
    assert subjects(erika) == [f"Brief {number}" for number in range(23, 3, -1)]
    erika.getLink("Further messages").click()
    assert subjects(erika)[:4] == ["Brief 3", "Brief 2", "Brief 1", "Brief 0"]
    erika.getLink("Back to the first messages").click()
    assert subjects(erika)[0] == "Brief 23"


@pytest.mark.parametrize("folder", list(service.rules.CITIZENS_FOLDERS)[1:])
def test_an_empty_folder_says_what_to_do(erika, folder):
    erika.opens(f"postfach?ordner={folder.value}")
    assert subjects(erika) == []
    assert current_folder(erika) == str(words.FOLDERS[folder])
    assert {
        Folder.SENT: "To answer, open a message",
        Folder.ARCHIVE: "tick what you want to keep apart",
        Folder.BIN: "The bin is empty",
    }[folder] in text_of(erika)


def test_ticked_messages_go_into_the_bin_and_come_back(erika, post, account):
    some = [post(title=f"Brief {number}") for number in range(3)]
    erika.opens("postfach")
    tick(erika, *some)
    press(erika, "Into the bin")
    assert notice(erika) == "3 messages are in the bin now. Undo"
    assert len(titles(account, Folder.BIN)) == 3
    press(erika, "Undo")
    assert notice(erika) == "3 messages are where they were before."
    assert len(titles(account, Folder.BIN)) == 0
    assert all(messages.state(one) is State.NEW for one in some)
    assert service.unread(account.id) == 4


def test_what_was_done_is_said_once(erika, post):
    tick_one(erika, post())
    press(erika, "To the archive")
    assert notice(erika)
    erika.opens("postfach")
    assert not notice(erika)


def tick_one(browser, message):
    """Open the inbox and tick the message."""
    browser.opens("postfach")
    tick(browser, message)


def test_it_can_be_undone_in_another_tab_later(erika, post, account):
    tick_one(erika, post())
    press(erika, "To the archive")
    erika.new_tab().opens("postfach")
    press(erika, "Undo")
    assert titles(account, Folder.ARCHIVE) == []


def test_without_a_tick_nothing_happens(erika, post, account):
    post()
    erika.opens("postfach")
    press(erika, "Into the bin")
    assert notice(erika) == "Please tick the messages first."
    assert titles(account, Folder.BIN) == []


def test_what_moved_in_the_meantime_is_said(erika, post, account, clock):
    first, second = post(), post()
    erika.opens("postfach")
    tick(erika, first, second)
    messages.move(account, first, State.BIN, clock())
    messages.destroy(account, first, clock())
    transaction.commit()
    press(erika, "To the archive")
    assert notice(erika).startswith("One message is in the archive now.")
    assert "One message could not be moved." in notice(erika)


def test_the_bin_gives_back(erika, post, account, clock):
    message = post()
    service.act(account, message, service.Action.BIN, TrustLevel.LOW, clock())
    transaction.commit()
    erika.opens("postfach?ordner=papierkorb")
    assert "Will be deleted for good on 23 December 2026" in text_of(erika)
    tick(erika, message)
    press(erika, "Restore")
    assert notice(erika).startswith("One message is where it was before")
    assert "Ihr Antrag" in titles(account)


def test_who_throws_a_decision_away_is_told_until_when_one_can_object(erika, post):
    message = post(kind=Kind.DECISION, legal_basis="ozg-9:nw")
    tick_one(erika, message)
    press(erika, "Into the bin")
    assert "you can object until 28 December 2026" in notice(erika)
    erika.opens("postfach?ordner=papierkorb")
    assert "Will be deleted for good on 29 December 2026" in text_of(erika)
    tick(erika, message)
    press(erika, "Delete for good")
    assert "you can object until 28 December 2026" in text_of(erika)


def test_of_a_decision_without_a_known_time_limit_it_is_said_where_it_is(erika, post):
    tick_one(erika, post(kind=Kind.DECISION))
    press(erika, "Into the bin")
    assert "It says itself until when you can object" in notice(erika)


def test_of_other_messages_nothing_is_said(erika, post):
    tick_one(erika, post())
    press(erika, "Into the bin")
    assert "object" not in notice(erika)


def test_deleting_for_good_asks_first(erika, post, account, clock):
    message = post()
    service.act(account, message, service.Action.BIN, TrustLevel.LOW, clock())
    transaction.commit()
    erika.opens("postfach?ordner=papierkorb")
    tick(erika, message)
    press(erika, "Delete for good")
    assert erika.page == "postfach-endgueltig"
    assert "This cannot be undone" in text_of(erika)
    assert titles(account, Folder.BIN) == ["Ihr Antrag"]
    press(erika, "Delete for good")
    assert notice(erika) == "One message was deleted for good."
    assert titles(account, Folder.BIN) == []


def test_what_is_protected_is_not_deleted_for_good(erika, post, account, clock):
    message = post(title="Ihr Geheimnis", level=TrustLevel.HIGH)
    service.act(account, message, service.Action.BIN, TrustLevel.LOW, clock())
    transaction.commit()
    erika.opens(f"postfach-endgueltig?nachricht={message.id}")
    assert "Protected messages are not deleted: 1." in text_of(erika)
    assert "Geheimnis" not in erika.contents
    assert "These messages are not in the bin" not in text_of(erika)
    assert titles(account, Folder.BIN) == ["Ihr Geheimnis"]


def test_only_what_is_in_the_bin_is_deleted_for_good(erika, post, account):
    message = post()
    erika.opens(f"postfach-endgueltig?nachricht={message.id}")
    assert "not in the bin any more" in text_of(erika)
    assert "Ihr Antrag" in titles(account)


def test_a_search_finds_and_leaves_no_word_in_the_address(erika, post):
    post(title="Hundesteuer")
    post(title="Parkausweis")
    erika.opens("postfach")
    erika.fills_in(wort="hundesteuer")
    press(erika, "Search the messages")
    assert subjects(erika) == ["Hundesteuer"]
    assert "hundesteuer" not in erika.url.lower()
    erika.reload()
    assert subjects(erika) == ["Hundesteuer"]
    erika.getLink("Show everything").click()
    assert len(subjects(erika)) == 3


def test_a_search_that_finds_nothing_says_so(erika, post):
    erika.opens("postfach")
    erika.fills_in(wort="Weltraumbahnhof")
    press(erika, "Search the messages")
    assert "Nothing was found" in text_of(erika)


def test_a_search_narrows_by_sender_day_and_unread(erika, post, clock):
    post(title="Alt")
    clock.forward(days=2)
    post(title="Neu", sender="Fundbüro")
    erika.logs_in()
    erika.opens("postfach")
    erika.fills_in(absender="fund", von="2026-11-24", bis="2026-11-26")
    erika.getControl(name="ungelesen").value = ["1"]
    press(erika, "Search the messages")
    assert subjects(erika) == ["Neu"]


def test_the_order_can_be_chosen(erika, post):
    post(title="Zebra")
    post(title="Adler")
    erika.opens("postfach")
    erika.getControl(name="sortierung").value = ["betreff"]
    press(erika, "Search the messages")
    assert subjects(erika)[0] == "Adler"


def test_nobody_else_can_read_what_was_looked_for(erika, post, new_browser, clock):
    post(title="Hundesteuer")
    erika.opens("postfach")
    erika.fills_in(wort="hundesteuer")
    press(erika, "Search the messages")
    cookies = " ".join(one.value for one in erika.testapp.cookiejar)
    assert "hundesteuer" not in cookies
    erika.opens("abmelden")
    press(erika, "Log out now")
    erika.logs_in()
    erika.opens("postfach?suche=1")
    assert len(subjects(erika)) == 2


def test_a_locked_message_tells_nothing_but_how_to_open_it(erika, post):
    post(title="Ihr Geheimnis", level=TrustLevel.SUBSTANTIAL, reference="G-1")
    erika.opens("postfach")
    text = text_of(erika)
    assert subjects(erika)[0] == "Protected message"
    assert "confirm with a passkey" in text
    assert "Geheimnis" not in erika.contents
    assert "G-1" not in erika.contents


def test_a_locked_message_is_not_sorted_by_its_subject(account, post):
    post(title="Zebra", level=TrustLevel.HIGH)
    post(title="Adler")
    order = service.Order.SUBJECT
    assert titles(account, order=order)[:2] == ["Zebra", "Adler"]
    assert titles(account, order=order, level=TrustLevel.HIGH)[:2] != ["Zebra", "Adler"]


@pytest.mark.parametrize("query", ["was=loeschen", "was=suchen", "hinter=zz"])
def test_a_link_changes_nothing(erika, post, account, query):
    message = post()
    erika.opens(f"postfach?nachricht={message.id}&{query}")
    assert status(erika) == 200
    assert "Ihr Antrag" in titles(account)


def test_a_form_from_elsewhere_changes_nothing(erika, post, account):
    message = post()
    erika.post(f"{erika.portal}/postfach", f"was=loeschen&nachricht={message.id}")
    assert status(erika) == 403
    assert "Ihr Antrag" in titles(account)


def test_a_thousand_ticks_are_those_of_a_page(erika, post, account):
    message = post()
    erika.opens("postfach")
    csrf = erika.getControl(name="csrf", index=0).value
    ids = "".join(f"&nachricht={number:032x}" for number in range(1000))
    body = f"csrf={csrf}&was=loeschen&nachricht={message.id}{ids}"
    erika.post(f"{erika.portal}/postfach", body)
    assert "One message is in the bin now." in notice(erika)
    assert "19 messages could not be moved." in notice(erika)
