"""Changes of the address that nobody wanted are taken back, and nothing is left."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.selfservice.email import change
from collective.servicekonto.selfservice.email import service
from collective.servicekonto.selfservice.email.personal import AddressChange
from collective.servicekonto.selfservice.password import service as password
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenUsed
from datetime import timedelta
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.selfservice.email.conftest import NEW
from tests.selfservice.email.conftest import OTHER_PASSWORD
from tests.selfservice.email.conftest import THIEF
import pytest
import transaction


@pytest.fixture(autouse=True)
def _patient_post(site):
    """Mails may follow each other at once."""
    settings().mail_interval = 0
    transaction.commit()


class TestStopping:
    """The former address can stop the change, or take it back."""

    def test_a_change_that_waits_is_called_off(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        assert service.stop(stop_link(), clock()) is service.Stopped.BEFORE
        with pytest.raises(TokenUsed):
            service.confirm(proof(THIEF), clock())
        assert accounts.check_password(ADDRESS, PASSWORD, clock())

    def test_what_a_thief_confirmed_is_taken_back_with_the_first_link(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        first = stop_link()
        clock.forward(minutes=2)
        service.confirm(proof(THIEF), clock())
        clock.forward(hours=71)
        assert service.stop(first, clock()) is service.Stopped.TAKEN_BACK
        assert account.email == ADDRESS
        assert accounts.query_by_address(THIEF) is None

    def test_what_a_thief_locked_is_unlocked_by_taking_it_back(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        first = stop_link()
        clock.forward(minutes=2)
        service.confirm(proof(THIEF), clock())
        clock.forward(hours=71)
        accounts.lock(account, clock() + timedelta(days=7))
        assert service.stop(first, clock()) is service.Stopped.TAKEN_BACK
        assert account.email == ADDRESS
        assert accounts.query_by_address(THIEF) is None
        assert accounts.is_active(account)

    def test_the_thief_is_out_and_the_password_void(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
        service.stop(stop_link(), clock())
        assert sessions.resolve(ticket, clock()) is None
        assert accounts.check_password(ADDRESS, PASSWORD, clock()) is None

    def test_the_owner_chooses_a_new_password(
        self, account, request_change, proof, stop_link, token, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        service.stop(stop_link(), clock())
        password.request_reset(ADDRESS, "de", clock())
        secret = token(ADDRESS, "passwort-neu")
        password.reset_password(secret, OTHER_PASSWORD, OTHER_PASSWORD, clock())
        assert accounts.check_password(ADDRESS, OTHER_PASSWORD, clock())

    def test_a_second_change_by_the_thief_does_not_help(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        request_change("thief@second.example")
        service.confirm(proof("thief@second.example"), clock())
        service.stop(stop_link(), clock())
        assert account.email == ADDRESS

    def test_the_thief_cannot_take_back_what_was_taken_back(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        request_change("thief@second.example")
        theirs = stop_link(THIEF)
        service.confirm(proof("thief@second.example"), clock())
        service.stop(stop_link(), clock())
        with pytest.raises(TokenUsed):
            service.stop(theirs, clock())
        assert account.email == ADDRESS

    def test_nor_what_the_owner_changed_back(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        request_change(ADDRESS)
        theirs = stop_link(THIEF)
        service.confirm(proof(ADDRESS), clock())
        with pytest.raises(TokenUsed):
            service.stop(theirs, clock())

    def test_it_is_possible_for_three_days(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change(THIEF)
        service.confirm(proof(THIEF), clock())
        clock.forward(hours=72)
        with pytest.raises(TokenExpired):
            service.stop(stop_link(), clock())

    def test_the_link_works_once(self, account, request_change, stop_link, clock):
        request_change()
        service.stop(stop_link(), clock())
        with pytest.raises(TokenUsed):
            service.stop(stop_link(), clock())

    def test_an_address_that_got_an_account_of_its_own_stays_there(
        self, account, request_change, proof, stop_link, clock
    ):
        request_change()
        service.confirm(proof(), clock())
        owner = active_account(clock(), ADDRESS)
        with pytest.raises(accounts.AddressTaken):
            service.stop(stop_link(), clock())
        assert accounts.query_by_address(ADDRESS).id == owner.id
        assert account.email == NEW


class TestRetention:
    """Addresses that are not in use are not kept."""

    def queues(self):
        """Return how many deadlines there are."""
        return [
            len(get_store().queue(name)) for name in (change.PENDING, change.FORMER)
        ]

    def test_an_address_that_nobody_proved_is_deleted_after_a_day(
        self, account, request_change, clock
    ):
        request_change()
        clock.forward(hours=24, minutes=6)
        assert cleanup.run(batch=10, window=60)[change.PENDING]["done"] == 1
        assert account.pending_email == ()

    def test_a_former_address_is_deleted_after_three_days(
        self, account, request_change, proof, clock
    ):
        request_change()
        service.confirm(proof(), clock())
        clock.forward(hours=72, minutes=6)
        assert cleanup.run(batch=10, window=60)[change.FORMER]["done"] == 1
        assert account.former_emails == ()

    def test_a_later_change_keeps_the_deadline_of_its_own(
        self, account, request_change, clock
    ):
        request_change()
        clock.forward(hours=12)
        request_change("erika@third.example")
        clock.forward(hours=13)
        cleanup.run(batch=10, window=60)
        assert service.query_pending(account, clock()).address == "erika@third.example"

    def test_nothing_is_left_of_a_deleted_account(
        self, account, request_change, proof, clock
    ):
        request_change()
        service.confirm(proof(), clock())
        request_change("erika@third.example")
        accounts.remove_account(account)
        assert self.queues() == [0, 0]
        assert accounts.query_by_address(NEW) is None

    def test_the_export_has_the_addresses(self, account, request_change, proof, clock):
        request_change()
        service.confirm(proof(), clock())
        request_change("erika@third.example")
        data = AddressChange().data(account)
        assert data == {"pending": "erika@third.example", "former": [ADDRESS]}
