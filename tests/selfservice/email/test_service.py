"""Another address: proven by who reads it, stopped by who reads the one before."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.mailing import BURST
from collective.servicekonto.accounts.means import Passkey
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.registration import service as registration
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
from tests.factories import registered
import pytest
import re
import transaction


NEW = "erika@new.example"
THIEF = "thief@evil.example"
OTHER_PASSWORD = "Teekanne über dem Leuchtturm"


@pytest.fixture(autouse=True)
def _patient_post(site):
    """Mails may follow each other at once."""
    settings().mail_interval = 0
    transaction.commit()


PASSKEY = Passkey("a", "Handy", b"", 0, 1, "session", confirmed=True)


@pytest.fixture
def request_change(functional, account, clock):
    """Returns what the citizen does in the form."""

    def request(address=NEW, of=None, secret=PASSWORD, level=TrustLevel.LOW):
        of = account if of is None else of
        request = functional["request"]
        service.request_change(request, of, level, address, secret, clock())

    return request


@pytest.fixture
def mails_to(mailbox):
    """Returns the texts of the mails to an address, oldest first."""

    def texts(address):
        transaction.commit()
        return [
            mail.get_body(("plain",)).get_content()
            for mail in mailbox.mails()
            if mail["To"] == address
        ]

    return texts


@pytest.fixture
def token(mails_to):
    """Returns the secret in the newest mail to an address that has a page's link."""

    def secret(address, page):
        found = re.findall(rf"/{page}\?token=(\S+)", "".join(mails_to(address)))
        return found[-1] if found else None

    return secret


@pytest.fixture
def proof(token):
    """Returns the secret of the newest link that proves an address."""
    return lambda address=NEW: token(address, "e-mail-bestaetigen")


@pytest.fixture
def stop_link(token):
    """Returns the secret of the newest link that stops a change."""
    return lambda address=ADDRESS: token(address, "e-mail-abbrechen")


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
