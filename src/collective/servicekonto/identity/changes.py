"""How attributes change: by typing, by proof, and when means are removed."""

from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import replace


Attributes = Mapping[str, Attribute]

EMAIL = "email"

# What identifies a holder of a German card beside the pseudonym (BSI TR-03160-1,
# chapter 2.2).
MINIMUM_DATA = (
    "given_names",
    "family_name",
    "address",
    "birth_name",
    "date_of_birth",
    "place_of_birth",
)


class ChangeRefused(ValueError):
    """The attribute must not be changed in this way."""


class AttributeLocked(ChangeRefused):
    """The Online-Ausweis proved the value; only a proof as good replaces it."""


class ProofNeeded(ChangeRefused):
    """The e-mail address changes only when a link sent to the new one was followed."""


def is_locked(attribute: Attribute | None) -> bool:
    """Tell whether the citizen cannot type over the attribute.

    Once the card was removed from the account, the level of what it proved has
    sunk, and the citizen may correct it.
    """
    return (
        attribute is not None
        and attribute.source is Source.ONLINE_AUSWEIS
        and attribute.level is Source.ONLINE_AUSWEIS.highest
    )


def type_over(
    name: str, old: Attribute | None, value: Value, now: int
) -> Attribute | None:
    """Return the attribute after the citizen typed the value, None when cleared.

    The same value once more changes nothing; any other has the lowest level
    (chapter 3), whatever was proven before. ``now`` in epoch seconds. Raises
    AttributeLocked, and ProofNeeded for an e-mail address that exists already.
    """
    if old is not None and old.value == value:
        return old
    if is_locked(old):
        raise AttributeLocked(name)
    if name == EMAIL and old is not None:
        raise ProofNeeded(name)
    return None if is_empty(value) else typed(value, now)


def verify(
    old: Attribute | None,
    proof: Attribute,
    session_level: TrustLevel,
    maximal: TrustLevel,
) -> Attribute:
    """Return the attribute after the proof (chapters 5 and 5.1).

    It overwrites the value and has the level of the proof, but never more than
    the session in which the citizen brought it, asked for the link for example,
    nor more than the maximal level of the account. The same value proven no
    better than before changes nothing. Raises AttributeLocked for another value
    that is proven less well than by the Online-Ausweis, ValueError for what is no
    proof.
    """
    if proof.source is Source.TYPED:
        raise ValueError("What is typed proves nothing.")
    new = replace(proof, level=min(proof.level, session_level, maximal))
    if old is None or new.level > old.level:
        return new
    if new.value == old.value:
        return old
    if new.level < old.level and is_locked(old):
        raise AttributeLocked
    return new


def updates(
    stored: Attributes,
    read: Attributes,
    session_level: TrustLevel,
    maximal: TrustLevel,
) -> dict[str, Attribute]:
    """Return what a reading of the card changes, and only that.

    At a log-in these are the address after a move (chapter 2.7) and whatever else
    was read. Raises AttributeLocked.
    """
    verified = {
        name: verify(stored.get(name), proof, session_level, maximal)
        for name, proof in read.items()
    }
    return {
        name: attribute
        for name, attribute in verified.items()
        if attribute != stored.get(name)
    }


def to_confirm(before: Attributes, read: Attributes) -> frozenset[str]:
    """Return the names of the attributes to be shown again for confirmation.

    When a proof raises an attribute of the minimum data set, these are all others
    of the account, so that the citizen notices what somebody else planted there
    (chapter 5.1). ``before`` is the whole account, ``read`` everything that this step
    verified. Nothing of the result may be released above the lowest level before
    the citizen has confirmed it.
    """
    raised = any(
        name in read and (name not in before or before[name].level < read[name].level)
        for name in MINIMUM_DATA
    )
    return frozenset(before.keys() - read.keys()) if raised else frozenset()


def settle(
    attributes: Attributes, shown: Collection[str], kept: Collection[str]
) -> dict[str, Attribute]:
    """Return the attributes after the citizen looked at those that were shown.

    What is kept keeps its value and level, the rest of what was shown is removed,
    and nothing else changes. Raises ProofNeeded where the e-mail address would be
    removed: the citizen logs in with it and changes it by proof.
    """
    discarded = set(shown) - set(kept)
    if EMAIL in discarded & attributes.keys():
        raise ProofNeeded(EMAIL)
    return {
        name: attribute
        for name, attribute in attributes.items()
        if name not in discarded
    }


def downgrade(attributes: Attributes, maximal: TrustLevel) -> dict[str, Attribute]:
    """Return the attributes of an account whose maximal level has sunk (chapter 5).

    Each keeps its value and has at most that level, which is never the lowest
    (chapter 2.5).
    """
    return {
        name: replace(attribute, level=min(attribute.level, maximal))
        for name, attribute in attributes.items()
    }


def matches_minimum_data(
    stored: Attributes, verified: Attributes, wanted: TrustLevel
) -> bool:
    """Tell whether a proof shows the owner of the account (chapters 2.2 and 4.5).

    The minimum data set must be there as a whole, on any level in the account and
    at least on the wanted one, or *niedrig*, in the proof, with equal values. Where
    this holds, the proof stands in for an authentication at the wanted level.
    """
    needed = max(wanted, TrustLevel.LOW)
    return all(
        name in stored
        and name in verified
        and verified[name].level >= needed
        and verified[name].value == stored[name].value
        for name in MINIMUM_DATA
    )
