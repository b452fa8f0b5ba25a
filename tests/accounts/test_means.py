"""The means of an account: what is kept of them, and what removing one changes."""

from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import MeansRefused
from tests.accounts.conftest import add
from tests.accounts.conftest import use
from tests.authenticator import Authenticator
import pytest


LOW, SUBSTANTIAL = TrustLevel.LOW, TrustLevel.SUBSTANTIAL


def test_the_password_comes_first(owner, passkey):
    assert [one.kind for one in means.all_of(owner)] == [Kind.PASSWORD, Kind.PASSKEY]


def test_the_account_keeps_plain_values_only(owner, passkey):
    (stored,) = owner.passkeys
    assert type(stored) is tuple
    assert {type(value) for value in stored} <= {str, int, bool, bytes}


def test_the_first_passkey_is_added_with_the_password(owner):
    means.check_may_register(owner, LOW)


def test_a_further_passkey_needs_one_that_was_used(owner, passkey):
    with pytest.raises(MeansRefused):
        means.check_may_register(owner, LOW)
    means.check_may_register(owner, SUBSTANTIAL)


def test_a_blocked_passkey_makes_no_room_for_another(owner, passkey, clock):
    means.block(owner, passkey.id, clock())
    with pytest.raises(MeansRefused):
        means.check_may_register(owner, LOW)


def test_ten_passkeys_are_enough(owner, session, clock):
    for _number in range(means.MOST_PASSKEYS):
        means.check_may_register(owner, SUBSTANTIAL)
        phone = Authenticator()
        add(owner, session, phone, clock)
        use(owner, session, phone, clock)
    with pytest.raises(means.TooManyPasskeys):
        means.check_may_register(owner, SUBSTANTIAL)


def test_a_passkey_that_was_never_used_gives_way_to_the_next(owner, session, clock):
    add(owner, session, Authenticator(), clock, "abgebrochen")
    add(owner, session, Authenticator(), clock, "Handy")
    assert [one.label for one in means.passkeys(owner)] == ["Handy"]


def test_the_last_use_is_kept(owner, session, phone, passkey, clock):
    clock.forward(minutes=10)
    used = use(owner, session, phone, clock)
    assert used.last_used == passkey.last_used + 600
    assert used.sign_count > passkey.sign_count


def test_a_passkey_is_blocked_without_it_and_not_removed(owner, passkey, clock):
    assert means.block(owner, passkey.id, clock()).blocked
    with pytest.raises(MeansRefused):
        means.remove(owner, passkey.id, LOW)


def test_removing_needs_the_level(owner, passkey):
    with pytest.raises(MeansRefused):
        means.remove(owner, passkey.id, LOW)
    means.remove(owner, passkey.id, SUBSTANTIAL)
    assert means.passkeys(owner) == ()


def test_the_password_stays(owner, passkey):
    with pytest.raises(means.MeansUnknown):
        means.remove(owner, means.PASSWORD, SUBSTANTIAL)


def test_a_lost_passkey_goes_after_it_was_blocked(owner, passkey, clock):
    with pytest.raises(MeansRefused):
        means.remove_lost(owner, passkey.id)
    means.block(owner, passkey.id, clock())
    means.remove_lost(owner, passkey.id)
    means.check_may_register(owner, LOW)


def test_without_the_passkey_no_attribute_stays_above_the_account(
    owner, passkey, clock
):
    since = int(clock().timestamp())
    put(owner, "given_names", proven("Erika", SUBSTANTIAL, Source.OFFICE, since))
    means.block(owner, passkey.id, clock())
    means.remove_lost(owner, passkey.id)
    lowered = attribute(owner, "given_names")
    assert (lowered.value, lowered.level) == ("Erika", LOW)


def test_unblocking_needs_the_level_in_another_way(owner, passkey, clock):
    means.block(owner, passkey.id, clock())
    with pytest.raises(MeansRefused):
        means.check_may_unblock(owner, passkey.id, LOW)
    means.unblock(owner, passkey.id, 9, SUBSTANTIAL, clock())
    assert means.passkey(owner, passkey.id).means.usable


def test_what_is_not_blocked_cannot_be_unblocked(owner, passkey):
    with pytest.raises(MeansRefused):
        means.check_may_unblock(owner, passkey.id, SUBSTANTIAL)


def test_an_unknown_means_is_unknown(owner, clock):
    with pytest.raises(means.MeansUnknown):
        means.block(owner, "nothing", clock())
