"""What was entered at a high trust level is neither read nor changed at a lower one."""

from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.store.service import get_store
from tests.postbox.attachments.made import pdf
from tests.services.filling.forms import add_service
from tests.services.filling.test_bad_luck import change
from tests.services.filling.test_drafts import the_draft
from tests.services.filling.test_path import the_application
import pytest
import transaction


TELEPHONE = "form.widgets.telephone"


@pytest.fixture
def service(site, office):
    """A service that requires “hoch”."""
    return add_service(site, office, required_level="hoch")


@pytest.fixture
def begun(erika, raised):
    """Erika at the first page, with her card; she has typed a number."""
    raised("hoch")
    erika.begins()
    erika.types(telephone="030 1234")
    erika.goes("speichern")
    return erika


def attack(browser, **entries):
    """Send the first page with other entries, whatever the session is."""
    typed = {f"form.widgets.{name}": text for name, text in entries.items()}
    browser.posts("ausfuellen", was="weiter", seite="1", **typed)


class TestTheLevelHasFallen:
    """What is typed is kept, and waits until the citizen takes it over."""

    def test_nothing_of_the_draft_is_overwritten(self, begun, raised, account):
        raised("niedrig")
        attack(begun, telephone="666")
        assert begun.headers["status"].startswith("403")
        assert "Please confirm first who you are" in begun.contents
        assert the_draft(account).entries[TELEPHONE] == "030 1234"

    def test_nor_is_it_used_up(self, begun, raised, account):
        saves = the_draft(account).saves
        raised("niedrig")
        attack(begun, telephone="666")
        assert the_draft(account).saves == saves

    @pytest.mark.parametrize("page", ["ausfuellen", "pruefen"])
    def test_no_page_shows_it(self, begun, raised, page):
        raised("substanziell")
        begun.reads(page)
        assert begun.headers["status"].startswith("403")
        assert "030 1234" not in begun.contents

    def test_it_cannot_be_discarded(self, begun, raised, account):
        raised("niedrig")
        begun.posts("ausfuellen", was="verwerfen")
        assert the_draft(account).entries[TELEPHONE] == "030 1234"

    def test_after_five_minutes_nothing_that_is_typed_is_lost(
        self, begun, raised, clock, account
    ):
        begun.types(telephone="040 99")
        clock.forward(minutes=6)
        begun.goes_on()
        assert begun.headers["status"].startswith("403")
        raised("hoch")
        begun.reads("ausfuellen")
        assert begun.field("telephone").value == "040 99"
        assert "while you were logged in with a lower trust level" in begun.contents
        assert the_draft(account).entries[TELEPHONE] == "030 1234"
        begun.goes_on()
        assert begun.step == "ausfuellen?seite=2"
        assert the_draft(account).entries[TELEPHONE] == "040 99"
        assert not the_draft(account).aside

    def test_what_others_have_typed_is_thrown_away(self, begun, raised, account):
        raised("niedrig")
        attack(begun, telephone="666")
        raised("hoch")
        begun.posts("ausfuellen", was="ohne", seite="1")
        assert begun.field("telephone").value == "030 1234"
        assert "lower trust level" not in begun.contents
        assert not the_draft(account).aside

    def test_it_is_not_sent_unnoticed(self, begun, raised):
        begun.fills_in_everything()
        raised("niedrig")
        attack(begun, telephone="666", dog_name="Hacked")
        raised("hoch")
        begun.reads("pruefen")
        assert "666" not in begun.contents
        assert "is not part of the form yet" in begun.contents
        begun.sends()
        answers = {one.field: one.text for one in the_application().answers}
        assert (answers["telephone"], answers["dog_name"]) == ("030 1234", "Rex")

    def test_the_script_does_not_take_it_over(self, begun, raised, account):
        raised("niedrig")
        attack(begun, telephone="666")
        raised("hoch")
        answer = begun.saves_by_script(telephone="666")
        assert "If you go on now, these count" in answer["message"]
        assert the_draft(account).entries[TELEPHONE] == "030 1234"

    def test_a_session_that_ran_out_changes_nothing_either(
        self, begun, raised, clock, account
    ):
        begun.types(telephone="040 99")
        clock.forward(minutes=61)
        begun.goes_on()
        assert begun.page == "anmelden"
        assert the_draft(account).entries[TELEPHONE] == "030 1234"
        assert the_draft(account).aside[TELEPHONE] == "040 99"

    def test_files_of_a_lower_level_are_not_taken(self, begun, raised, account):
        begun.reads("ausfuellen?seite=3")
        begun.attaches("photo", pdf(), "rex.pdf")
        raised("niedrig")
        begun.goes_on()
        assert begun.headers["status"].startswith("403")
        assert the_draft(account).files == {}


class TestTheEditorDemandsLess:
    """What was entered at the level still needs it."""

    @pytest.fixture
    def lowered(self, begun, service):
        """The form with a level that every session has, while a draft exists."""
        change(service, required_level="niedrig")
        return begun

    def test_the_draft_is_not_shown_below(self, lowered, raised):
        raised("niedrig")
        lowered.reads("ausfuellen")
        assert lowered.headers["status"].startswith("403")
        assert "030 1234" not in lowered.contents
        lowered.reads("")
        assert "You need the Online-Ausweis for this service" in lowered.contents

    def test_what_comes_of_it_keeps_the_level(self, lowered):
        lowered.fills_in_everything()
        lowered.sends()
        assert the_application().level == "hoch"


def test_the_application_has_the_level_of_the_service(erika, raised, service):
    raised("hoch")
    erika.fills_in_everything()
    erika.sends()
    assert the_application().level == "hoch"
    address = erika.url
    raised("niedrig")
    for page in (address, f"{address}&als=pdf"):
        erika.open(page)
        assert erika.headers["status"].startswith("403")
        assert the_application().number not in erika.contents
        assert "Your application has arrived" in erika.contents


def test_nobody_begins_a_draft_for_an_account_without_its_session(erika, raised, clock):
    raised("hoch")
    clock.forward(minutes=61)
    attack(erika, telephone="666")
    transaction.begin()
    assert len(get_store().service_drafts) == 0
    assert applications.query("0" * 32) is None
