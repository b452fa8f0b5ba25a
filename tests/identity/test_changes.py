"""Typing lowers, a proof raises, and neither gets round the other."""

from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.changes import AttributeLocked
from collective.servicekonto.identity.changes import ChangeRefused
from collective.servicekonto.identity.changes import downgrade
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.changes import ProofNeeded
from collective.servicekonto.identity.changes import type_over
from collective.servicekonto.identity.changes import updates
from collective.servicekonto.identity.changes import verify
from collective.servicekonto.identity.levels import TrustLevel
from hypothesis import given
from tests.identity.strategies import ACCOUNTS
from tests.identity.strategies import ATTRIBUTES
from tests.identity.strategies import cases
from tests.identity.strategies import NAMES
from tests.identity.strategies import NOW
from tests.identity.strategies import PROOFS
from tests.identity.strategies import REACHED
from tests.identity.strategies import READINGS
from tests.identity.strategies import THEN
from tests.identity.strategies import thorough
from tests.identity.strategies import VALUES
import pytest


BASIS, LOW, SUBSTANTIAL, HIGH = TrustLevel

typings = cases(NAMES, [None, *ATTRIBUTES], VALUES)
verifications = cases([None, *ATTRIBUTES], PROOFS, REACHED, REACHED)


def from_card(value, now=THEN):
    """Return what the Online-Ausweis said."""
    return proven(value, HIGH, Source.ONLINE_AUSWEIS, now)


def by_link(value, now=THEN):
    """Return what was proven by following a link."""
    return proven(value, LOW, Source.LINK, now)


def test_a_first_entry_has_the_lowest_level():
    assert type_over("phone", None, "+999 1", NOW) == typed("+999 1", NOW)


def test_a_typed_value_can_be_typed_anew_and_cleared():
    phone = typed("+999 1", THEN)
    assert type_over("phone", phone, "+999 2", NOW) == typed("+999 2", NOW)
    assert type_over("phone", phone, "", NOW) is None
    assert type_over("phone", None, "", NOW) is None


def test_what_a_link_proved_falls_to_the_lowest_level_when_typed_anew():
    assert type_over("phone", by_link("+999 1"), "+999 2", NOW).level is BASIS


@pytest.mark.parametrize("value", ["Erika", ""])
def test_what_the_card_proved_cannot_be_typed_over(value):
    with pytest.raises(AttributeLocked):
        type_over("given_names", from_card("ERIKA MARIA"), value, NOW)


def test_what_the_card_proved_to_be_empty_cannot_be_typed_over():
    with pytest.raises(AttributeLocked):
        type_over("birth_name", from_card(""), "Gabler", NOW)


def test_sending_the_same_value_once_more_changes_nothing():
    name = from_card("ERIKA MARIA")
    assert type_over("given_names", name, "ERIKA MARIA", NOW) is name
    email = by_link("x@y.z")
    assert type_over("email", email, "x@y.z", NOW) is email


def test_the_address_of_the_account_changes_by_proof_only():
    assert type_over("email", None, "x@y.z", NOW).level is BASIS
    for old in (typed("x@y.z", THEN), by_link("x@y.z")):
        with pytest.raises(ProofNeeded):
            type_over("email", old, "a@b.c", NOW)
        with pytest.raises(ProofNeeded):
            type_over("email", old, "", NOW)
    assert verify(by_link("x@y.z"), by_link("a@b.c", NOW), LOW, LOW).value == "a@b.c"


def test_a_proof_overwrites_what_was_typed():
    name = verify(typed("Erika", THEN), from_card("ERIKA MARIA", NOW), HIGH, HIGH)
    assert name == from_card("ERIKA MARIA", NOW)


def test_a_proof_makes_an_attribute_that_was_absent():
    assert verify(None, from_card("", NOW), HIGH, HIGH) == from_card("", NOW)


@pytest.mark.parametrize(
    ("session", "maximal", "level"),
    [
        (HIGH, HIGH, HIGH),
        (SUBSTANTIAL, HIGH, SUBSTANTIAL),
        (HIGH, LOW, LOW),
        (LOW, HIGH, LOW),
    ],
)
def test_a_proof_is_worth_no_more_than_session_and_account(session, maximal, level):
    assert verify(None, from_card("ERIKA"), session, maximal).level is level


def test_the_same_value_proven_less_well_lowers_nothing():
    name = from_card("ERIKA")
    assert verify(name, from_card("ERIKA", NOW), LOW, HIGH) is name


def test_the_same_value_proven_better_is_raised():
    weak = proven("ERIKA", LOW, Source.OFFICE, THEN)
    assert verify(weak, from_card("ERIKA", NOW), HIGH, HIGH).level is HIGH


