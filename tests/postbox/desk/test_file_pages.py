"""Files that a clerk attaches in the browser."""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.store.service import get_store
from plone import api
from tests.postbox.desk.test_pages import inbox
from tests.postbox.desk.test_pages import of_office
from urllib.parse import urlencode
from webtest.forms import Upload
import pytest
import transaction


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
