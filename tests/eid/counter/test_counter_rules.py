"""What a document at the counter proves."""

from collective.servicekonto.eid.counter.rules import Document
from collective.servicekonto.eid.counter.rules import missing
from collective.servicekonto.eid.counter.rules import proofs
from collective.servicekonto.eid.counter.rules import results
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.levels import TrustLevel
import pytest


LOW, SUBSTANTIAL, HIGH = TrustLevel.LOW, TrustLevel.SUBSTANTIAL, TrustLevel.HIGH
SAID = {name: f"said {name}" for name in MINIMUM_DATA}


def afterwards(document, session, maximal, stored=None):
    """Return the family name as it is afterwards, or None where it stays."""
    read = proofs(document, SAID, 7)
    return results(stored or {}, read, session, maximal)["family_name"]


@pytest.mark.parametrize("document", Document)
def test_no_document_says_more_than_the_minimum_data(document):
    assert set(document.says) <= set(MINIMUM_DATA)


def test_an_identity_card_says_all_of_them():
    assert set(Document.IDENTITY_CARD.says) == set(MINIMUM_DATA)


@pytest.mark.parametrize("document", [Document.PASSPORT, Document.FOREIGN])
def test_a_passport_proves_no_address(document):
    assert "address" not in proofs(document, SAID, 7)


def test_a_foreign_document_proves_less():
    assert afterwards(Document.IDENTITY_CARD, HIGH, HIGH).level is HIGH
    assert afterwards(Document.FOREIGN, HIGH, HIGH).level is SUBSTANTIAL


@pytest.mark.parametrize("session", [LOW, SUBSTANTIAL, HIGH])
@pytest.mark.parametrize("maximal", [LOW, SUBSTANTIAL, HIGH])
def test_no_confirmation_is_above_the_log_in_and_the_account(session, maximal):
    found = afterwards(Document.IDENTITY_CARD, session, maximal)
    assert found.level is min(session, maximal)
    assert found.source is Source.OFFICE


def test_that_there_is_no_birth_name_is_proven_by_a_card_that_shows_none():
    values = {name: value for name, value in SAID.items() if name != "birth_name"}
    assert missing(Document.IDENTITY_CARD, values) == []
    assert proofs(Document.IDENTITY_CARD, values, 7)["birth_name"].value == ""
    assert "birth_name" not in proofs(Document.FOREIGN, values, 7)


def test_everything_else_has_to_be_entered():
    assert set(missing(Document.IDENTITY_CARD, {})) == set(MINIMUM_DATA) - {
        "birth_name"
    }


def test_what_was_typed_is_overwritten():
    stored = {"family_name": typed("Mustermann", 1)}
    found = afterwards(Document.PASSPORT, LOW, LOW, stored)
    assert found.value == "said family_name"


@pytest.mark.parametrize("session", [LOW, HIGH])
def test_what_the_card_proved_is_changed_by_a_card_alone(session):
    card = proven("Mustermann", HIGH, Source.ONLINE_AUSWEIS, 1)
    assert afterwards(Document.PASSPORT, session, HIGH, {"family_name": card}) is None


@pytest.mark.parametrize("session", [LOW, HIGH])
def test_what_the_card_proved_stays_where_the_document_says_the_same(session):
    card = proven("said family_name", HIGH, Source.ONLINE_AUSWEIS, 1)
    stored = {"family_name": card}
    assert afterwards(Document.PASSPORT, session, HIGH, stored) == card


def test_the_citizen_can_correct_what_an_office_confirmed():
    assert not is_locked(afterwards(Document.IDENTITY_CARD, HIGH, HIGH))
