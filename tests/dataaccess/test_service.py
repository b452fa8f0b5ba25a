"""Data leave an account through one door, which writes down who got what."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.dataaccess import service
from collective.servicekonto.dataaccess.service import Search
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.release import LevelTooLow
from collective.servicekonto.store.service import get_store
from tests.factories import active_account
import pytest


LOST_PROPERTY = service.Recipient(
    "Fundbüro", "Verlustanzeige", "Einwilligung, Art. 6 (1) a DSGVO"
)
DOG_TAX = service.Recipient("Steueramt", "Hundesteuer", "§ 3 KAG")
NAMES = ("given_names", "email")


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    return active_account(clock())


@pytest.fixture
def session(account, clock):
    """A session of the account, with the password."""
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    return sessions.resolve(ticket, clock())


@pytest.fixture
def transmit(account, session, clock):
    """Lets data leave the account."""

    def act(recipient=LOST_PROPERTY, names=NAMES, **more):
        return service.transmit(account, session, recipient, names, clock(), **more)

    return act


def found(account, **search):
    """Return the recipients of the transfers that are found."""
    return [one.recipient for one in service.find(account, Search(**search))]


def test_the_recipient_gets_what_the_citizen_chose_with_its_level(transmit):
    released = transmit()
    assert {name: one.value for name, one in released.items()} == {
        "given_names": "Erika",
        "email": "erika@example.org",
    }
    assert released["given_names"].level is TrustLevel.BASIS
    assert released["email"].level is TrustLevel.LOW


def test_the_log_says_what_went_to_whom_why_and_when(transmit, account, clock):
    transmit()
    (entry,) = service.find(account, Search())
    assert (entry.recipient, entry.purpose) == ("Fundbüro", "Verlustanzeige")
    assert entry.legal_basis == "Einwilligung, Art. 6 (1) a DSGVO"
    assert entry.at == int(clock().timestamp())
    levels = {"given_names": "basisregistrierung", "email": "niedrig"}
    assert dict(entry.attributes) == levels


def test_the_values_are_not_in_the_log(transmit, account):
    transmit()
    assert "Erika" not in repr(list(get_store().transfers.values()))


def test_a_level_never_exceeds_that_of_the_session(transmit, account, clock):
    moment = int(clock().timestamp())
    proof = proven("ERIKA", TrustLevel.HIGH, Source.ONLINE_AUSWEIS, moment)
    attributes.put(account, "given_names", proof)
    assert transmit()["given_names"].level is TrustLevel.LOW


def test_what_nobody_stated_does_not_leave(transmit, account):
    assert set(transmit(names=("given_names", "birth_name"))) == {"given_names"}
    (entry,) = service.find(account, Search())
    assert dict(entry.attributes) == {"given_names": "basisregistrierung"}


def test_without_the_required_level_nothing_leaves(transmit, account):
    with pytest.raises(LevelTooLow):
        transmit(required=TrustLevel.LOW)
    assert found(account) == []


def test_data_leave_only_in_a_session_of_the_account(account, session, clock):
    other = active_account(clock(), "max@example.org")
    with pytest.raises(service.NotYourSession):
        service.transmit(other, session, LOST_PROPERTY, NAMES, clock())


def test_the_newest_transfer_comes_first(transmit, account, clock):
    transmit()
    clock.forward(hours=1)
    transmit(DOG_TAX)
    assert found(account) == ["Steueramt", "Fundbüro"]


def test_the_log_is_searched_by_word_recipient_and_day(transmit, account, clock):
    transmit()
    first_day = clock().date()
    clock.forward(days=2)
    transmit(DOG_TAX)
    second_day = clock().date()
    assert found(account, text="hund") == ["Steueramt"]
    assert found(account, text="dsgvo") == ["Fundbüro"]
    assert found(account, recipient="Fundbüro") == ["Fundbüro"]
    assert found(account, until=first_day) == ["Fundbüro"]
    assert found(account, since=second_day) == ["Steueramt"]
    assert found(account, text="nichts") == []


def test_entries_are_deleted_one_by_one_by_recipient_or_all(transmit, account):
    for recipient in (LOST_PROPERTY, LOST_PROPERTY, DOG_TAX, DOG_TAX):
        transmit(recipient)
    one = service.find(account, Search(recipient="Fundbüro"))[0]
    assert service.forget_one(account, one.id) == 1
    assert service.forget_one(account, one.id) == 0
    assert service.forget_recipient(account, "Steueramt") == 2
    assert found(account) == ["Fundbüro"]
    assert service.forget_all(account) == 1
    assert found(account) == []
    assert len(get_store().queue("transfers")) == 0


def test_no_recipient_is_not_all_recipients(transmit, account):
    transmit()
    assert service.forget_recipient(account, "") == 0
    assert found(account) == ["Fundbüro"]


def test_nobody_sees_or_deletes_the_log_of_another(transmit, account, clock):
    transmit()
    other = active_account(clock(), "max@example.org")
    (entry,) = service.find(account, Search())
    assert found(other) == []
    assert service.forget_one(other, entry.id) == 0
    assert service.forget_all(other) == 0
    assert found(account) == ["Fundbüro"]


def test_an_entry_goes_when_its_retention_is_over(transmit, account, site, clock):
    site.buergerportal.transfer_days = 30
    transmit()
    clock.forward(days=31)
    assert cleanup.run(batch=10, window=60)["transfers"]["done"] == 1
    assert len(get_store().transfers) == 0


def test_the_log_goes_with_the_account(transmit, account):
    transmit()
    accounts.remove_account(account)
    assert len(get_store().transfers) == 0
    assert len(get_store().queue("transfers")) == 0


def test_what_is_offered_is_what_would_be_transmitted(transmit, account, session):
    offered = service.offered(account, session, ("given_names", "email", "telephone"))
    assert offered == transmit()
    assert offered["email"].source is Source.LINK


def test_to_offer_data_is_no_transfer(account, session):
    service.offered(account, session, NAMES)
    assert found(account) == []


def test_what_does_not_reach_the_required_level_is_not_offered(account, session):
    offered = service.offered(account, session, NAMES, TrustLevel.LOW)
    assert list(offered) == ["email"]


def test_nothing_is_offered_to_the_session_of_another(account, session, clock):
    other = active_account(clock(), "max@example.org")
    with pytest.raises(service.NotYourSession):
        service.offered(other, session, NAMES)
