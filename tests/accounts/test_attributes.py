"""Every attribute of an account says who stated it, and how far it can be trusted."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.changes import AttributeLocked
from collective.servicekonto.identity.changes import ProofNeeded
from collective.servicekonto.identity.levels import TrustLevel
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import pending_account
import pytest


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    return active_account(clock())


def test_what_was_typed_when_registering_has_the_lowest_level(account, clock):
    name = attributes.attribute(account, "family_name")
    assert (name.value, name.level) == ("Mustermann", TrustLevel.BASIS)
    assert (name.source, name.since) == (Source.TYPED, account.registered)


def test_the_link_proves_the_address(functional, site, clock):
    account = pending_account(clock())
    assert attributes.attribute(account, "email").level is TrustLevel.BASIS
    account = active_account(clock(), "max@example.org")
    address = attributes.attribute(account, "email")
    assert (address.level, address.source) == (TrustLevel.LOW, Source.LINK)


def test_the_proven_address_is_not_typed_over(account, clock):
    with pytest.raises(ProofNeeded):
        attributes.type_in(account, "email", "other@example.org", clock())
    assert account.email == ADDRESS


def test_what_nobody_stated_is_absent(account):
    assert attributes.attribute(account, "salutation") is None
    assert attributes.attribute(account, "unknown") is None


def test_an_attribute_is_not_acquired_from_the_site(account, site):
    site.buergerportal.street = "Rathausplatz 1"
    assert attributes.attribute(account, "address") is None


def test_a_typed_value_replaces_the_former_and_its_time(account, clock):
    clock.forward(hours=1)
    attributes.type_in(account, "family_name", "Musterfrau", clock())
    name = attributes.attribute(account, "family_name")
    assert (name.value, name.since) == ("Musterfrau", int(clock().timestamp()))
    assert account.family_name == "Musterfrau"


def test_the_same_value_again_changes_nothing(account, clock):
    before = account.revision
    attributes.type_in(account, "family_name", "Mustermann", clock())
    assert account.revision == before


def test_what_the_card_proved_cannot_be_typed_over(account, clock):
    card = Source.ONLINE_AUSWEIS
    proof = proven("ERIKA MARIA", TrustLevel.HIGH, card, int(clock().timestamp()))
    attributes.put(account, "given_names", proof)
    with pytest.raises(AttributeLocked):
        attributes.type_in(account, "given_names", "Max", clock())
    assert account.given_names == "ERIKA MARIA"


def test_that_there_is_no_birth_name_can_be_proven(account, clock):
    card = Source.ONLINE_AUSWEIS
    proof = proven("", TrustLevel.HIGH, card, int(clock().timestamp()))
    assert attributes.attribute(account, "birth_name") is None
    attributes.put(account, "birth_name", proof)
    assert attributes.attribute(account, "birth_name") == proof


def test_rows_are_one_attribute(account, clock):
    rows = [{"given_names": "Max"}, {"given_names": "Moritz"}]
    attributes.type_in(account, "Kind", rows, clock())
    assert attributes.attribute(account, "Kind").value == rows
    attributes.type_in(account, "Kind", [], clock())
    assert attributes.attribute(account, "Kind") is None


def test_every_change_counts(account, clock):
    before = account.revision
    attributes.type_in(account, "given_names", "Erika Maria", clock())
    attributes.type_in(account, "given_names", "Erika", clock())
    assert account.revision == before + 2


def test_the_list_has_what_has_no_field_any_more(account, clock):
    attributes.type_in(account, "former_field", "kept", clock())
    assert attributes.attributes(account)["former_field"].value == "kept"


@pytest.mark.parametrize("name", ["password_hash", "language", "last_login_day"])
def test_what_an_account_is_made_of_is_no_attribute(account, clock, name):
    account.evidence = {name: ("basisregistrierung", "eingabe", 1)}
    assert name not in attributes.attributes(account)
    with pytest.raises(ValueError, match=name):
        attributes.put(account, name, None)
