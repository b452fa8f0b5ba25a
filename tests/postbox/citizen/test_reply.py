"""Answering a message in the browser."""

from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import State
from datetime import date
from tests.factories import active_account
from tests.postbox.citizen.pages import notice
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import problems
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.pages import text_of
from tests.postbox.seen import titles
from urllib.parse import urlencode
from webtest import Upload
import pytest
import transaction


def begins(browser, message, text=None):
    """Open the form and type."""
    browser.opens(f"postfach-antwort?nachricht={message.id}")
    if text is not None:
        browser.fills_in(antwort=text)


def attaches(browser, content=b"Mietvertrag", name="vertrag.txt"):
    """Choose a file."""
    # The control itself takes one file only, the field takes several.
    field = browser.getControl(name="dateien")._control
    field.value = [Upload(name, content, "text/plain")]


def test_the_message_leads_to_the_form(erika, question):
    erika.opens(f"postfach-nachricht?nachricht={question.id}")
    erika.getLink("Answer").click()
    assert erika.page == "postfach-antwort"
    text = text_of(erika)
    assert "Your name goes with the answer" in text
    assert "At most 10 files" in text


def test_an_answer_is_sent_with_text_and_file(erika, question, sent, account):
    begins(erika, question, "Anbei der Vertrag.\n\nGruß")
    attaches(erika)
    press(erika, "Send")
    assert erika.page == "postfach-gesendet"
    assert "Your answer was sent" in text_of(erika)
    assert sent() == ["Anbei der Vertrag.\nGruß"]
    [answer] = service.listing(
        account, TrustLevel.LOW, Folder.SENT, service.Search()
    ).messages
    assert [one.name for one in answer.attachments] == ["vertrag.txt"]
    [transfer] = dataaccess.find(account, dataaccess.Search())
    assert transfer.recipient == "Bürgerbüro"


def test_the_file_is_downloaded_again(erika, question):
    begins(erika, question, "Anbei")
    attaches(erika)
    press(erika, "Send")
    erika.getLink("See the answer").click()
    assert "vertrag.txt" in text_of(erika)
    erika.getLink("vertrag.txt").click()
    assert erika.contents == "Mietvertrag"
    assert erika.headers["content-disposition"].startswith("attachment")


def test_whoever_presses_twice_has_sent_once(erika, question, sent):
    begins(erika, question, "Einmal")
    twin = erika.new_tab()
    twin.opens("postfach")
    form = erika.getForm(id="servicekonto-form")
    entries = {
        one: erika.getControl(name=one, index=0).value
        for one in ("schluessel", "fassung", "stand", "antwort")
    }
    csrf = form.getControl(name="csrf").value
    press(erika, "Send")
    body = urlencode({**entries, "csrf": csrf, "was": "senden"})
    twin.post(f"{twin.portal}/postfach-antwort?nachricht={question.id}", body)
    assert twin.url == erika.url
    assert sent() == ["Einmal"]


def test_reloading_the_last_page_sends_nothing(erika, question, sent):
    begins(erika, question, "Einmal")
    press(erika, "Send")
    erika.reload()
    assert sent() == ["Einmal"]


def test_the_list_says_that_one_has_answered(erika, question):
    begins(erika, question, "Anbei der Vertrag.")
    press(erika, "Send")
    erika.opens("postfach")
    assert "You answered on" in text_of(erika)
    assert "Please answer by" not in text_of(erika)


def test_two_windows_do_not_send_two_answers_unasked(erika, question, sent):
    begins(erika, question, "Aus dem ersten Fenster")
    tab = erika.new_tab()
    begins(tab, question, "Aus dem zweiten Fenster")
    press(erika, "Send")
    press(tab, "Send")
    assert "You have answered this message already" in problems(tab)
    assert tab.getControl(name="antwort").value == "Aus dem zweiten Fenster"
    assert sent() == ["Aus dem ersten Fenster"]
    press(tab, "Send")
    assert len(sent()) == 2


def test_going_back_and_sending_another_text_is_asked_for(erika, question, sent):
    begins(erika, question, "Erster Text")
    press(erika, "Send")
    erika.goBack()
    erika.fills_in(antwort="Zweiter Text")
    press(erika, "Send")
    assert "You have answered this message already" in problems(erika)
    assert erika.getControl(name="antwort").value == "Zweiter Text"
    assert len(sent()) == 1


