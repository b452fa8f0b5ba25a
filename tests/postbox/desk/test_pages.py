"""What a clerk does with the pages of the office."""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Search
from tests.factories import ADDRESS
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
    assert "The message is on its way" in clerk.contents
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
