"""Without account: what others in the same browser see, and what one takes along."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.store.service import get_store
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.postbox.attachments.made import pdf
from tests.services.filling.test_drafts import the_draft
from tests.services.filling.test_path import the_application
import pytest
import transaction


@pytest.fixture
def max_(somebody):
    """Somebody who has typed the first page without an account."""
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster")
    somebody.goes_on()
    return somebody


def number_of_drafts():
    """Return how many drafts there are."""
    transaction.begin()
    return len(get_store().service_drafts)


class TestTheNextVisitor:
    """Nothing of the visitor before is shown without a question."""

    def test_is_asked_and_sees_nothing(self, max_):
        max_.begins()
        assert "somebody has begun this form and not sent it" in max_.contents
        assert "Muster" not in max_.contents

    def test_begins_anew_and_the_other_entries_are_gone(self, max_):
        max_.begins()
        max_.getControl("Delete it and begin anew").click()
        assert max_.step == "ausfuellen?seite=1"
        assert max_.field("family_name").value == ""
        assert number_of_drafts() == 1
        max_.reads("ausfuellen?seite=2")
        assert "Muster" not in max_.contents

    def test_goes_on_if_it_is_the_same_person(self, max_):
        max_.begins()
        max_.getControl("It was me: go on").click()
        max_.reads("ausfuellen?seite=1")
        assert max_.field("family_name").value == "Muster"


class TestFinishing:
    """Each page without account has a button that deletes everything."""

    BUTTON = "Finish and delete my entries"

    @pytest.mark.parametrize("page", ["ausfuellen?seite=1", "ausfuellen", "pruefen"])
    def test_everything_is_deleted(self, max_, page):
        max_.reads(page)
        max_.getControl(self.BUTTON).click()
        assert "Your entries are deleted" in max_.contents
        assert number_of_drafts() == 0
        max_.reads("ausfuellen")
        assert max_.page == "hundesteuer"

    def test_the_thank_you_page_is_not_found_any_more(self, max_):
        max_.types(dog_name="Rex")
        max_.chooses("race", "Dackel")
        max_.goes_on()
        max_.goes_on()
        max_.sends()
        address, number = max_.url, the_application().number
        assert number in max_.contents
        max_.getControl(self.BUTTON).click()
        max_.open(address)
        assert number not in max_.contents
        assert the_application().number == number

    def test_with_an_account_there_is_no_such_button(self, new_browser, max_):
        erika = new_browser()
        erika.logs_in()
        erika.begins()
        assert self.BUTTON not in erika.contents
        erika.posts("ausfuellen", was="beenden")
        assert number_of_drafts() == 2

    def test_without_the_token_nothing_is_deleted(self, max_):
        max_.open(f"{max_.portal}/hundesteuer/ausfuellen", data="was=beenden")
        assert max_.headers["status"].startswith("403")
        assert number_of_drafts() == 1


class TestTakingAlong:
    """Whoever logs in from within the form goes on with it."""

    def log_in(self, browser):
        """Press the button of the form, and log in."""
        browser.goes("anmelden")
        assert browser.page == "anmelden"
        browser.fills_in(email=ADDRESS, password=PASSWORD)
        browser.presses("login")

    def test_the_entries_and_files_become_those_of_the_account(self, max_, account):
        max_.reads("ausfuellen?seite=3")
        max_.attaches("photo", pdf(), "rex.pdf")
        max_.goes("speichern")
        max_.reads("ausfuellen?seite=2")
        max_.types(dog_name="Rex")
        self.log_in(max_)
        assert max_.page == "entwurf-uebernehmen"
        assert "Rex" not in max_.contents
        max_.getControl("Take the entries along").click()
        draft = the_draft(account)
        assert draft.entries["form.widgets.dog_name"] == "Rex"
        assert draft.files["photo"].name == "rex.pdf"
        assert number_of_drafts() == 1
        max_.reads("ausfuellen?seite=1")
        assert max_.field("family_name").value == "Muster"

    def test_whoever_it_is_not_deletes_them(self, max_, account):
        self.log_in(max_)
        max_.getControl("It was not me: delete them").click()
        assert number_of_drafts() == 0
        assert "Muster" not in max_.contents

    def test_it_is_said_that_a_draft_of_the_account_gives_way(
        self, max_, new_browser, account
    ):
        erika = new_browser()
        erika.logs_in()
        erika.begins()
        erika.types(telephone="030 1234")
        erika.goes("speichern")
        self.log_in(max_)
        assert "they take the place of" in max_.contents
        max_.getControl("Take the entries along").click()
        assert the_draft(account).entries["form.widgets.given_names"] == "Max"

    def test_a_draft_of_a_higher_level_does_not_give_way(self, max_, account, clock):
        draft = drafts.new_draft()
        draft.level = TrustLevel.HIGH.value
        [item] = get_store().service_drafts
        uid = drafts.of_item(item)[1]
        drafts.keep(account.id, uid, draft, drafts.LIFETIME, clock())
        transaction.commit()
        self.log_in(max_)
        max_.getControl("Take the entries along").click()
        assert max_.headers["status"].startswith("403")
        assert the_draft(account).level == "hoch"
        assert not the_draft(account).entries

    def test_whoever_logs_in_elsewhere_is_offered_nothing(self, max_, account):
        max_.logs_in()
        max_.reads("ausfuellen")
        assert max_.page == "hundesteuer"
        transaction.begin()
        assert list(drafts.all_of(account.id)) == []

    def test_a_link_takes_nothing_over(self, max_, account, anonymous_service):
        max_.logs_in()
        uid = anonymous_service.UID()
        max_.opens(f"entwurf-uebernehmen?dienst={uid}&was=uebernehmen")
        assert "Muster" not in max_.contents
        transaction.begin()
        assert list(drafts.all_of(account.id)) == []

    def test_with_nothing_to_take_along_it_leads_to_the_form(
        self, new_browser, anonymous_service
    ):
        erika = new_browser()
        erika.logs_in()
        erika.opens(f"entwurf-uebernehmen?dienst={anonymous_service.UID()}")
        assert erika.page == "hundesteuer"
        erika.opens("entwurf-uebernehmen?dienst=unknown")
        assert erika.page == "dienste"
