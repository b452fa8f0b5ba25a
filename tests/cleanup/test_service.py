"""The cleanup deletes what is due, and nothing else."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.cleanup import service
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.registration import service as registration
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
from tests.factories import pending_account
from zope.component import getGlobalSiteManager
from zope.component import getUtility
import pytest
import transaction


@pytest.fixture
def store(functional, site, clock):
    """The store of an installed site."""
    transaction.commit()
    return get_store()


def run(**changes):
    """Run the cleanup as cron does."""
    return service.run(**({"batch": 100, "window": 60} | changes))


def pending_accounts(count, clock):
    """Make accounts that wait for their activation."""
    for number in range(count):
        pending_account(clock(), email=f"nr{number}@example.org", password=f"{number}")
    transaction.commit()


def test_unactivated_accounts_are_deleted_after_their_time(store, clock):
    pending_accounts(3, clock)
    clock.forward(hours=24, minutes=5)
    assert run()["activation"]["done"] == 3
    assert len(store.accounts) == 0
    assert len(store.addresses) == 0
    assert len(store.queue("activation")) == 0


def test_nothing_is_deleted_before_its_time(store, clock):
    pending_accounts(3, clock)
    clock.forward(hours=23, minutes=59)
    assert run()["activation"]["done"] == 0
    assert len(store.accounts) == 3


def test_an_active_account_stays(store, clock):
    account = active_account(clock())
    transaction.commit()
    clock.forward(days=365)
    run()
    assert accounts.query_account(account.id) is not None


def test_a_draft_that_is_worked_on_stays(store, clock):
    key = registration.begin("privatperson", "de", clock())
    clock.forward(minutes=50)
    registration.choose_account(key, "servicekonto", clock())
    transaction.commit()
    clock.forward(minutes=30)
    run()
    assert registration.get_draft(key, clock())
    clock.forward(minutes=60)
    run()
    assert len(store.drafts) == 0
    assert len(store.queue("drafts")) == 0


def test_running_twice_changes_nothing(store, clock):
    pending_accounts(3, clock)
    clock.forward(hours=25)
    run()
    assert all(outcome["due"] == 0 for outcome in run().values())


def test_a_second_run_at_the_same_time_is_refused(store, clock):
    lease = service._take_lease(clock())
    with pytest.raises(service.AlreadyRunning):
        run()
    service._return_lease(lease)
    run()


def test_a_run_that_died_gives_way(store, clock):
    service._take_lease(clock())
    clock.forward(seconds=service.LEASE + 1)
    run()


def test_small_batches_reach_everything(store, clock):
    pending_accounts(7, clock)
    clock.forward(hours=25)
    assert run(batch=2)["activation"] | {"seconds": 0} == {
        "due": 7,
        "done": 7,
        "failed": 0,
        "remaining": 0,
        "seconds": 0,
    }


def test_what_does_not_fit_into_the_window_remains(store, clock):
    pending_accounts(2, clock)
    clock.forward(hours=25)
    assert run(window=0)["activation"]["remaining"] == 2
    assert run()["activation"]["done"] == 2


@pytest.fixture
def stubborn(store):
    """One account that cannot be deleted, as if it were damaged."""
    manager = getGlobalSiteManager()
    real = getUtility(ICleanupProvider, "activation")

    class Stubborn(type(real)):
        damaged = None

        def delete(self, item):
            if item == self.damaged:
                raise ValueError(item)
            super().delete(item)

    provider = Stubborn()
    manager.registerUtility(provider, ICleanupProvider, "activation")
    yield provider
    manager.registerUtility(real, ICleanupProvider, "activation")


def test_one_failing_item_does_not_stop_the_others(store, clock, stubborn):
    pending_accounts(3, clock)
    stubborn.damaged = next(iter(store.accounts))
    clock.forward(hours=25)
    outcome = run()["activation"]
    assert (outcome["done"], outcome["failed"]) == (2, 1)
    assert list(store.accounts) == [stubborn.damaged]


def test_a_failing_item_is_tried_again_with_growing_pauses(store, clock, stubborn):
    pending_accounts(1, clock)
    stubborn.damaged = next(iter(store.accounts))
    clock.forward(hours=25)
    assert run()["activation"]["failed"] == 1
    assert run()["activation"]["due"] == 0
    clock.forward(minutes=10)
    assert run()["activation"]["failed"] == 1
    clock.forward(minutes=5)
    assert run()["activation"]["due"] == 0
    stubborn.damaged = None
    clock.forward(minutes=10)
    assert run()["activation"]["done"] == 1