def test_a_draft_is_kept_with_its_files(erika, question, sent):
    begins(erika, question, "Halb fertig")
    attaches(erika)
    press(erika, "Save the draft")
    assert "Your draft is saved" in notice(erika)
    assert sent() == []
    begins(erika, question)
    assert erika.getControl(name="antwort").value == "Halb fertig"
    assert "vertrag.txt" in text_of(erika)
    erika.opens("postfach")
    assert "You have begun an answer" in text_of(erika)
    erika.opens(f"postfach-nachricht?nachricht={question.id}")
    erika.getLink("Go on with your answer").click()
    attaches(erika, name="foto.txt")
    press(erika, "Send")
    assert sent() == ["Halb fertig"]
    erika.getLink("See the answer").click()
    assert "vertrag.txt" in text_of(erika)
    assert "foto.txt" in text_of(erika)


def test_after_sending_there_is_no_draft(erika, question, account):
    begins(erika, question, "Fertig")
    press(erika, "Save the draft")
    press(erika, "Send")
    assert drafts.query(account.id, question.id) is None


def test_a_file_is_removed_again(erika, question, account):
    begins(erika, question, "Ohne Datei")
    attaches(erika)
    press(erika, "Save the draft")
    [control] = erika.getControl(name="entfernen").controls
    control.selected = True
    press(erika, "Send")
    erika.getLink("See the answer").click()
    assert "vertrag.txt" not in text_of(erika)


def test_a_draft_is_thrown_away(erika, question, account):
    begins(erika, question, "Doch nicht")
    press(erika, "Save the draft")
    press(erika, "Throw the draft away")
    assert erika.page == "postfach-nachricht"
    assert drafts.query(account.id, question.id) is None


def test_two_windows_do_not_overwrite_each_other(erika, question, account):
    begins(erika, question, "Erstes Fenster")
    tab = erika.new_tab()
    begins(tab, question, "Zweites Fenster")
    attaches(tab)
    press(erika, "Save the draft")
    press(tab, "Save the draft")
    assert "another text" in problems(tab)
    assert "Erstes Fenster" in text_of(tab)
    assert tab.getControl(name="antwort").value == "Zweites Fenster"
    assert "vertrag.txt" in text_of(tab)
    assert drafts.query(account.id, question.id).text == "Erstes Fenster"
    press(tab, "Save the draft")
    transaction.begin()
    assert drafts.query(account.id, question.id).text == "Zweites Fenster"


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_answer_is_not_sent_but_its_files_are_kept(
    erika, question, sent, text
):
    begins(erika, question, text)
    attaches(erika)
    press(erika, "Send")
    assert "Please write your answer." in problems(erika)
    assert "vertrag.txt" in text_of(erika)
    assert sent() == []


def test_too_long_an_answer_is_kept_and_says_by_how_much(erika, question, sent):
    begins(erika, question, "a" * 20_005)
    press(erika, "Send")
    assert "too long by 5 characters" in problems(erika)
    assert len(erika.getControl(name="antwort").value) == 20_005
    erika.fills_in(antwort="a" * 20_000)
    press(erika, "Send")
    assert len(sent()[0]) == 20_000


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"MZ\x90", "rechnung.exe", "Files of this type cannot be attached"),
        (b"\0\0\0 ftypheic", "ausweis.HEIC", "Please save the photo as JPEG"),
        (b"<svg onload='alert(1)'/>", "bild.svg", "Files of this type"),
        (b"<html><script>alert(1)</script>", "brief.txt", "web page or a program"),
        (b"", "leer.txt", "The file is empty"),
        (b"keins", "foto.png", "foto.png"),
    ],
)
def test_a_wrong_file_is_refused_and_the_others_stay(
    erika, question, sent, content, name, message
):
    begins(erika, question, "Zwei Dateien")
    attaches(erika)
    press(erika, "Save the draft")
    attaches(erika, content, name)
    press(erika, "Send")
    assert message in problems(erika)
    assert "vertrag.txt" in text_of(erika)
    assert sent() == []


def test_too_many_files_are_refused(erika, question, sent):
    settings().attachments_per_message = 1
    transaction.commit()
    begins(erika, question, "Zwei Dateien")
    attaches(erika)
    press(erika, "Save the draft")
    attaches(erika, b"zwei", "zwei.txt")
    press(erika, "Send")
    assert "at most 1 files" in problems(erika)


