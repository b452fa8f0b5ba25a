"""A clerk reads a thread in the browser, answers, and takes back."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.desk import service as desk
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.rules import Kind
from io import BytesIO
from tests.postbox.attachments.made import LIMITS
from tests.postbox.desk.test_pages import inbox
from tests.postbox.desk.test_pages import of_office
import json
import logging
import pytest
import transaction


LOW = TrustLevel.LOW


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
