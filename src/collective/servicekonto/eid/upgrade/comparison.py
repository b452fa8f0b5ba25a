"""What the citizen sees before the upgrade: card beside account, detail by detail."""

from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.changes import to_confirm
from collective.servicekonto.selfservice.profile.questions import readable
from collective.servicekonto.selfservice.profile.service import entry_of
from collective.servicekonto.selfservice.profile.service import everything_asked
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import plain_lines
from collective.servicekonto.selfservice.profile.words import provenance
from collective.servicekonto.selfservice.profile.words import Translate
from typing import Any
from typing import NamedTuple


NONE = _("none")


class Compared(NamedTuple):
    """A detail that the card proves. Texts are lines to read, none for nothing.

    ``same`` tells whether card and account say the same.
    """

    name: str
    title: Any
    account: list[str]
    card: list[str]
    same: bool


class Other(NamedTuple):
    """A detail that the card says nothing about, for confirmation.

    ``note`` says who stated it. ``fixed`` is what cannot be taken away here.
    """

    name: str
    title: Any
    lines: list[str]
    note: str
    fixed: bool


def compared(
    account: Any, read: Mapping[str, Value], translate: Translate
) -> list[Compared]:
    """Return what the card proves beside what the account says, in the profile's order."""
    known = attributes(account)
    found = []
    for name, title, asked in titles(read):
        old = known.get(name)
        before = [] if old is None else value_lines(asked, old.value, translate)
        card = value_lines(asked, read[name], translate) or [translate(NONE)]
        same = old is not None and old.value == read[name]
        found.append(Compared(name, title, before, card, same))
    return found


def listed(
    read: Mapping[str, Value], translate: Translate
) -> list[tuple[Any, list[str]]]:
    """Return title and lines of everything that the card proves, in the same order."""
    return [
        (title, value_lines(asked, read[name], translate) or [translate(NONE)])
        for name, title, asked in titles(read)
    ]


def others(
    account: Any, read: Mapping[str, Attribute], translate: Translate
) -> list[Other]:
    """Return everything else that the account says, where it has to be confirmed."""
    return described(account, to_confirm(attributes(account), read), translate)


def described(
    account: Any, names: Collection[str], translate: Translate
) -> list[Other]:
    """Return what the account says about these details, in the profile's order."""
    known = attributes(account)
    return [
        Other(
            name,
            title,
            value_lines(asked, known[name].value, translate),
            provenance(known[name], translate),
            name == EMAIL,
        )
        for name, title, asked in titles(names)
    ]


def titles(names: Any) -> list[tuple[str, Any, Any]]:
    """Return name, title and question of each, first those that the profile asks."""
    asked = {one.name: one for one in everything_asked()}
    known = {name: one.title for name, one in asked.items()} | {
        EMAIL: _("E-mail address")
    }
    ordered = [*asked, *sorted(set(names) - asked.keys())]
    return [
        (name, known.get(name, readable(name)), asked.get(name))
        for name in ordered
        if name in names
    ]


def value_lines(asked: Any, value: Value, translate: Translate) -> list[str]:
    """Return the value as lines to read, none for nothing."""
    if is_empty(value):
        return []
    if asked is None:
        return plain_lines(value)
    return lines(asked, entry_of(asked, value), translate)