def test_scripts_in_names_of_files_do_not_run(erika, question):
    begins(erika, question, "</textarea><script>alert(1)</script>")
    attaches(erika, b"x", "<script>alert(2)<.txt")
    press(erika, "Save the draft")
    assert "<script>alert" not in erika.contents


def test_nothing_is_lost_when_the_last_day_is_over(erika, post, account, clock, site):
    message = post(reply_until=date(2026, 11, 23))
    service.note_read(account, message, clock())
    transaction.commit()
    clock.moment = clock.moment.replace(hour=23, minute=50)
    erika.logs_in()
    begins(erika, message, "Eine Minute zu spät")
    clock.forward(minutes=11)
    press(erika, "Send")
    assert status(erika) == 409
    assert drafts.query(account.id, message.id).text == "Eine Minute zu spät"


def test_a_message_that_wants_no_answer_says_so(erika, post, account, clock):
    message = post(reply_until=None)
    service.note_read(account, message, clock())
    transaction.commit()
    begins(erika, message)
    assert status(erika) == 409
    assert "cannot be answered" in text_of(erika)


def test_a_message_that_moved_into_the_bin_keeps_the_draft(
    erika, question, account, clock, sent
):
    begins(erika, question, "Zu spät")
    messages.move(account, question, State.BIN, clock())
    transaction.commit()
    press(erika, "Send")
    assert status(erika) == 409
    assert drafts.query(account.id, question.id).text == "Zu spät"
    assert sent() == []


def test_who_has_not_read_the_message_reads_it_first(erika, post):
    message = post()
    begins(erika, message)
    assert erika.page == "postfach-nachricht"


def test_a_locked_message_is_not_answered(erika, post):
    message = post(level=TrustLevel.SUBSTANTIAL)
    begins(erika, message)
    assert status(erika) == 403


def test_the_message_of_somebody_else_is_not_answered(
    erika, question, new_browser, clock, sent
):
    otto_account = active_account(clock(), "otto@example.org")
    transaction.commit()
    otto = new_browser()
    otto.logs_in("otto@example.org")
    begins(otto, question)
    assert status(otto) == 404
    otto.opens("postfach")
    csrf = otto.getControl(name="csrf", index=0).value
    address = f"{otto.portal}/postfach-antwort?nachricht={question.id}"
    otto.post(address, f"csrf={csrf}&was=senden&antwort=Hallo")
    assert status(otto) == 404
    assert sent() == []
    assert titles(otto_account, Folder.SENT) == []
    assert drafts.query(otto_account.id, question.id) is None


def test_a_link_sends_nothing(erika, question, sent):
    erika.opens(
        f"postfach-antwort?nachricht={question.id}&antwort=Hallo&was=senden&stand="
    )
    assert sent() == []
    assert erika.getControl(name="antwort").value == ""


def test_a_form_from_elsewhere_sends_nothing(erika, question, sent):
    address = f"{erika.portal}/postfach-antwort?nachricht={question.id}"
    erika.post(address, "antwort=Hallo&was=senden&stand=")
    assert status(erika) == 403
    assert sent() == []


def test_the_form_says_in_plain_words_which_files_there_are(erika, question):
    begins(erika, question)
    text = text_of(erika)
    assert "photos (JPG, JPEG, PNG), PDF, Word and other texts (DOCX, ODT, TXT)" in text


def test_opening_the_form_writes_nothing(erika, question, functional):
    begins(erika, question)
    storage = functional["portal"]._p_jar.db().storage
    before = storage.lastTransaction()
    begins(erika, question)
    assert storage.lastTransaction() == before


def test_an_answer_that_is_scanned_is_announced(erika, question, monkeypatch, sent):
    monkeypatch.setenv("SERVICEKONTO_CLAMD", "tcp:127.0.0.1:9")
    begins(erika, question, "Anbei")
    attaches(erika)
    press(erika, "Send")
    assert erika.page == "postfach-gesendet"
    assert "Your answer is being checked" in text_of(erika)
    assert sent() == []
    erika.opens("postfach?ordner=gesendet")
    assert "still checked for malicious software" in text_of(erika)


def test_more_answers_than_a_day_allows_stay_a_draft(erika, question, sent):
    settings().answers_per_day = 1
    transaction.commit()
    for text in ("Die erste", "Die zweite"):
        begins(erika, question, text)
        press(erika, "Send")
    assert "within a day you can send 1 answers" in text_of(erika)
    assert erika.getControl(name="antwort").value == "Die zweite"
    assert sent() == ["Die erste"]
