"""Of an account that was deleted nothing can be reached any more."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.postbox import delivering
from collective.servicekonto.registration import draft
from collective.servicekonto.selfservice import kept
from tests.factories import ADDRESS
from tests.factories import registered
from ZODB.serialize import referencesf
import pytest
import transaction


NAME = "Feuerstein"


@pytest.fixture
def account(functional, site, clock):
    """An account that has just been registered and activated."""
    registered(clock(), family_name=NAME)
    [(_key, sent)] = draft.get_store().drafts.items()
    account = accounts.query_account(sent.account_id)
    accounts.activate(account, clock())
    return account


def places(application, text):
    """Return the classes of all objects in reach in which the text stands."""
    transaction.commit()
    storage = application._p_jar._storage
    known, open_ends, found = set(), {application._p_oid}, []
    while open_ends:
        oid = open_ends.pop()
        known.add(oid)
        stored, _serial = storage.load(oid)
        if text.encode() in stored:
            found.append(type(application._p_jar.get(oid)).__name__)
        open_ends |= set(referencesf(stored)) - known
    return found


def test_nothing_of_it_is_in_reach(functional, account, session, send, clock):
    send()
    kept.keep(account.id, "profil", {"birth_name": NAME}, clock())
    application = functional["app"]
    traces = (account.id, ADDRESS, NAME)
    assert all(places(application, text) for text in traces)
    accounts.remove_account(account)
    assert {text: places(application, text) for text in traces} == {
        text: [] for text in traces
    }
    assert len(delivering.notice_queue()) == 0


def test_what_belongs_to_others_stays(functional, account, clock):
    registered(clock(), email="max@example.org")
    accounts.remove_account(account)
    [(_key, other)] = draft.get_store().drafts.items()
    assert other.details.email == "max@example.org"
