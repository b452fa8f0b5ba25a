"""The log of transfers as citizens read, search and clear it, without scripts."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.dataaccess import service
from collective.servicekonto.dataaccess.views import PAGE_SIZE
from collective.servicekonto.identity.levels import TrustLevel
from tests.factories import active_account
from tests.selfservice.browsers import Citizen
from urllib.parse import unquote_plus
import pytest
import re
import transaction


LOST_PROPERTY = service.Recipient("Fundbüro", "Verlustanzeige", "Einwilligung")
DOG_TAX = service.Recipient("Steueramt", "Hundesteuer", "§ 3 KAG")


@pytest.fixture
def account(functional, site, clock):
    """Erika's account, from which details went to two offices."""
    account = active_account(clock())
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    session = sessions.resolve(ticket, clock())
    for recipient in [LOST_PROPERTY] * 2 + [DOG_TAX] * (PAGE_SIZE - 1):
        clock.forward(seconds=1)
        service.transmit(account, session, recipient, ["email"], clock())
    transaction.commit()
    return account


@pytest.fixture
def erika(functional, site, account):
    """Erika, who has opened the log."""
    browser = Citizen(functional["app"], site.buergerportal.absolute_url())
    browser.logs_in()
    browser.opens("datenzugriff")
    return browser


def recipients(browser):
    """Return the recipients on the page, the newest first."""
    return re.findall(r'<h2 class="h5 text-break">(.*?)</h2>', browser.contents)


def addresses(browser):
    """Return all addresses that the page leads to, and its own."""
    found = re.findall(r'(?:href|action)="([^"]*)"', browser.contents)
    return [unquote_plus(one) for one in (*found, browser.url)]


def is_named(browser, word):
    """Tell whether one of the addresses contains the word."""
    return any(word in address for address in addresses(browser))


def left(account):
    """Return the recipients that are still in the log."""
    transaction.begin()
    return {one.recipient for one in service.find(account, service.Search())}


def test_no_recipient_stands_in_an_address(erika):
    assert "Fundbüro" in erika.contents
    assert not is_named(erika, "Fundb")
    assert not is_named(erika, "Steueramt")


def test_what_is_looked_for_stands_in_no_address(erika):
    erika.getControl(name="suche", index=0).value = "Verlust"
    erika.getControl(name="empfaenger", index=0).value = ["Fundbüro"]
    erika.getControl("Search the log").click()
    assert recipients(erika) == ["Fundbüro"] * 2
    assert erika.getControl(name="suche", index=0).value == "Verlust"
    assert not is_named(erika, "Verlust")
    assert not is_named(erika, "Fundb")


def test_older_entries_are_on_the_next_page_of_what_is_looked_for(erika):
    assert len(recipients(erika)) == PAGE_SIZE
    erika.getControl("Older entries").click()
    assert recipients(erika) == ["Fundbüro"]
    erika.getControl("Newer entries").click()
    assert len(recipients(erika)) == PAGE_SIZE


def test_a_link_looks_for_nothing(erika):
    erika.opens("datenzugriff?suche=Verlust&empfaenger=Fundb%C3%BCro")
    assert len(recipients(erika)) == PAGE_SIZE


def test_all_entries_of_a_recipient_are_deleted(erika, account):
    erika.getLink("Delete all entries of this recipient").click()
    assert f"<strong>{PAGE_SIZE - 1}</strong>" in erika.contents
    erika.getControl("Delete entries").click()
    assert "The entries were deleted." in erika.contents
    assert left(account) == {"Fundbüro"}


@pytest.mark.parametrize("which", ["", "Fundb%C3%BCro", "0" * 26])
def test_only_an_entry_of_ones_own_names_a_recipient(erika, account, which):
    erika.opens(f"datenzugriff-loeschen?was=recipient&welche={which}")
    assert "These entries are not there any more." in erika.contents
    assert left(account) == {"Fundbüro", "Steueramt"}