def test_the_card_is_overruled_by_a_proof_as_good_only():
    address = from_card("Heidestraße 17")
    moved = proven("Rathausplatz 1", HIGH, Source.OFFICE, NOW)
    assert verify(address, moved, HIGH, HIGH) == moved
    with pytest.raises(AttributeLocked):
        verify(address, moved, SUBSTANTIAL, HIGH)


def test_what_is_typed_proves_nothing():
    with pytest.raises(ValueError, match="proves"):
        verify(by_link("x@y.z"), typed("a@b.c", NOW), HIGH, HIGH)


def test_a_log_in_after_a_move_updates_the_address_alone():
    stored = {
        "given_names": from_card("ERIKA"),
        "address": from_card({"street": "Heidestraße 17", "town": "Köln"}),
    }
    new = from_card({"street": "Rathausplatz 1", "town": "Bonn"}, NOW)
    assert updates(stored, {"address": new}, HIGH, HIGH) == {"address": new}


def test_a_log_in_at_the_same_address_writes_nothing():
    stored = {"address": from_card("Heidestraße 17")}
    read = {"address": from_card("Heidestraße 17", NOW)}
    assert updates(stored, read, HIGH, HIGH) == {}


def test_without_the_card_no_attribute_stays_above_the_rest_of_the_account():
    stored = {"given_names": from_card("ERIKA"), "phone": typed("+999 1", THEN)}
    lowered = downgrade(stored, LOW)
    assert lowered["given_names"].level is LOW
    assert lowered["given_names"].value == "ERIKA"
    assert lowered["phone"] == stored["phone"]


def test_after_the_card_was_removed_the_citizen_may_correct_what_it_said():
    stored = downgrade({"address": from_card("Heidestraße 17")}, SUBSTANTIAL)
    corrected = type_over("address", stored["address"], "Rathausplatz 1", NOW)
    assert corrected == typed("Rathausplatz 1", NOW)


@given(typings)
@thorough
def test_typing_never_gives_a_new_value_any_trust(typing):
    name, old, value = typing
    try:
        new = type_over(name, old, value, NOW)
    except ChangeRefused:
        return
    if new is not old:
        assert new is None or new == typed(value, NOW)


@given(typings)
@thorough
def test_typing_is_refused_for_cards_and_the_address_alone(typing):
    name, old, value = typing
    unchanged = old is not None and old.value == value
    refused = not unchanged and (is_locked(old) or (name == "email" and old))
    if refused:
        with pytest.raises(ChangeRefused):
            type_over(name, old, value, NOW)
    else:
        new = type_over(name, old, value, NOW)
        assert new is old if unchanged else (new is None) == is_empty(value)


@given(verifications)
@thorough
def test_no_proof_lifts_above_session_account_and_itself(verification):
    old, proof, session, maximal = verification
    try:
        new = verify(old, proof, session, maximal)
    except AttributeLocked:
        return
    if new != old:
        assert new.level == min(proof.level, session, maximal)
        assert (new.value, new.source) == (proof.value, proof.source)
        assert new.since == proof.since


@given(verifications)
@thorough
def test_after_a_proof_the_account_holds_what_was_proven(verification):
    old, proof, session, maximal = verification
    worth = min(proof.level, session, maximal)
    if is_locked(old) and old.value != proof.value and worth < old.level:
        with pytest.raises(AttributeLocked):
            verify(old, proof, session, maximal)
        return
    new = verify(old, proof, session, maximal)
    assert new.value == proof.value
    assert verify(new, proof, session, maximal) is new


@given(verifications)
@thorough
def test_proving_the_same_value_never_lowers(verification):
    old, proof, session, maximal = verification
    if old is None or old.value != proof.value:
        return
    new = verify(old, proof, session, maximal)
    assert new.level == max(old.level, min(proof.level, session, maximal))


@given(cases(ACCOUNTS, READINGS))
@thorough
def test_a_reading_changes_what_differs_and_nothing_else(case):
    stored, read = case
    try:
        changed = updates(stored, read, HIGH, HIGH)
    except AttributeLocked:
        assert any(is_locked(stored.get(name)) for name in read)
        return
    assert changed.keys() <= read.keys()
    assert all(stored.get(name) != attribute for name, attribute in changed.items())
    after = stored | changed
    assert all(after[name].value == read[name].value for name in read)
    assert updates(after, read, HIGH, HIGH) == {}


@given(cases(ACCOUNTS, REACHED))
@thorough
def test_a_downgrade_caps_every_level_and_keeps_every_value(case):
    stored, maximal = case
    after = downgrade(stored, maximal)
    assert after.keys() == stored.keys()
    for name, attribute in stored.items():
        assert after[name].level == min(attribute.level, maximal)
        assert after[name].value == attribute.value
    assert downgrade(after, maximal) == after
