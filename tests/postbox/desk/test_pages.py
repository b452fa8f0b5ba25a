"""What a clerk does with the pages of the office."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.desk import service as desk
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import Search
from collective.servicekonto.store.service import get_store
from io import BytesIO
from plone import api
from tests.factories import ADDRESS
from tests.postbox.attachments.made import LIMITS
from urllib.parse import urlencode
from webtest.forms import Upload
import json
import logging
import pytest
import transaction


LOW = TrustLevel.LOW


def inbox(account):
    """Return what the citizen sees, the newest first."""
    transaction.begin()
    found = service.listing(account, LOW, Folder.INBOX, Search()).messages
    return [one for one in found if one.office]


def test_a_clerk_writes_to_a_citizen_by_the_account_number(clerk, account):
    clerk.writes(account_number(account.id))
    clerk.presses("review")
    assert "Check the message" in clerk.contents
    assert inbox(account) == []
    clerk.presses("send")
    assert clerk.page == "nachricht"
    assert "The message is sent." in clerk.contents
    assert (
        "In the citizen&#x27;s Postfach" in clerk.contents
        or "In the citizen's Postfach" in clerk.contents
    )
    (message,) = inbox(account)
    assert message.title == "Ihr Antrag"
    assert message.body == "<p>Bitte senden Sie uns eine Kopie.</p><p>B. Amt</p>"
    assert message.sender == "Bürgerbüro"
    assert message.reference == "HU-2026-17"
    assert message.level == LOW.value


def test_a_clerk_writes_to_a_citizen_by_the_address(clerk, account):
    clerk.writes(ADDRESS.upper())
    clerk.presses("review")
    clerk.presses("send")
    assert len(inbox(account)) == 1
    assert ADDRESS not in clerk.contents
    assert "Mustermann" not in clerk.contents


@pytest.fixture
def sent(office, account, letter, at_work, clock):
    """A query that the office has sent."""
    with at_work():
        message = desk.write(office, account, letter(), clock(), "k" * 20)
    transaction.commit()
    return message


@pytest.fixture
def reply(account, session, clock):
    """Let Erika answer."""

    def reply(message, text="Gern, anbei."):
        transaction.begin()
        answer = service.reply(account, session, message, text, (), clock())
        transaction.commit()
        return answer

    return reply


@pytest.fixture
def opens_thread(account, sent):
    """Open the thread in the browser of a clerk."""

    def open_thread(clerk):
        clerk.opens(f"nachricht?thread={desk.thread_name(account, sent)}")

    return open_thread


def of_office(account):
    """Return all messages of the office to this account."""
    transaction.begin()
    box = messages.query_box(account.id)
    return [one for one in box.everything() if one.office]


class TestWriting:
    """From the form to the message."""

    def test_what_is_wrong_is_told_at_the_fields(self, clerk, account):
        clerk.writes("", subject="", text="", reply_until="")
        clerk.presses("review")
        for problem in (
            "enter an account number",
            "enter a subject",
            "write a text",
            "until when you need",
        ):
            assert problem in clerk.contents
        assert clerk.getControl(name="reference").value == "HU-2026-17"
        assert of_office(account) == []

    @pytest.mark.parametrize(
        ("field", "text", "told"),
        [
            ("reply_until", "bald", "enter a date"),
            ("later_day", "31.2.2027", "enter a date"),
            ("later_time", "8 Uhr", "enter a time"),
            ("keep", "ewig", "enter a number"),
            ("keep", "5", "from 30 to 36500"),
            ("keep", "9" * 500, "from 30 to 36500"),
            ("later_day", "2020-01-01", "choose a time to come"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, clerk, account, field, text, told):
        clerk.writes(account_number(account.id), **{field: text})
        clerk.presses("review")
        assert told in clerk.contents
        assert clerk.getControl(name=field).value == text

    @pytest.mark.parametrize(
        ("entry", "told"),
        [
            ({"kind": "reply"}, "choose what the message is"),
            ({"kind": "unfug"}, "choose what the message is"),
            ({"level": "basisregistrierung"}, "choose who may read"),
            ({"level": "unfug"}, "choose who may read"),
        ],
    )
    def test_what_staff_cannot_choose_is_refused(self, clerk, account, entry, told):
        clerk.writes(account_number(account.id))
        proof = clerk.getControl(name="csrf").value
        entries = {
            "csrf": proof,
            "recipient": account_number(account.id),
            "kind": "letter",
            "level": "niedrig",
            "subject": "Hallo",
            "text": "Hallo",
            "buttons.send": "1",
        }
        clerk.post(f"{clerk.office}/schreiben", urlencode(entries | entry))
        assert told in clerk.contents
        assert of_office(account) == []

    def test_nobody_is_found_by_a_part_of_the_number(self, clerk, account):
        clerk.writes(account_number(account.id)[:10])
        clerk.presses("review")
        assert "No Servicekonto is found" in clerk.contents
        assert clerk.getControl(name="text").value.startswith("Bitte senden")

    def test_going_back_from_the_review_keeps_everything(self, clerk, account):
        clerk.writes(account_number(account.id), text="Eins\n\nZwei <3")
        clerk.presses("review")
        clerk.presses("change")
        assert clerk.getControl(name="text").value == "Eins\n\nZwei <3"
        assert clerk.getControl(name="subject").value == "Ihr Antrag"
        assert clerk.getControl(name="kind").value == ["query"]
        assert clerk.getControl(name="reply_until").value == "2099-01-01"

    def test_a_message_is_sent_at_the_chosen_time(self, clerk, account):
        clerk.writes(
            account_number(account.id), later_day="24.12.2026", later_time="09:30"
        )
        clerk.presses("review")
        assert "9:30" in clerk.contents
        clerk.presses("send")
        assert "The message is not sent yet" in clerk.contents
        assert "Will be sent on 24 December 2026, 09:30" in clerk.contents
        (message,) = of_office(account)
        assert moment_of(message.provide_at).isoformat().startswith("2026-12-24T")
        assert inbox(account) == []

    def test_a_double_click_sends_once(self, clerk, account):
        clerk.writes(account_number(account.id))
        clerk.presses("review")
        page, form = clerk.url, clerk.getForm(id="servicekonto-form")
        data = urlencode(
            [(one.name, one.value) for one in form.controls if one.type == "hidden"]
            + [("buttons.send", "1")]
        )
        for _click in range(2):
            clerk.post(page, data)
            assert clerk.page == "nachricht"
        assert len(of_office(account)) == 1

    def test_one_form_does_not_send_something_else(self, clerk, account):
        clerk.writes(account_number(account.id))
        clerk.presses("review")
        clerk.presses("change")
        before = clerk.getControl(name="order").value
        clerk.presses("review")
        clerk.presses("send")
        clerk.writes(account_number(account.id), subject="Etwas anderes")
        clerk.getControl(name="order").value = before
        clerk.presses("review")
        clerk.presses("send")
        assert "you have sent another message already" in clerk.contents
        assert len(of_office(account)) == 1

    def test_an_account_deleted_meanwhile_is_told(self, clerk, account):
        clerk.writes(account_number(account.id))
        clerk.presses("review")
        accounts.remove_account(accounts.query_account(account.id))
        transaction.commit()
        clerk.presses("send")
        assert "No Servicekonto is found" in clerk.contents
        assert clerk.getControl(name="subject").value == "Ihr Antrag"

    def test_a_text_block_is_inserted_by_the_server(self, clerk):
        clerk.opens("schreiben")
        clerk.fills_in(text="Guten Tag,", block="0")
        clerk.presses("block")
        assert clerk.getControl(name="text").value == (
            "Guten Tag,\n\nBitte senden Sie:\n- den Ausweis\n\nDanke."
        )

    @pytest.mark.parametrize("block", ["9", "-1", "x", "", "9" * 5000])
    def test_a_text_block_that_is_not_there_changes_nothing(self, clerk, block):
        clerk.opens("schreiben")
        proof = clerk.getControl(name="csrf").value
        entries = {"csrf": proof, "text": "Hallo", "block": block, "buttons.block": "1"}
        clerk.post(f"{clerk.office}/schreiben", urlencode(entries))
        assert clerk.status == 200
        assert clerk.getControl(name="text").value == "Hallo"

    def test_scripts_do_nothing_anywhere(self, clerk, account):
        evil = '"><script>alert(1)</script>'
        clerk.writes(
            account_number(account.id),
            subject=evil,
            reference=evil,
            text=f"<p>Guten Tag</p>{evil}",
        )
        clerk.presses("review")
        assert "<script>alert" not in clerk.contents
        clerk.presses("send")
        assert clerk.page == "nachricht"
        assert "<script>alert" not in clerk.contents
        clerk.opens("nachrichten?liste=andere")
        assert "<script>alert" not in clerk.contents
        assert "&lt;script&gt;alert(1)" in clerk.contents

    def test_a_link_sends_nothing(self, clerk, account):
        entries = {
            "recipient": account_number(account.id),
            "kind": "letter",
            "level": "niedrig",
            "subject": "Hallo",
            "text": "Hallo",
            "buttons.send": "1",
        }
        clerk.opens(f"schreiben?{urlencode(entries)}")
        assert clerk.status == 200
        assert of_office(account) == []


class TestThread:
    """What a clerk does with a thread."""

    def test_the_clerk_reads_the_answer_and_writes_again(
        self, clerk, account, sent, reply, opens_thread
    ):
        reply(sent, "Gern, anbei. <b>Max</b>")
        clerk.opens("nachrichten")
        assert "To be answered (1)" in clerk.contents
        clerk.getLink("Ihr Antrag").click()
        assert "Erika Mustermann" in clerk.contents
        assert "Gern, anbei. &lt;b&gt;Max" in clerk.contents
        clerk.fills_in(kind="confirmation", text="Danke, das genügt.")
        clerk.presses("review")
        clerk.presses("send")
        assert "The message is sent." in clerk.contents
        (latest, *_rest) = inbox(account)
        assert latest.title == "Ihr Antrag"
        assert latest.reference == "HU-2026-17"
        clerk.opens("nachrichten")
        assert "To be answered (0)" in clerk.contents

    def test_of_two_clerks_the_second_is_told_and_keeps_the_text(
        self, new_clerk, account, sent, reply, opens_thread
    ):
        reply(sent)
        first, second = new_clerk(), new_clerk()
        for clerk, text in ((first, "Antwort eins"), (second, "Antwort zwei")):
            opens_thread(clerk)
            clerk.fills_in(kind="letter", text=text)
            clerk.presses("review")
        first.presses("send")
        second.presses("send")
        assert "somebody else has written in this thread" in second.contents
        assert "Antwort eins" in second.contents
        assert second.getControl(name="text").value == "Antwort zwei"
        assert len(of_office(account)) == 3
        second.presses("review")
        second.presses("send")
        assert second.page == "nachricht"
        assert len(of_office(account)) == 4

    def test_a_thread_is_settled_and_put_back(self, clerk, sent, reply, opens_thread):
        reply(sent)
        opens_thread(clerk)
        clerk.presses("settle")
        assert "The thread is settled" in clerk.contents
        clerk.presses("reopen")
        clerk.opens("nachrichten")
        assert "To be answered (1)" in clerk.contents

    def test_a_message_is_taken_back_after_a_question(
        self, clerk, account, sent, opens_thread
    ):
        opens_thread(clerk)
        clerk.getLink("Take back").click()
        assert "This cannot be undone" in clerk.contents
        clerk.presses("keep")
        assert len(inbox(account)) == 1
        clerk.getLink("Take back").click()
        clerk.presses("recall")
        assert "The message is taken back" in clerk.contents
        assert "Taken back by your office" in clerk.contents
        assert inbox(account) == []

    def test_the_citizen_who_was_faster_has_read_it(
        self, clerk, account, sent, opens_thread, clock
    ):
        opens_thread(clerk)
        clerk.getLink("Take back").click()
        service.note_read(account, sent, clock())
        transaction.commit()
        clerk.presses("recall")
        assert "It is too late" in clerk.contents
        assert len(inbox(account)) == 1

    def test_the_receipt_is_a_file(self, clerk, sent, opens_thread):
        opens_thread(clerk)
        clerk.getLink("Download the receipt").click()
        assert clerk.headers["content-type"] == "application/json"
        assert "attachment" in clerk.headers["content-disposition"]
        assert document.receipt_of(json.loads(clerk.contents)) == sent.receipt

    def test_an_attachment_is_saved_and_noted(
        self, clerk, account, sent, reply, opens_thread, caplog
    ):
        transaction.begin()
        file = take_in(BytesIO(b"Guten Tag"), "Brief <1>.txt", LIMITS)
        sent.aq_base.attachments = (file,)
        transaction.commit()
        caplog.set_level(logging.INFO)
        opens_thread(clerk)
        clerk.getLink("Brief <1>.txt").click()
        assert clerk.contents in (b"Guten Tag", "Guten Tag")
        assert "attachment" in clerk.headers["content-disposition"]
        assert f"event=attachment-read account={account.id}" in caplog.text
        assert "Brief" not in caplog.text
        name = desk.thread_name(account, sent)
        for number in ("0", "2", "-1", "x", "9" * 99):
            clerk.opens(f"anhang?thread={name}&nachricht={sent.id}&nummer={number}")
            assert clerk.status == 404

    def test_something_else_is_written_to_the_same_citizen(
        self, clerk, account, sent, opens_thread
    ):
        opens_thread(clerk)
        clerk.getLink("Write to this citizen about something else").click()
        assert 'name="recipient"' not in clerk.contents
        clerk.fills_in(kind="letter", subject="Neues", text="Guten Tag")
        clerk.presses("review")
        clerk.presses("send")
        found = inbox(account)
        assert [one.title for one in found] == ["Neues", "Ihr Antrag"]
        assert found[0].thread != sent.thread

    def test_the_absence_of_the_citizen_is_shown(
        self, clerk, account, sent, opens_thread
    ):
        messages.get_box(account.id).absence = ("2026-01-01", "2099-08-31")
        transaction.commit()
        opens_thread(clerk)
        assert "The citizen is away from" in clerk.contents

    def test_what_to_know_of_the_citizen_is_said_before_sending(self, clerk, account):
        box = messages.get_box(account.id)
        box.absence = ("2026-01-01", "2099-08-31")
        box.undeliverable = 1
        transaction.commit()
        clerk.writes(account_number(account.id))
        assert "The citizen is away from" not in clerk.contents
        clerk.presses("review")
        assert "from 1 January 2026 to 31 August 2099" in clerk.contents
        assert "E-mails to this citizen come back" in clerk.contents

    def test_a_level_that_nobody_can_reach_is_said(self, clerk, account, site):
        clerk.writes(account_number(account.id), level="substanziell")
        clerk.presses("review")
        assert "Nobody can read this message at the moment" in clerk.contents
        site.buergerportal.public_url = "https://www.musterstadt.example/buergerportal"
        transaction.commit()
        clerk.writes(account_number(account.id), level="substanziell")
        clerk.presses("review")
        assert "Nobody can read this message" not in clerk.contents

    def test_a_slip_of_the_pen_in_an_account_number_is_said(self, clerk, account):
        number = account_number(account.id)
        clerk.writes(f"{number[:-1]}{(int(number[-1]) + 1) % 10}")
        clerk.presses("review")
        assert "slip of the pen in this account number" in clerk.contents

    def test_a_decision_says_when_it_counts_as_delivered(
        self, clerk, account, site, opens_thread
    ):
        site.buergerportal.delivery_basis = "ozg-9"
        site.buergerportal.land = "nw"
        transaction.commit()
        clerk.writes(account_number(account.id), kind="decision", reply_until="")
        clerk.presses("review")
        clerk.presses("send")
        assert "Counts as delivered on Friday, 27 November 2026." in clerk.contents
        assert "by the end of Monday, 28 December 2026." in clerk.contents
        assert "Nobody has to answer" in clerk.contents

    def test_that_it_was_opened_is_in_the_audit_log(
        self, clerk, sent, opens_thread, caplog
    ):
        caplog.set_level(logging.INFO)
        opens_thread(clerk)
        assert any("event=thread-read" in one for one in caplog.messages)

    def test_a_thread_is_found_by_its_file_number(self, clerk, sent):
        clerk.opens("nachrichten")
        clerk.fills_in(aktenzeichen="hu-2026-17")
        clerk.getControl("Find", index=1).click()
        assert clerk.getLink("Ihr Antrag")
        assert clerk.url == f"{clerk.office}/nachrichten"
        clerk.opens("nachrichten")
        clerk.fills_in(aktenzeichen="HU-2026")
        clerk.getControl("Find", index=1).click()
        assert "Nothing is found with this file number" in clerk.contents

    def test_a_file_number_in_the_address_finds_nothing(self, clerk, sent):
        clerk.opens("nachrichten?aktenzeichen=HU-2026-17")
        assert "File number HU" not in clerk.contents
        assert "There is nothing here" in clerk.contents

    @pytest.mark.parametrize("sought", ["%ED%A0%80%00", "%ff", "%00", "%E2%80%AE"])
    def test_a_file_number_of_odd_bytes_finds_nothing(self, clerk, sent, sought):
        clerk.opens(f"nachrichten?aktenzeichen={sought}x")
        assert clerk.status == 200
        assert "There is nothing here" in clerk.contents

    def test_a_decision_nobody_read_is_marked_when_the_account_is_gone(
        self, clerk, office, account, letter, at_work, clock
    ):
        with at_work():
            decision = letter(kind=Kind.DECISION, subject="Ihr Bescheid")
            desk.write(office, account, decision, clock(), "d" * 20)
        accounts.remove_account(account)
        transaction.commit()
        clerk.opens("nachrichten?liste=beendet")
        assert "Please send it by post" in clerk.contents
        assert "HU-2026-17" in clerk.contents
        assert "Ihr Bescheid" not in clerk.contents


class TestTextBlocks:
    """The text blocks of the office."""

    def test_rows_are_added_changed_and_removed(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.presses("add")
        clerk.fills_in(
            **{
                "blocks.1.widgets.title": "Termin",
                "blocks.1.widgets.text": "Bitte kommen Sie\nins Rathaus.",
            }
        )
        clerk.presses("save")
        assert "The text blocks are saved" in clerk.contents
        transaction.begin()
        assert [one["title"] for one in office.text_blocks] == ["Unterlagen", "Termin"]
        assert office.text_blocks[1]["text"] == "Bitte kommen Sie\nins Rathaus."
        clerk.getControl(name="buttons.remove", index=0).click()
        clerk.presses("save")
        transaction.begin()
        assert [one["title"] for one in office.text_blocks] == ["Termin"]

    @pytest.mark.parametrize("number", ["9" * 5000, "-1", "x", ""])
    def test_removing_a_row_that_is_not_there_changes_nothing(self, clerk, number):
        clerk.opens("textbausteine")
        proof = clerk.getControl(name="csrf").value
        entries = {
            "csrf": proof,
            "blocks.count": "1",
            "blocks.0.widgets.title": "Unterlagen",
            "buttons.remove": number,
        }
        clerk.post(f"{clerk.office}/textbausteine", urlencode(entries))
        assert clerk.status == 200
        assert clerk.getControl(name="blocks.0.widgets.title").value == "Unterlagen"

    def test_a_title_is_one_line_that_can_be_read(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.fills_in(**{"blocks.0.widgets.title": "Unter\u202elagen\u200b"})
        clerk.presses("save")
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Unterlagen"

    def test_half_a_block_is_told(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.fills_in(**{"blocks.0.widgets.title": ""})
        clerk.presses("save")
        assert "Please enter a title" in clerk.contents
        assert (
            "Bitte senden Sie" in clerk.getControl(name="blocks.0.widgets.text").value
        )

    def test_of_two_clerks_the_second_is_told(self, new_clerk, office):
        first, second = new_clerk(), new_clerk()
        for number, clerk in enumerate((first, second)):
            clerk.opens("textbausteine")
            clerk.fills_in(**{"blocks.0.widgets.title": f"Fassung {number}"})
        first.presses("save")
        second.presses("save")
        assert "somebody else has changed the text blocks" in second.contents
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Fassung 0"
        second.presses("save")
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Fassung 1"


class TestFiles:
    """Files of messages that staff write."""

    @pytest.fixture
    def attach(self):
        def attach(clerk, content=b"Guten Tag", name="Merkblatt.txt"):
            field = clerk.getControl(name="dateien")._control
            field.value = [Upload(name, content, "application/octet-stream")]

        return attach

    def test_a_file_is_sent_and_survives_mistakes(self, clerk, account, attach):
        clerk.writes(account_number(account.id), subject="")
        attach(clerk)
        clerk.presses("review")
        assert "enter a subject" in clerk.contents
        assert "Do not send Merkblatt.txt" in " ".join(clerk.contents.split())
        clerk.fills_in(subject="Ihr Antrag")
        clerk.presses("review")
        assert "Merkblatt.txt" in clerk.contents
        clerk.presses("send")
        (message,) = inbox(account)
        (file,) = message.attachments
        assert (file.name, file.media_type) == ("Merkblatt.txt", "text/plain")
        clerk.getLink("Merkblatt.txt").click()
        assert clerk.contents in (b"Guten Tag", "Guten Tag")

    def test_a_file_is_left_out_again(self, clerk, account, attach):
        clerk.writes(account_number(account.id))
        attach(clerk)
        clerk.presses("review")
        clerk.presses("change")
        clerk.getControl(name="entfernen").controls[0].selected = True
        clerk.presses("review")
        clerk.presses("send")
        (message,) = inbox(account)
        assert message.attachments == ()

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"<html><script>alert(1)</script>", "Brief.html"),
            (b"MZ\x90\x00", "Brief.txt"),
            (b"<svg onload='alert(1)'/>", "Bild.png"),
        ],
    )
    def test_a_file_that_is_not_allowed_is_told(
        self, clerk, account, attach, content, name
    ):
        clerk.writes(account_number(account.id))
        attach(clerk, content, name)
        clerk.presses("review")
        assert f"{name}: " in clerk.contents
        assert "Check the message" in clerk.contents
        assert "Nothing is sent yet" not in clerk.contents
        assert of_office(account) == []

    def test_a_double_click_sends_the_file_once(self, clerk, account, attach):
        clerk.writes(account_number(account.id))
        attach(clerk)
        clerk.presses("review")
        page, form = clerk.url, clerk.getForm(id="servicekonto-form")
        data = urlencode(
            [(one.name, one.value) for one in form.controls if one.type == "hidden"]
            + [("buttons.send", "1")]
        )
        for _click in range(2):
            clerk.post(page, data)
            assert clerk.page == "nachricht"
        (message,) = of_office(account)
        assert len(message.attachments) == 1

    def test_another_clerk_does_not_get_the_file(
        self, new_clerk, office, account, attach
    ):
        clerk = new_clerk()
        clerk.writes(account_number(account.id))
        attach(clerk)
        clerk.presses("review")
        order = clerk.getControl(name="order").value
        transaction.begin()
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles("ordnung", roles=[CLERK], obj=office)
        transaction.commit()
        other = new_clerk("ordnung")
        other.writes(account_number(account.id))
        other.getControl(name="order").value = order
        other.presses("review")
        assert "Merkblatt.txt" not in other.contents

    def test_what_was_not_sent_is_deleted_after_a_day(
        self, clerk, office, account, attach, clock
    ):
        clerk.writes(account_number(account.id))
        attach(clerk)
        clerk.presses("review")
        transaction.begin()
        kept = get_store().office_boxes[office.UID()].files
        assert len(kept) == 1
        clock.forward(hours=25)
        cleanup.run(batch=100, window=60)
        transaction.begin()
        assert len(kept) == 0
