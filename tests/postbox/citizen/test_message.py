"""Reading a message in the browser."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.receipts import service as receipts
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.script import main as verify_receipt
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from io import BytesIO
from plone import api
from pypdf import PdfReader
from tests.factories import active_account
from tests.factories import PASSWORD
from tests.postbox.citizen.pages import notice
from tests.postbox.citizen.pages import press
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.pages import text_of
from tests.postbox.seen import happened
from tests.postbox.seen import titles
import json
import pytest
import transaction


def page_of(message, page="postfach-nachricht"):
    """Return the page about the message."""
    return f"{page}?nachricht={message.id}"


def test_it_shows_text_sender_and_times(erika, post):
    message = post(reply_until=date(2026, 12, 3))
    erika.opens(page_of(message))
    text = text_of(erika)
    assert "<h1" in erika.contents
    assert "Bitte senden Sie uns eine Kopie." in text
    assert "From: Bürgerbüro" in text
    assert "Reference: HU-2026-17" in text
    assert "Please answer by 3 December 2026" in text


def test_a_locked_message_says_how_to_open_it(erika, post):
    message = post(title="Ihr Geheimnis", level=TrustLevel.SUBSTANTIAL)
    erika.opens(page_of(message))
    transaction.begin()
    assert status(erika) == 403
    assert "Geheimnis" not in erika.contents
    assert "confirm with a passkey" in text_of(erika)
    assert erika.getLink("Set up a passkey").url.endswith("/anmeldung")
    assert happened(message) == [Event.PROVIDED]


@pytest.mark.parametrize(
    "page",
    [
        "postfach-anhang",
        "postfach-beleg",
        "postfach-nachricht",
        "postfach-pdf",
        "postfach-pruefen",
    ],
)
def test_what_is_locked_is_locked_on_every_page(erika, post, page):
    message = post(title="Ihr Geheimnis", level=TrustLevel.HIGH)
    erika.opens(page_of(message, page))
    assert status(erika) == 403
    assert "Geheimnis" not in erika.contents


@pytest.mark.parametrize(
    "query",
    [
        "",
        "nachricht=",
        "nachricht=ffffffffffffffffffffffffffffffff",
        "nachricht=0x00",
        "nachricht=%00%ff",
        "nachricht=a&nachricht=b",
        "nachricht:list=a",
        "nachricht.id:record=a",
    ],
)
@pytest.mark.parametrize(
    "page",
    ["postfach-nachricht", "postfach-anhang", "postfach-pdf", "postfach-frist"],
)
def test_a_broken_id_leads_to_the_postfach(erika, page, query):
    erika.opens(f"{page}?{query}")
    assert status(erika) in (404, 400)
    assert "Traceback" not in erika.contents


def test_the_message_of_somebody_else_does_not_exist(erika, post, new_browser, clock):
    message = post()
    active_account(clock(), "otto@example.org")
    transaction.commit()
    otto = new_browser()
    otto.logs_in("otto@example.org")
    for page in ("postfach-nachricht", "postfach-anhang", "postfach-pdf"):
        otto.opens(page_of(message, page))
        assert status(otto) == 404
        assert "Ihr Antrag" not in otto.contents


def test_the_log_in_leads_back_to_the_message(new_browser, post):
    message = post()
    browser = new_browser()
    browser.opens(page_of(message))
    assert browser.page == "anmelden"
    browser.fills_in(email="erika@example.org", password=PASSWORD)
    browser.presses("login")
    assert "Bitte senden Sie uns eine Kopie." in text_of(browser)


def test_a_thread_is_shown_oldest_first(erika, post, account, session, clock):
    first = post(title="Frage", body="<p>Die erste Frage</p>")
    service.note_read(account, first, clock())
    clock.forward(minutes=1)
    service.reply(account, session, first, "Meine Antwort", (), clock())
    last = post(title="Danke", body="<p>Das genügt</p>", thread=first.id)
    erika.opens(page_of(last))
    text = text_of(erika)
    places = [text.index(one) for one in ("erste Frage", "Meine Antwort", "Das genügt")]
    assert places == sorted(places)
    assert erika.contents.count("<details") == 3


def test_what_was_not_opened_yet_is_not_shown_beside_another(erika, post):
    first = post(body="<p>Die erste Frage</p>")
    second = post(title="Nachtrag", body="<p>Noch etwas</p>", thread=first.id)
    erika.opens(page_of(first))
    transaction.begin()
    assert "Noch etwas" not in erika.contents
    assert erika.getLink("Nachtrag").url.endswith(second.id)
    assert happened(second) == [Event.PROVIDED]


def test_the_office_is_named_with_its_hours(erika, post, office):
    office.hours, office.contact = "Montag 8 bis 12 Uhr", "Telefon 0123"
    message = post()
    erika.opens(page_of(message))
    text = text_of(erika)
    assert "Montag 8 bis 12 Uhr" in text
    assert "Telefon 0123" in text


def test_a_message_outlives_its_office(erika, post, office):
    message = post()
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(office, check_linkintegrity=False)
    transaction.commit()
    erika.opens(page_of(message))
    assert status(erika) == 200
    assert "From: Bürgerbüro" in text_of(erika)


def test_it_is_archived_and_that_is_undone(erika, post, account):
    message = post()
    erika.opens(page_of(message))
    press(erika, "To the archive")
    assert erika.page == "postfach"
    assert notice(erika) == "One message is in the archive now. Undo"
    assert titles(account, Folder.ARCHIVE) == ["Ihr Antrag"]
    press(erika, "Undo")
    assert titles(account, Folder.ARCHIVE) == []


def test_it_is_marked_as_unread(erika, post, account):
    message = post()
    erika.opens(page_of(message))
    press(erika, "Mark as unread")
    assert notice(erika).startswith("One message is marked as unread now.")
    assert service.unread(account.id) == 2


def test_the_receipt_is_read_and_downloaded(erika, post):
    message = post()
    erika.opens(page_of(message))
    text = text_of(erika)
    assert "provided in the postbox" in text
    assert "opened by the recipient" in text
    erika.getLink("Download the receipt as a file").click()
    assert erika.headers["content-disposition"].startswith("attachment")
    transaction.begin()
    data = json.loads(erika.contents)
    assert data == document.document(message.receipt)


def test_the_message_is_checked_against_its_receipt(
    erika, post, file, tmp_path, capsys
):
    message = post(attachments=(file,))
    (tmp_path / "keys.pem").write_text(receipts.public_keys_file())
    (tmp_path / "beleg.json").write_bytes(document.written(message.receipt))
    (tmp_path / "bescheid.txt").write_bytes(b"Ihr Bescheid")
    erika.opens(page_of(message, "postfach-pruefen"))
    assert erika.page == "postfach-nachricht"
    erika.getLink("Download the message for checking").click()
    (tmp_path / "nachricht.json").write_bytes(erika.contents)
    arguments = [str(tmp_path / "beleg.json"), "--key", str(tmp_path / "keys.pem")]
    arguments += ["--message", str(tmp_path / "nachricht.json")]
    assert verify_receipt(arguments) == 0
    (tmp_path / "bescheid.txt").write_bytes(b"Kein Bescheid")
    assert verify_receipt(arguments) == 1


def test_scripts_of_others_do_not_run(erika, post):
    message = post(
        title="<script>alert(1)</script>",
        sender="<b>Amt</b>",
        reference='"><script>alert(2)</script>',
    )
    for page in ("postfach", page_of(message)):
        erika.opens(page)
        assert "<script>alert" not in erika.contents
        assert "<b>Amt" not in erika.contents


def test_a_link_moves_nothing(erika, post, account):
    message = post()
    erika.opens(f"{page_of(message)}&was=loeschen")
    assert "Ihr Antrag" in titles(account)


def test_a_form_from_elsewhere_moves_nothing(erika, post, account):
    message = post()
    erika.post(f"{erika.portal}/{page_of(message)}", "was=loeschen")
    assert status(erika) == 403
    assert "Ihr Antrag" in titles(account)


def test_what_cannot_be_done_is_not_done(erika, post, account):
    message = post()
    erika.opens(page_of(message))
    csrf = erika.getControl(name="csrf", index=0).value
    erika.post(f"{erika.portal}/{page_of(message)}", f"csrf={csrf}&was=endgueltig")
    assert "Ihr Antrag" in titles(account)


def test_a_huge_text_is_shown(erika, post):
    message = post(body=f"<p>{'Wort ' * 200_000}</p>")
    erika.opens(page_of(message))
    assert status(erika) == 200


def test_a_decision_says_when_it_counts_as_delivered(erika, post):
    message = post(kind=Kind.DECISION, legal_basis="ozg-9:nw")
    erika.opens(page_of(message))
    text = text_of(erika)
    assert "counts as delivered on Friday, 27 November 2026" in text
    assert "Monday, 28 December 2026" in text
    assert "§ 9 Absatz 1" in text
    erika.getLink("into your calendar").click()
    assert "DTSTART;VALUE=DATE:20261228" in erika.contents
    assert "Ihr Antrag" not in erika.contents


def test_without_a_legal_basis_nothing_is_said_about_delivery(erika, post):
    message = post(kind=Kind.DECISION)
    erika.opens(page_of(message))
    assert "Delivery and objection" not in text_of(erika)
    erika.opens(page_of(message, "postfach-frist"))
    assert status(erika) == 404


def test_it_is_saved_as_pdf_with_all_that_the_page_says(erika, post):
    message = post(
        title="Ihr <b>Bescheid</b>", kind=Kind.DECISION, legal_basis="ozg-9:nw"
    )
    erika.opens(page_of(message))
    erika.getLink("Save as PDF").click()
    assert erika.headers["content-type"] == "application/pdf"
    saved = f"nachricht-2026-11-23-{message.id[:4]}.pdf"
    assert erika.headers["content-disposition"] == f'attachment; filename="{saved}"'
    reader = PdfReader(BytesIO(erika.contents))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in (
        "Ihr <b>Bescheid</b>",
        "From: Bürgerbüro",
        "Bitte senden Sie uns eine Kopie.",
        "counts as delivered on Friday, 27 November 2026",
        "opened by the recipient",
    ):
        assert said in text


def test_a_page_of_the_portal_may_load_a_message(erika, post):
    message = post()
    erika.addHeader("Sec-Fetch-Dest", "empty")
    erika.addHeader("Sec-Fetch-Site", "same-origin")
    erika.opens(page_of(message))
    assert status(erika) == 200
