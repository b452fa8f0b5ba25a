"""A session ends while a form is filled in that is for people without account, too."""

from collective.servicekonto.services.filling import drafts
from collective.servicekonto.store.service import get_store
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.services.filling.test_drafts import the_draft
import pytest
import transaction


@pytest.fixture
def erika(new_browser, anonymous_service):
    """A citizen who is logged in, and has typed a number into the form."""
    browser = new_browser()
    browser.logs_in()
    browser.begins()
    browser.types(telephone="030 1234")
    return browser


def logs_in_again(browser):
    """Follow the link, and log in."""
    browser.getLink("Log in and go on").click()
    browser.fills_in(email=ADDRESS, password=PASSWORD)
    browser.presses("login")


def all_drafts():
    """Return the owners of all drafts."""
    transaction.begin()
    return [drafts.of_item(one)[0] for one in get_store().service_drafts]


@pytest.mark.parametrize("button", ["weiter", "speichern"])
def test_nothing_gets_out_of_the_account(erika, account, clock, button):
    clock.forward(minutes=61)
    erika.goes(button)
    assert erika.headers["status"].startswith("403")
    assert "You were logged out in the meantime" in erika.contents
    assert "kept in your Servicekonto" in erika.contents
    assert all_drafts() == [account.id]


def test_after_the_log_in_the_form_is_as_it_was(erika, clock):
    clock.forward(minutes=61)
    erika.goes_on()
    logs_in_again(erika)
    assert erika.page == "ausfuellen"
    assert erika.field("telephone").value == "030 1234"
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


def test_a_draft_without_account_in_the_same_browser_gets_nothing(
    new_browser, anonymous_service, account, clock
):
    browser = new_browser()
    browser.begins()
    browser.types(given_names="Max")
    browser.goes("speichern")
    browser.logs_in()
    browser.begins()
    browser.types(telephone="030 1234")
    clock.forward(minutes=61)
    browser.goes_on()
    assert "You were logged out in the meantime" in browser.contents
    assert "Max" not in browser.contents
    transaction.begin()
    found = get_store().service_drafts.items()
    assert {
        drafts.of_item(item)[0]: draft.entries.get("form.widgets.telephone")
        for item, draft in found
    }[account.id] == "030 1234"
    assert [one.entries.get("form.widgets.telephone") for _i, one in found].count(
        "030 1234"
    ) == 1


def test_the_script_is_not_told_that_it_was_saved(erika, clock):
    clock.forward(minutes=61)
    erika.posts("ausfuellen", was="entwurf", seite="1")
    assert erika.headers["status"].startswith("403")
    assert "Saved" not in erika.contents


def test_also_after_a_day_nothing_gets_out(erika, account, clock):
    clock.forward(hours=26)
    erika.goes_on()
    assert "You were logged out in the meantime" in erika.contents
    assert "kept in your Servicekonto" not in erika.contents
    assert all_drafts() == [account.id]


def test_nothing_is_sent_without_the_account(erika, clock):
    erika.fills_in_everything()
    clock.forward(minutes=61)
    erika.sends()
    assert "You were logged out in the meantime" in erika.contents
    transaction.begin()
    assert len(get_store().applications) == 0


def test_whoever_wants_to_goes_on_without_an_account(erika, account, clock):
    clock.forward(minutes=61)
    erika.goes_on()
    erika.getLink("Use the form without a Servicekonto").click()
    assert "You are logged out" in erika.contents
    erika.begins()
    assert erika.step == "ausfuellen?seite=1"
    assert erika.field("telephone").value == ""
    assert the_draft(account).entries["form.widgets.telephone"] == "030 1234"
