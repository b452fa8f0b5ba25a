"""Nobody fills the disk with drafts, nor an office with applications."""

from collective.servicekonto.portal.settings import settings
from collective.servicekonto.services.applications import daily
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import limits
from collective.servicekonto.store.service import get_store
from tests.services.filling.test_drafts import the_draft
import pytest
import transaction


# 0.4 MB, so that two of them are less than the smallest limit.
LARGE = b"Bellt nie. " * 37_000


def attaches(browser, name):
    """Attach a file and save."""
    browser.reads("ausfuellen?seite=3")
    browser.attaches("photo", LARGE, name)
    browser.goes("speichern")


def anonymous_draft():
    """Return the only draft of all."""
    transaction.begin()
    [draft] = get_store().service_drafts.values()
    return draft


@pytest.fixture
def one_megabyte(site):
    """The smallest limit for the files of a day."""
    settings().answers_mb_per_day = 1
    transaction.commit()


class TestFiles:
    """What was replaced is counted as well, because it was on the disk."""

    def test_replacing_a_file_again_and_again_comes_to_an_end(
        self, erika, account, one_megabyte
    ):
        erika.begins()
        for number in range(3):
            attaches(erika, f"rex-{number}.txt")
        assert "files of more than 1 MB by now" in erika.contents
        draft = the_draft(account)
        assert draft.files["photo"].name == "rex-1.txt"
        assert draft.uploaded == 2 * len(LARGE)

    def test_a_new_draft_is_no_way_around_it(self, erika, account, one_megabyte, clock):
        erika.begins()
        for number in range(2):
            attaches(erika, f"rex-{number}.txt")
        erika.posts("ausfuellen", was="verwerfen")
        erika.begins()
        attaches(erika, "rex-2.txt")
        assert "Within a day you can choose files of 1 MB together" in erika.contents
        assert the_draft(account).files == {}
        clock.forward(days=1, minutes=1)
        erika.logs_in()
        attaches(erika, "rex-2.txt")
        assert the_draft(account).files["photo"].name == "rex-2.txt"

    def test_a_network_without_accounts_has_its_own_limit(
        self, somebody, one_megabyte, clock, monkeypatch
    ):
        clock.forward(days=2)
        monkeypatch.setattr(limits, "_CITIZENS_IN_NETWORK", 0.5)
        somebody.begins()
        attaches(somebody, "rex-0.txt")
        attaches(somebody, "rex-1.txt")
        assert "Very many files came from your network today" in somebody.contents
        assert anonymous_draft().files["photo"].name == "rex-0.txt"

    def test_what_is_refused_is_not_counted(self, erika, account):
        erika.begins()
        erika.reads("ausfuellen?seite=3")
        erika.attaches("photo", b"MZ", "rex.exe")
        erika.goes("speichern")
        assert the_draft(account).uploaded == 0


class TestSaving:
    """Saving has an end, and what was saved before stays."""

    def test_of_a_draft(self, erika, account, monkeypatch):
        monkeypatch.setattr(limits, "SAVES_OF_DRAFT", 2)
        erika.begins()
        for text in ("1", "2", "3"):
            answer = erika.saves_by_script(telephone=text)
        assert "no more can be saved" in answer["message"]
        assert the_draft(account).entries["form.widgets.telephone"] == "2"

    def test_of_an_account_within_an_hour(self, erika, account, clock, monkeypatch):
        erika.begins()
        while limits._of_account.allow(account.id, clock()):
            pass
        erika.types(telephone="1")
        erika.goes_on()
        assert "was saved very often within the last hour" in erika.contents
        assert erika.field("telephone").value == "1"
        assert "form.widgets.telephone" not in the_draft(account).entries

    def test_beginning_and_discarding_again_and_again(self, erika, account, clock):
        while limits._of_account.allow(account.id, clock()):
            pass
        erika.begins()
        assert erika.headers["status"].startswith("429")
        assert "Very many forms were begun with your Servicekonto" in erika.contents
        transaction.begin()
        assert list(drafts.all_of(account.id)) == []

    def test_the_page_that_could_not_be_saved_is_still_sent_as_it_was(
        self, erika, account, monkeypatch
    ):
        erika.fills_in_everything()
        monkeypatch.setattr(limits, "SAVES_OF_DRAFT", 0)
        erika.sends()
        transaction.begin()
        assert len(get_store().applications) == 1
        assert list(drafts.all_of(account.id)) == []


class TestApplications:
    """An account sends so many within a day."""

    def test_one_more_is_refused_and_its_draft_stays(
        self, erika, account, clock, monkeypatch
    ):
        monkeypatch.setattr(daily, "APPLICATIONS_PER_DAY", 1)
        erika.fills_in_everything()
        erika.sends()
        erika.fills_in_everything()
        erika.sends()
        assert "very many applications within a day" in erika.contents
        assert the_draft(account).entries["form.widgets.dog_name"] == "Rex"
        assert len(get_store().applications) == 1
        clock.forward(days=1, minutes=1)
        erika.logs_in()
        erika.reads("pruefen")
        erika.sends()
        transaction.begin()
        assert len(get_store().applications) == 2
