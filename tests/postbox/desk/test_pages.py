"""What a clerk does with the pages of the office."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Search
from tests.factories import ADDRESS
from urllib.parse import urlencode
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
