"""What was entered is kept, found again, and deleted in time."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling.personal import ServiceDrafts
from collective.servicekonto.store.service import get_store
from tests.factories import PASSWORD
from tests.postbox.attachments.made import pdf
from tests.services.filling.forms import FIELDS
import pytest
import transaction


PDF_FILE = pdf()


def the_draft(account):
    """Return the only draft of the account."""
    transaction.begin()
    [(_uid, draft)] = drafts.all_of(account.id)
    return draft


def test_another_device_goes_on(erika, new_browser):
    erika.begins()
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.goes("speichern")
    assert "Your entries are saved" in erika.contents
    telephone = new_browser()
    telephone.logs_in()
    telephone.posts("ausfuellen", was="fortsetzen")
    assert telephone.step == "ausfuellen?seite=2"
    assert telephone.field("dog_name").value == "Rex"


def test_what_is_wrong_is_kept_as_well(erika):
    erika.begins()
    erika.types(given_names="")
    erika.goes_on()
    assert 'href="#form-widgets-given_names"' in erika.contents
    erika.reads("ausfuellen?seite=1")
    assert erika.field("given_names").value == ""


def test_the_script_saves_while_one_types(erika, account):
    erika.begins()
    answer = erika.saves_by_script(telephone="030 12")
    assert answer["message"].startswith("Saved:")
    assert the_draft(account).entries["form.widgets.telephone"] == "030 12"


def test_two_windows_do_not_overwrite_each_other_unnoticed(erika, account):
    erika.begins()
    other = erika.new_tab()
    other.reads("ausfuellen?seite=1")
    other.types(telephone="0 2")
    other.goes_on()
    erika.types(telephone="0 1")
    erika.goes_on()
    assert "In another window" in erika.contents
    assert erika.field("telephone").value == "0 1"
    assert the_draft(account).entries["form.widgets.telephone"] == "0 2"
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"
    assert the_draft(account).entries["form.widgets.telephone"] == "0 1"


def test_saving_writes_the_draft_alone(erika, functional):
    erika.begins()
    erika.saves_by_script(telephone="0")
    database = functional["app"]._p_jar.db()
    before = database.lastTransaction()
    erika.saves_by_script(telephone="03")
    storage = database.storage
    changed = [
        record.oid
        for one in storage.iterator(start=before)
        for record in one
        if one.tid > before
    ]
    assert len(changed) == 1


def test_the_session_ends_and_nothing_is_lost(erika, account, clock):
    erika.begins()
    erika.types(telephone="030 1234")
    clock.forward(minutes=61)
    erika.goes_on()
    assert erika.page == "anmelden"
    assert the_draft(account).entries["form.widgets.telephone"] == "030 1234"
    erika.fills_in(email="erika@example.org", password=PASSWORD)
    erika.presses("login")
    assert erika.page == "ausfuellen"
    assert erika.field("telephone").value == "030 1234"


def test_a_draft_is_thrown_away(erika, account):
    erika.begins()
    erika.posts("ausfuellen", was="verwerfen")
    transaction.begin()
    assert list(drafts.all_of(account.id)) == []
    erika.reads("ausfuellen")
    assert erika.page == "hundesteuer"


def test_a_week_before_its_end_one_mail_reminds_and_does_not_say_of_what(
    erika, account, clock, mailbox
):
    erika.begins()
    clock.forward(days=22)
    cleanup.run(batch=10, window=60)
    assert mailbox.mails() == []
    clock.forward(days=1, minutes=10)
    cleanup.run(batch=10, window=60)
    cleanup.run(batch=10, window=60)
    [mail] = mailbox.mails()
    assert "Hundesteuer" not in mail.as_string()


def test_whoever_goes_on_is_reminded_later(erika, account, clock, mailbox):
    erika.begins()
    clock.forward(days=22)
    erika.logs_in()
    erika.reads("ausfuellen")
    erika.goes("speichern")
    clock.forward(days=2)
    cleanup.run(batch=10, window=60)
    assert mailbox.mails() == []


def test_after_30_days_it_is_deleted_with_all_traces(erika, account, clock):
    erika.begins()
    clock.forward(days=30, minutes=10)
    cleanup.run(batch=10, window=60)
    assert len(get_store().service_drafts) == 0
    assert len(get_store().queue(drafts.DRAFTS)) == 0
    assert len(get_store().queue(drafts.REMINDERS)) == 0


def test_what_is_over_is_not_shown_even_before_the_cleanup(erika, clock):
    erika.begins()
    clock.forward(days=30)
    erika.logs_in()
    erika.reads("ausfuellen")
    assert erika.page == "hundesteuer"


def test_without_an_account_it_is_kept_for_two_hours(somebody, clock):
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster")
    somebody.goes_on()
    clock.forward(hours=2, minutes=10)
    cleanup.run(batch=10, window=60)
    assert len(get_store().service_drafts) == 0


def test_nobody_else_finds_the_draft_of_a_browser(somebody, new_browser):
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster")
    somebody.goes_on()
    stranger = new_browser()
    stranger.reads("ausfuellen?seite=1")
    assert stranger.page == "hundesteuer"


def test_it_goes_with_the_account(erika, account):
    erika.begins()
    transaction.begin()
    assert ServiceDrafts().contents(account)
    accounts.remove_account(account)
    assert len(get_store().service_drafts) == 0
    assert len(get_store().queue(drafts.DRAFTS)) == 0


def test_the_export_has_the_entries_and_the_files(erika, account, clock):
    erika.begins()
    erika.reads("ausfuellen?seite=3")
    erika.types(note="Bellt nie")
    erika.attaches("photo", PDF_FILE, "rex.pdf")
    erika.goes("speichern")
    transaction.begin()
    handed = ServiceDrafts().hand_out(account, TrustLevel.LOW, clock())
    [draft] = handed.data
    assert draft["service"] == "Hundesteuer"
    assert draft["entries"]["form.widgets.note"] == "Bellt nie"
    [file] = handed.files
    assert file.path.endswith("/photo-rex.pdf")
    assert b"".join(file.read()) == PDF_FILE
    handed = ServiceDrafts().hand_out(account, TrustLevel.BASIS, clock())
    assert handed.data == []
    assert handed.missing


class TestFiles:
    """An upload stays until it is removed."""

    @pytest.fixture
    def at_the_file(self, erika):
        """Erika on the page with the file."""
        erika.begins()
        erika.reads("ausfuellen?seite=3")
        return erika

    def test_it_survives_mistakes_and_reloads(self, at_the_file, service):
        required = FIELDS.replace(
            '<field name="note" type="zope.schema.Text">\n'
            "        <title>Bemerkung</title>\n        <required>False</required>",
            '<field name="note" type="zope.schema.Text">\n'
            "        <title>Bemerkung</title>",
        )
        assert required != FIELDS
        service.fields_model = required
        transaction.commit()
        at_the_file.attaches("photo", PDF_FILE, "rex.pdf")
        at_the_file.goes_on()
        assert 'href="#form-widgets-note"' in at_the_file.contents
        assert "rex.pdf" in at_the_file.contents
        at_the_file.reads("ausfuellen?seite=3")
        assert "rex.pdf" in at_the_file.contents

    def test_it_can_be_removed_and_replaced(self, at_the_file, account):
        at_the_file.attaches("photo", PDF_FILE, "rex.pdf")
        at_the_file.goes("speichern")
        at_the_file.attaches("photo", PDF_FILE, "bello.pdf")
        at_the_file.goes("speichern")
        assert "bello.pdf" in at_the_file.contents
        assert "rex.pdf" not in at_the_file.contents
        at_the_file.getControl(name="entfernen").value = ["photo"]
        at_the_file.goes("speichern")
        assert the_draft(account).files == {}

    def test_what_is_not_allowed_is_refused_with_a_reason(self, at_the_file, account):
        at_the_file.attaches("photo", b"MZ", "rex.exe")
        at_the_file.goes_on()
        assert "Files of this type cannot be attached" in at_the_file.contents
        assert the_draft(account).files == {}

    def test_what_is_too_large_is_refused(self, at_the_file, account, site):
        settings().attachment_mb = 1
        transaction.commit()
        at_the_file.attaches("photo", PDF_FILE + b" " * 1_000_001, "rex.pdf")
        at_the_file.goes_on()
        assert "larger than 1 MB" in at_the_file.contents
        assert the_draft(account).files == {}
