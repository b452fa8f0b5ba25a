"""Citizen and office, or two of the citizen's windows, at the same moment."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import orders
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import ChangeRefused
from collective.servicekonto.services.applications.service import NewApplication
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.service import get_store
from plone.dexterity.content import ASSIGNABLE_CACHE_KEY
from tests.factories import active_account
from tests.postbox.desk.test_races import Request
from tests.services.applications.conftest import ANSWERS
from tests.services.applications.conftest import SERVICE
from transaction.interfaces import TransientError
from zope.globalrequest import getRequest
import pytest
import transaction


OFFICE = "0" * 32


@pytest.fixture
def citizen(functional, site, clock):
    """The ids of an account and the ticket of its session, for any connection."""
    account = active_account(clock())
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    transaction.commit()
    return account.id, ticket


@pytest.fixture
def requests(functional, citizen):
    """Begins requests, each with a connection of its own."""
    return lambda: Request(functional["app"])


def submit(citizen, clock):
    """Let the citizen submit in the present connection; return the id."""
    account_id, ticket = citizen
    new = NewApplication(
        service_uid=SERVICE,
        service_title="Hundesteuer",
        office_uid=OFFICE,
        office_name="Steueramt",
        account=accounts.query_account(account_id),
        session=sessions.resolve(ticket, clock()),
        answers=ANSWERS,
        attributes=("given_names",),
    )
    return service.submit(new, clock()).id


def test_two_citizens_at_the_same_moment_do_not_meet(functional, site, clock, requests):
    citizens = []
    for number in range(3):
        account = active_account(clock(), f"nr{number}@example.org")
        ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
        citizens.append((account.id, ticket))
    transaction.commit()
    # The very first application makes the lists of its office.
    submit(citizens.pop(), clock)
    transaction.commit()
    first, second = requests(), requests()
    for request, citizen in zip((first, second), citizens, strict=True):
        with request.begun():
            submit(citizen, clock)
    first.commit()
    second.commit()
    transaction.begin()
    assert len(get_store().applications) == 3
    assert service.count(OFFICE, State.SUBMITTED) == 3


def test_the_same_submission_many_times_at_once_is_one(citizen, clock, requests):
    submit(citizen, clock)
    transaction.commit()

    def once():
        return orders.once(
            citizen[0], "k", "", clock(), lambda: [submit(citizen, clock)]
        )

    begun = [requests() for _number in range(6)]
    for request in begun:
        with request.begun():
            once()
    begun[0].commit()
    for request in begun[1:]:
        with pytest.raises(TransientError):
            request.commit()
    transaction.begin()
    # The publisher tries again, and finds what the first one sent.
    assert len({once() for _one in begun[1:]}) == 1
    assert len(get_store().applications) == 2


def test_nothing_is_submitted_to_an_account_that_is_deleted_at_the_same_moment(
    citizen, clock, requests
):
    first, second = requests(), requests()
    with second.begun():
        submit(citizen, clock)
    with first.begun():
        accounts.remove_account(accounts.query_account(citizen[0]))
    first.commit()
    with pytest.raises(TransientError):
        second.commit()
    transaction.begin()
    assert not len(get_store().applications)
    assert not len(get_store().account_applications)


def withdraw(application_id, clock):
    """Let the citizen withdraw."""
    service.withdraw(service.query(application_id), clock())


def approve(application_id, clock):
    """Let the office approve."""
    application = service.query(application_id)
    service.change(application, State.APPROVED, Actor.OFFICE, "", clock())


@pytest.mark.parametrize(
    ("winner", "loser", "state"),
    [
        (withdraw, approve, State.WITHDRAWN),
        (approve, withdraw, State.APPROVED),
    ],
)
def test_of_withdrawing_and_deciding_exactly_one_wins(
    winner, loser, state, citizen, clock, requests
):
    application_id = submit(citizen, clock)
    transaction.commit()
    first, second = requests(), requests()
    for request, act in ((first, winner), (second, loser)):
        with request.begun():
            act(application_id, clock)
    first.commit()
    with pytest.raises(TransientError):
        second.commit()
    transaction.begin()
    with pytest.raises(ChangeRefused):
        loser(application_id, clock)
    transaction.abort()
    application = service.query(application_id)
    assert service.state(application) == state
    assert len(service.steps(application)) == 2
    assert service.count(OFFICE, state) == 1


def test_an_account_that_goes_while_its_application_is_decided_leaves_it_decided(
    citizen, clock, requests
):
    application_id = submit(citizen, clock)
    transaction.commit()
    first, second = requests(), requests()
    with second.begun():
        approve(application_id, clock)
    with first.begun():
        accounts.remove_account(accounts.query_account(citizen[0]))
    first.commit()
    with pytest.raises(TransientError):
        second.commit()
    transaction.begin()
    # What Dexterity remembers during a request is of the other connections.
    vars(getRequest()).pop(ASSIGNABLE_CACHE_KEY, None)
    approve(application_id, clock)
    assert service.state(service.query(application_id)) == State.APPROVED
    assert service.query(application_id).account_id == ""
