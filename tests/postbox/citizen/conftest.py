"""Erika at her box, in browsers."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.text import to_plain
from io import BytesIO
from tests.factories import active_account
from tests.selfservice.browsers import Citizen
import pytest
import transaction


@pytest.fixture
def account(functional, site, clock):
    """A citizen's account, which was welcomed already."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def post(send, clock):
    """Let the office send a message; each comes a minute after the other."""

    def post(**changes):
        clock.forward(minutes=1)
        message = send(**changes)
        transaction.commit()
        return message

    return post


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""
    return lambda: Citizen(functional["app"], site.buergerportal.absolute_url())


@pytest.fixture
def erika(new_browser):
    """A citizen who is logged in."""
    browser = new_browser()
    browser.logs_in()
    return browser


@pytest.fixture
def question(post, account, clock):
    """A question of the office that the citizen has read."""
    message = post()
    service.note_read(account, message, clock())
    transaction.commit()
    return message


@pytest.fixture
def file():
    """A file of the town."""
    return take_in(BytesIO(b"Ihr Bescheid"), "bescheid.txt", for_staff())


@pytest.fixture
def sent(account):
    """Returns the answers that were sent, as plain text."""

    def sent():
        transaction.begin()
        page = service.listing(account, TrustLevel.LOW, Folder.SENT, service.Search())
        return [to_plain(one.body) for one in page.messages]

    return sent
