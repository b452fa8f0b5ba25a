"""Another address: proven by who reads it, stopped by who reads the one before."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.mailing import BURST
from collective.servicekonto.accounts.means import Passkey
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.registration import service as registration
from collective.servicekonto.selfservice.email import service
from collective.servicekonto.selfservice.password import service as password
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenUsed
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.factories import registered
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


PASSKEY = Passkey("a", "Handy", b"", 0, 1, "session", confirmed=True)


def test_the_new_address_counts_once_it_is_proven(
    account, request_change, proof, clock
):
    request_change()
    assert account.email == ADDRESS
    service.confirm(proof(), clock())
    assert account.email == NEW
    assert accounts.check_password(NEW, PASSWORD, clock()).id == account.id
    assert accounts.query_by_address(ADDRESS) is None


def test_the_former_address_works_until_then(account, request_change, clock):
    request_change()
    assert accounts.check_password(ADDRESS, PASSWORD, clock()).id == account.id
    assert accounts.check_password(NEW, PASSWORD, clock()) is None


def test_the_proven_address_is_an_attribute_of_the_level_niedrig(
    account, request_change, proof, clock
):
    request_change()
    clock.forward(hours=1)
    service.confirm(proof(), clock())
    email = attributes.attribute(account, "email")
    assert (email.value, email.level) == (NEW, TrustLevel.LOW)
    assert (email.source, email.since) == (Source.LINK, clock().timestamp())


def test_the_address_in_use_is_told_at_once(request_change, mails_to, stop_link):
    request_change()
    assert len(mails_to(ADDRESS)) == 1
    assert stop_link()


def test_no_mail_names_the_other_address(request_change, proof, mails_to, clock):
    request_change()
    service.confirm(proof(), clock())
    assert not [text for text in mails_to(ADDRESS) if NEW in text]
    assert not [text for text in mails_to(NEW) if ADDRESS in text]


def test_both_addresses_are_told_of_the_change(request_change, proof, mails_to, clock):
    request_change()
    before = len(mails_to(ADDRESS)), len(mails_to(NEW))
    service.confirm(proof(), clock())
    assert (len(mails_to(ADDRESS)), len(mails_to(NEW))) == (
        before[0] + 1,
        before[1] + 1,
    )


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_it_needs_the_password(account, request_change, mails_to, clock, secret):
    with pytest.raises(service.ChangeRefused) as refused:
        request_change(secret=secret)
    assert list(refused.value.problems) == ["password"]
    assert service.query_pending(account, clock()) is None
    assert mails_to(NEW) + mails_to(ADDRESS) == []


@pytest.mark.parametrize("address", ["", "erika", ADDRESS, ADDRESS.upper()])
def test_some_addresses_are_refused(request_change, mails_to, address):
    with pytest.raises(service.ChangeRefused) as refused:
        request_change(address)
    assert list(refused.value.problems) == ["email"]
    assert mails_to(ADDRESS) == []


def test_the_link_is_valid_for_24_hours(request_change, proof, clock):
    request_change()
    clock.forward(hours=23, minutes=59)
    assert service.check_confirmation(proof(), clock()) == NEW
    clock.forward(minutes=1)
    with pytest.raises(TokenExpired):
        service.confirm(proof(), clock())


def test_the_link_works_once(account, request_change, proof, clock):
    request_change()
    service.confirm(proof(), clock())
    with pytest.raises(TokenUsed):
        service.confirm(proof(), clock())


def test_a_clock_that_jumps_back_does_not_confirm_twice(
    account, request_change, proof, clock
):
    request_change()
    service.confirm(proof(), clock())
    clock.forward(hours=-2)
    with pytest.raises(TokenUsed):
        service.confirm(proof(), clock())
    assert account.email == NEW


def test_all_sessions_end_with_the_change(account, request_change, proof, clock):
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    request_change()
    assert sessions.resolve(ticket, clock())
    service.confirm(proof(), clock())
    assert sessions.resolve(ticket, clock()) is None


def test_links_for_a_forgotten_password_are_void_after_the_change(
    account, request_change, proof, token, clock
):
    password.request_reset(ADDRESS, "de", clock())
    reset = token(ADDRESS, "passwort-neu")
    request_change()
    service.confirm(proof(), clock())
    with pytest.raises(TokenUsed):
        password.check_reset(reset, clock())


def test_a_later_change_replaces_the_one_before(account, request_change, proof, clock):
    request_change()
    first = proof()
    request_change("erika@third.example")
    with pytest.raises(TokenUsed):
        service.confirm(first, clock())
    service.confirm(proof("erika@third.example"), clock())
    assert account.email == "erika@third.example"


def test_a_cancelled_change_cannot_be_confirmed(account, request_change, proof, clock):
    request_change()
    service.cancel(account)
    assert service.query_pending(account, clock()) is None
    with pytest.raises(TokenUsed):
        service.confirm(proof(), clock())


def test_a_new_password_calls_the_change_off(account, request_change, proof, clock):
    request_change(THIEF)
    accounts.set_password(account, OTHER_PASSWORD)
    assert service.query_pending(account, clock()) is None
    with pytest.raises(TokenUsed):
        service.confirm(proof(THIEF), clock())


def test_the_link_can_be_sent_again(account, request_change, mails_to, clock):
    request_change()
    service.send_again(account, clock())
    assert len(mails_to(NEW)) == 2
    assert len(mails_to(ADDRESS)) == 1


def test_nobody_is_bombed_with_mails(site, request_change, account, mails_to, clock):
    settings().mail_interval = 180
    request_change("bombed@example.org")
    for _time in range(20):
        service.send_again(account, clock())
    assert len(mails_to("bombed@example.org")) == 3


class TestAnAddressThatBelongsToSomebodyElse:
    """Its owner is told; the one who asked learns nothing."""

    @pytest.fixture
    def max_(self, account, clock):
        """An account with the address."""
        return active_account(clock(), NEW)

    def test_it_looks_the_same(self, account, max_, request_change, clock):
        request_change()
        assert service.query_pending(account, clock()).address == NEW

    def test_its_owner_gets_no_link_that_confirms(
        self, max_, request_change, proof, mails_to
    ):
        request_change()
        assert len(mails_to(NEW)) == 1
        assert proof() is None

    def test_the_first_of_two_who_want_it_gets_it(
        self, account, request_change, proof, clock
    ):
        rival = active_account(clock(), "rival@example.org")
        request_change()
        mine = proof()
        request_change(of=rival)
        service.confirm(proof(), clock())
        with pytest.raises(accounts.AddressTaken):
            service.confirm(mine, clock())
        assert account.email == ADDRESS
        assert accounts.query_by_address(NEW).id == rival.id

    def test_a_registration_that_was_proven_meanwhile_keeps_it(
        self, account, request_change, proof, token, clock
    ):
        request_change()
        mine = proof()
        registered(clock(), email=NEW)
        registration.activate(token(NEW, "aktivieren"), clock())
        with pytest.raises(accounts.AddressTaken):
            service.confirm(mine, clock())

    def test_a_registration_that_nobody_proved_does_not(
        self, account, request_change, proof, token, clock
    ):
        registered(clock(), email=NEW)
        late = token(NEW, "aktivieren")
        request_change()
        service.confirm(proof(), clock())
        with pytest.raises(TokenUsed):
            registration.activate(late, clock())
        assert accounts.query_by_address(NEW).id == account.id


def test_with_the_password_alone_nobody_gets_past_a_passkey(account, request_change):
    account.passkeys = (tuple(PASSKEY),)
    with pytest.raises(service.ChangeRefused):
        request_change(THIEF)
    account.passkeys = (tuple(PASSKEY._replace(blocked=1)),)
    with pytest.raises(service.ChangeRefused):
        request_change(THIEF)
    request_change(level=TrustLevel.SUBSTANTIAL)


def test_the_change_is_in_the_history(account, request_change, proof, clock):
    request_change()
    service.confirm(proof(), clock())
    (latest, *_rest) = history.entries(account, clock())
    assert latest.event is history.Event.ADDRESS_CHANGED


def test_a_change_that_was_asked_for_without_the_passkey_ends_with_it(
    account, request_change, proof, clock
):
    """Else a thief could finish what the owner has just prevented."""
    request_change()
    account.passkeys = (tuple(PASSKEY),)
    assert service.query_pending(account, clock()) is None
    with pytest.raises(TokenUsed):
        service.confirm(proof(), clock())
    assert account.email == ADDRESS


def test_a_change_that_was_asked_for_with_the_passkey_goes_on(
    account, request_change, proof, clock
):
    account.passkeys = (tuple(PASSKEY),)
    request_change(level=TrustLevel.SUBSTANTIAL)
    service.confirm(proof(), clock())
    assert account.email == NEW


def test_the_address_in_use_is_not_flooded_with_mails(
    account, request_change, mails_to, clock
):
    settings().mail_interval = 60
    refused = 0
    for number in range(10):
        try:
            request_change(f"neu{number}@example.org")
        except TooManyAttempts:
            refused += 1
        service.cancel(account)
    assert len(mails_to(ADDRESS)) == 10 - refused == BURST
    clock.forward(minutes=5)
    request_change()
    assert len(mails_to(ADDRESS)) == BURST + 1


def test_without_a_mail_to_the_address_in_use_no_change_begins(
    account, request_change, mails_to, clock
):
    settings().mail_interval = 61
    for number in range(BURST):
        request_change(f"neu{number}@example.org")
    service.cancel(account)
    with pytest.raises(TooManyAttempts):
        request_change(THIEF)
    assert service.query_pending(account, clock()) is None
    assert mails_to(THIEF) == []
