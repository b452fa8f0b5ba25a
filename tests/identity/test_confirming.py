"""After the first proof the citizen looks through everything else in the account."""

from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.changes import ProofNeeded
from collective.servicekonto.identity.changes import settle
from collective.servicekonto.identity.changes import to_confirm
from collective.servicekonto.identity.levels import TrustLevel
from hypothesis import given
from tests.identity.strategies import ACCOUNTS
from tests.identity.strategies import cases
from tests.identity.strategies import NAME_SETS
from tests.identity.strategies import NOW
from tests.identity.strategies import READINGS
from tests.identity.strategies import thorough
import pytest


BASIS, LOW, SUBSTANTIAL, HIGH = TrustLevel

STORED = {
    "given_names": typed("Erika", NOW),
    "phone": typed("+999 1", NOW),
    "email": proven("x@y.z", LOW, Source.LINK, NOW),
    "de_mail": proven("planted@example.de", SUBSTANTIAL, Source.OFFICE, NOW),
}
READ = {"given_names": proven("ERIKA MARIA", HIGH, Source.ONLINE_AUSWEIS, NOW)}


def test_the_first_upgrade_shows_all_other_attributes():
    assert to_confirm(STORED, READ) == {"phone", "email", "de_mail"}


def test_a_later_log_in_with_the_card_shows_nothing():
    assert to_confirm(STORED | READ, READ) == frozenset()


def test_a_proof_of_another_attribute_shows_nothing():
    read = {"de_mail": proven("e@m.de", HIGH, Source.OFFICE, NOW)}
    assert to_confirm(STORED, read) == frozenset()


def test_what_is_kept_keeps_its_level_and_the_rest_is_gone():
    after = settle(STORED, {"phone", "email", "de_mail"}, {"phone", "email"})
    assert after.keys() == {"given_names", "phone", "email"}
    assert after["phone"].level is BASIS


def test_the_address_of_the_account_is_not_simply_dropped():
    with pytest.raises(ProofNeeded):
        settle(STORED, {"phone", "email"}, {"phone"})


@given(cases(ACCOUNTS, READINGS))
@thorough
def test_nothing_but_what_was_read_escapes_the_confirmation(case):
    before, read = case
    raised = any(
        name in read and read[name].level > getattr(before.get(name), "level", BASIS)
        for name in MINIMUM_DATA
    )
    shown = to_confirm(before, read)
    assert shown == (before.keys() - read.keys() if raised else frozenset())


@given(cases(ACCOUNTS, NAME_SETS, NAME_SETS))
@thorough
def test_confirming_changes_no_value_and_no_level(case):
    before, shown, kept = case
    try:
        after = settle(before, shown, kept)
    except ProofNeeded:
        assert "email" in shown - kept
        return
    assert after.keys() == before.keys() - (shown - kept)
    assert all(after[name] is before[name] for name in after)
