"""What a document shown at the counter proves, and at which level. Pure.

BSI TR-03107-1 (version 1.1.1), section 3.2.1: identities are checked with documents that
are physically shown, at the level of the procedure. The document is an official one
with a photo (Pass, Personalausweis) or its equal in law and technique; trained staff
check its physical security features and compare the photo; the town publishes how it is
done. An authority is an office of section 3.5.3, so that nothing of this ends below
*hoch*. What remains is whether the document can be verified up to there: whether a
foreign one was revoked nobody at the counter can ask (BSI TR-03147, section 4.2.7), so
it proves *substanziell*.

This is the level of the proof alone. What it gives to an attribute is never above the
session in which the citizen asked for the confirmation, nor above the maximal level of
the account (BSI TR-03160-1, chapters 5 and 5.1; see identity.changes.verify). Whoever
has nothing but a password gets *niedrig*: with the password somebody else could get at
the data, and the document at the counter changes nothing about that.
"""

from collections.abc import Mapping
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.changes import verify
from collective.servicekonto.identity.levels import TrustLevel
from datetime import timedelta
from enum import Enum


# So long a citizen has time to come to the counter.
CODE_TIME = timedelta(days=7)

# So long a second clerk has time to look at what the first one took.
WAITING_TIME = timedelta(days=3)

# "No birth name" is a statement of the document; all the others are always there.
MAY_BE_EMPTY = frozenset({"birth_name"})

_PERSON = ("given_names", "family_name", "date_of_birth", "place_of_birth")


class Document(Enum):
    """The documents that are accepted. The values are stored; numbers never are."""

    IDENTITY_CARD = "personalausweis"
    PASSPORT = "reisepass"
    RESIDENCE_PERMIT = "aufenthaltstitel"
    FOREIGN = "ausland"

    @property
    def level(self) -> TrustLevel:
        """Return the level that the document proves at most."""
        return TrustLevel.SUBSTANTIAL if self is Document.FOREIGN else TrustLevel.HIGH

    @property
    def says(self) -> tuple[str, ...]:
        """Return the names of the attributes that stand on it.

        A passport has the town of residence alone, which is no address.
        """
        return _SAYS[self]


_SAYS = {
    Document.IDENTITY_CARD: (*_PERSON, "birth_name", "address"),
    Document.PASSPORT: (*_PERSON, "birth_name"),
    Document.RESIDENCE_PERMIT: (*_PERSON, "address"),
    Document.FOREIGN: _PERSON,
}


def missing(document: Document, values: Mapping[str, Value]) -> list[str]:
    """Return the names of what stands on the document and was not entered."""
    return [
        name
        for name in document.says
        if name not in MAY_BE_EMPTY and is_empty(values.get(name))
    ]


def proofs(
    document: Document, values: Mapping[str, Value], now: int
) -> dict[str, Attribute]:
    """Return what the document proves; what does not stand on it is left out.

    ``now`` in epoch seconds.
    """
    return {
        name: proven(values.get(name, ""), document.level, Source.OFFICE, now)
        for name in document.says
    }


def results(
    stored: Mapping[str, Attribute],
    read: Mapping[str, Attribute],
    session_level: TrustLevel,
    maximal: TrustLevel,
) -> dict[str, Attribute | None]:
    """Return how each attribute would be afterwards, None where it cannot change.

    That is where the Online-Ausweis proved something else: only a card changes that.
    """
    return {
        name: _result(stored.get(name), proof, session_level, maximal)
        for name, proof in read.items()
    }


def _result(
    old: Attribute | None,
    proof: Attribute,
    session_level: TrustLevel,
    maximal: TrustLevel,
) -> Attribute | None:
    if old is not None and is_locked(old):
        return old if old.value == proof.value else None
    return verify(old, proof, session_level, maximal)
