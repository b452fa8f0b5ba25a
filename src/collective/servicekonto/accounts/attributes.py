"""The attributes of an account: its fields, each with its trust level and source.

The values are fields of the content type, which a webmaster can extend, and rows of
the types that the portal offers. Beside them the account keeps for each attribute
who says so, and since when.
"""

from Acquisition import aq_base
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.content import IServicekonto
from collective.servicekonto.accounts.content import Servicekonto
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.changes import type_over
from collective.servicekonto.identity.levels import TrustLevel
from datetime import datetime
from plone.dexterity.interfaces import IDexterityFTI
from typing import Any
from zope.component import getUtility
from zope.schema import getFieldNamesInOrder


TYPE_NAME = "Servicekonto"

# Attributes of several fields, which only together say something.
COMPOSED = {"address": ("street", "postal_code", "city", "country")}

_PARTS = {part: name for name, parts in COMPOSED.items() for part in parts}


def schema() -> Any:
    """Return the schema of the content type, with the fields of the webmaster."""
    return getUtility(IDexterityFTI, name=TYPE_NAME).lookupSchema()


# What an account is made of. A field of the webmaster that is called the same is
# neither shown nor exported nor changed.
RESERVED = (
    frozenset(dir(Servicekonto)) | frozenset(Servicekonto.__annotations__)
) - frozenset(IServicekonto.names(all=True))


def field_attributes() -> list[str]:
    """Return the names of the attributes that are fields, in their order."""
    fields = (name for name in getFieldNamesInOrder(schema()) if name not in RESERVED)
    return list(dict.fromkeys(_PARTS.get(name, name) for name in fields))


def attributes(account: Any) -> dict[str, Attribute]:
    """Return everything that is known, by name.

    This includes what was stored under fields that do not exist any more.
    """
    names = dict.fromkeys([*field_attributes(), *account.evidence, *account.rows])
    found = {name: attribute(account, name) for name in names if name not in RESERVED}
    return {name: one for name, one in found.items() if one is not None}


def attribute(account: Any, name: str) -> Attribute | None:
    """Return the attribute, or None where nobody stated it.

    What a test identity proved counts as typed where none are allowed. What an account
    is made of beside them, such as the password's hash, is none.
    """
    if name in RESERVED:
        return None
    value = _value(account, name)
    evidence = account.evidence.get(name)
    if evidence is not None:
        level, source, since = evidence
        if _is_by_card(source) and invented.is_void(account):
            return _unproven(value, since)
        return Attribute(value, TrustLevel(level), Source(source), since)
    if is_empty(value):
        return None
    # Typed when the citizen registered.
    return Attribute(value, TrustLevel.BASIS, Source.TYPED, account.registered)


def type_in(account: Any, name: str, value: Value, now: datetime) -> None:
    """Keep what the citizen typed; an empty value clears it.

    Raises AttributeLocked or ProofNeeded (see identity.changes.type_over).
    """
    old = attribute(account, name)
    if old is None and is_empty(value):
        return
    if old is not None and old.value == value:
        return
    put(account, name, type_over(name, old, value, int(now.timestamp())))


def put(account: Any, name: str, new: Attribute | None) -> None:
    """Store the attribute as it is; None removes it. The rules were asked before."""
    evidence = dict(account.evidence)
    if new is None:
        evidence.pop(name, None)
        _set_value(account, name, "")
    else:
        evidence[name] = (new.level.value, new.source.value, new.since)
        _set_value(account, name, new.value)
    account.evidence = evidence
    account.revision += 1


def forget_proofs(account: Any) -> None:
    """Let what the Online-Ausweis proved be no more than typed."""
    for name, (_level, source, since) in account.evidence.items():
        if _is_by_card(source):
            put(account, name, _unproven(_value(account, name), since))


def _is_by_card(source: str) -> bool:
    return Source(source) is Source.ONLINE_AUSWEIS


def _unproven(value: Value, since: int) -> Attribute | None:
    return None if is_empty(value) else typed(value, since)


def _value(account: Any, name: str) -> Value:
    # With its wrapper an account would acquire what the site calls the same.
    account = aq_base(account)
    if name in COMPOSED:
        parts = {part: _stored(account, part) for part in COMPOSED[name]}
        return parts if any(parts.values()) else ""
    if name in account.rows:
        return list(account.rows[name])
    return _stored(account, name)


def _stored(account: Any, name: str) -> Value:
    # The default of a field is no statement of the citizen, so it is passed over.
    account._p_activate()
    value: Value | None = account.__dict__.get(name)
    return "" if value is None else value


def _set_value(account: Any, name: str, value: Value) -> None:
    if name in RESERVED:
        raise ValueError(name)
    if name in COMPOSED:
        parts = value if isinstance(value, dict) else {}
        for part in COMPOSED[name]:
            setattr(account, part, parts.get(part, ""))
    elif isinstance(value, list):
        account.rows = account.rows | {name: tuple(value)}
    else:
        account.rows = {key: rows for key, rows in account.rows.items() if key != name}
        if not is_empty(value) or hasattr(aq_base(account), name):
            setattr(account, name, value)
