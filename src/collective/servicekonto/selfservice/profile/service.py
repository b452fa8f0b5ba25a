"""The door to the profile: what is asked, what was answered, and saving it."""

from collections.abc import Mapping
from collections.abc import Sequence
from collective.servicekonto import _
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.attributes import COMPOSED
from collective.servicekonto.accounts.attributes import RESERVED
from collective.servicekonto.accounts.attributes import schema
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import former_column
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import question
from collective.servicekonto.selfservice.profile.questions import readable
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.rows import offered_row_types
from collective.servicekonto.selfservice.profile.rows import row_types
from collective.servicekonto.selfservice.profile.rules import cleaned
from collective.servicekonto.selfservice.profile.rules import cleaned_group
from collective.servicekonto.selfservice.profile.rules import cleaned_rows
from collective.servicekonto.selfservice.profile.rules import EntryProblem
from collective.servicekonto.selfservice.profile.rules import shown
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from hashlib import sha256
from typing import Any
from zope.schema import getFieldsInOrder
import json


Problems = dict[str, Any]

# The titles of attributes that consist of several fields.
_GROUPS = {"address": _("Address")}

_VERSION_LENGTH = 16


class ProfileRefused(ValueError):
    """Nothing was saved."""


class Incorrect(ProfileRefused):
    """``problems`` has a message for each wrong entry, such as ``Kind.0.iban``."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class ChangedElsewhere(ProfileRefused):
    """What would be changed was changed since it was shown.

    ``names`` are the attributes. Saving again with their present versions is heeded.
    """

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class Locked(ProfileRefused):
    """The Online-Ausweis proved these attributes; they cannot be typed over."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True)
class Answer:
    """A question with what is known: the attribute, or None where nobody stated it.

    ``entry``   the value as it is typed or chosen
    ``version`` differs whenever the entry differs; empty for no entry
    """

    asked: Asked
    attribute: Attribute | None
    entry: Any
    version: str
    locked: bool


@dataclass(frozen=True)
class Former:
    """What is kept though it is not asked any more."""

    name: str
    title: Any
    attribute: Attribute


def profile(account: Any) -> dict[str, Answer]:
    """Return everything that is asked, by the name of the attribute, in its order.

    The e-mail address is not among it: it changes by proof only.
    """
    found = _asked(account, account.rows)
    return {asked.name: _answer(account, asked) for asked in found}


def everything_asked() -> list[Asked]:
    """Return what the profile asks everybody, in its order."""
    return _asked(get_portal(), {})


def every_attribute() -> list[Asked]:
    """Return what is asked, in the profile or elsewhere: the e-mail address last."""
    email = question(schema()[EMAIL], get_portal())
    return [*everything_asked(), *([] if email is None else [email])]


def former(account: Any, answers: Mapping[str, Answer]) -> list[Former]:
    """Return what the citizen answered before the webmaster removed the question.

    ``answers`` are those of the profile.
    """
    asked = {*answers, EMAIL}
    titles = {fti.getId(): fti.Title() for fti in row_types()}
    return [
        Former(name, titles.get(name, readable(name)), known)
        for name, known in attributes(account).items()
        if name not in asked
    ]


def save(
    account: Any, entries: Mapping[str, Any], seen: Mapping[str, str], now: datetime
) -> list[str]:
    """Keep the entries; return the names of the attributes that changed.

    ``seen`` are the versions that the citizen saw. An attribute that changed since,
    in another window for example, keeps that change if the citizen left it alone.
    Former attributes can only be emptied. Nothing at all is saved if one of
    Incorrect, ChangedElsewhere or Locked is raised.
    """
    answers = profile(account)
    gone = {each.name for each in former(account, answers)}
    _check_names(entries, answers, gone)
    changes = {
        name: entry
        for name, entry in entries.items()
        if name in answers and _is_change(answers[name], entry, seen.get(name, ""))
    }
    values = _cleaned_all(answers, changes, now.date())
    locked = [name for name in values if answers[name].locked]
    if locked:
        raise Locked(locked)
    conflicts = [name for name in values if answers[name].version != seen.get(name, "")]
    if conflicts:
        raise ChangedElsewhere(conflicts)
    values |= {name: "" for name in entries if name in gone}
    for name, value in values.items():
        type_in(account, name, value, now)
    return list(values)


def problems_of(asked: Asked, entry: Any, today: date) -> Problems:
    """Return a message for each part of the entry that could not be kept."""
    return _cleaned(asked, entry, today)[1]


def read_entries(entries: Mapping[str, Any], today: date) -> dict[str, Value]:
    """Return the values of what was typed or chosen, whoever typed it.

    What the profile does not ask is left out. Raises Incorrect.
    """
    values: dict[str, Value] = {}
    problems: Problems = {}
    for asked in everything_asked():
        if asked.name in entries:
            values[asked.name], wrong = _cleaned(asked, entries[asked.name], today)
            problems |= wrong
    if problems:
        raise Incorrect(problems)
    return values


def is_answerable(name: str, field: Any, context: Any) -> bool:
    """Tell whether citizens can answer what this field of the account asks."""
    if name in RESERVED:
        return False
    return question(field, context) is not None


def entry_of(asked: Asked, value: Value) -> Any:
    """Return the value as it is typed or chosen."""
    if isinstance(asked, Rows):
        return [_entries(asked.columns, row) for row in _rows_of(value)]
    if isinstance(asked, Group):
        return _entries(asked.parts, value) if value else {}
    return shown(asked, value)


def version(entry: Any) -> str:
    """Return a short text that differs whenever the entry differs.

    Empty rows and cells do not count, so that a new column changes nothing.
    """
    stated = _stated(entry)
    if is_empty(stated):
        return ""
    text = json.dumps(stated, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_VERSION_LENGTH]


def _stated(entry: Any) -> Any:
    if isinstance(entry, dict):
        cells = {name: _stated(cell) for name, cell in entry.items()}
        return {name: cell for name, cell in cells.items() if not is_empty(cell)}
    if isinstance(entry, list):
        return [each for each in map(_stated, entry) if not is_empty(each)]
    return entry


def _asked(context: Any, stored: Mapping[str, Any]) -> list[Asked]:
    parts = {part: name for name, parts in COMPOSED.items() for part in parts}
    single = {
        each.name: each
        for name, field in getFieldsInOrder(schema())
        if name != EMAIL and name not in RESERVED
        for each in [question(field, context)]
        if each is not None
    }
    asked: dict[str, Asked] = {}
    for name, each in single.items():
        whole = parts.get(name)
        if whole is None:
            asked[name] = each
        elif whole not in asked:
            members = tuple(single[part] for part in COMPOSED[whole])
            asked[whole] = Group(whole, _GROUPS[whole], members)
    for fti in offered_row_types():
        if fti.getId() in RESERVED:
            continue
        rows = stored.get(fti.getId(), ())
        asked.setdefault(fti.getId(), _rows(context, fti, rows))
    return list(asked.values())


def _rows(context: Any, fti: Any, stored: Sequence[Mapping[str, Any]]) -> Rows:
    fields = getFieldsInOrder(fti.lookupSchema())
    found = (question(field, context) for _name, field in fields)
    columns = [each for each in found if each is not None]
    names = {each.name for each in columns}
    columns += [
        former_column(name)
        for name in dict.fromkeys(name for row in stored for name in row)
        if name not in names and any(not is_empty(row.get(name)) for row in stored)
    ]
    return Rows(fti.getId(), fti.Title(), fti.Description(), tuple(columns))


def _answer(account: Any, asked: Asked) -> Answer:
    known = attribute(account, asked.name)
    value: Value = "" if known is None else known.value
    asked = _with_present_options(asked, value)
    entry = entry_of(asked, value)
    return Answer(asked, known, entry, version(entry), is_locked(known))


def _with_present_options(asked: Asked, value: Value) -> Asked:
    """Keep on offering what was chosen when it was still among the options."""
    if isinstance(asked, Rows):
        columns = tuple(
            _with_options(each, [row.get(each.name, "") for row in _rows_of(value)])
            for each in asked.columns
        )
        return replace(asked, columns=columns)
    if isinstance(asked, Group):
        parts = value if isinstance(value, dict) else {}
        kept = tuple(
            _with_options(each, [parts.get(each.name, "")]) for each in asked.parts
        )
        return replace(asked, parts=kept)
    return _with_options(asked, value if isinstance(value, list) else [value])


def _with_options(question: Question, values: list[Any]) -> Question:
    if not question.options:
        return question
    chosen = (str(each) for value in values for each in _each(value))
    missing = {each: each for each in chosen if each not in question.options}
    return replace(question, options=dict(question.options) | missing)


def _each(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if isinstance(value, bool) or is_empty(value) else [value]


def _rows_of(value: Value) -> list[dict[str, Value]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _entries(questions: tuple[Question, ...], values: Any) -> dict[str, Any]:
    return {each.name: shown(each, values.get(each.name, "")) for each in questions}


def _is_change(answer: Answer, entry: Any, seen: str) -> bool:
    # What is as it was shown was left alone, whatever happened elsewhere since.
    return version(entry) not in (answer.version, seen)


def _check_names(
    entries: Mapping[str, Any], answers: Mapping[str, Answer], gone: set[str]
) -> None:
    problems: Problems = {}
    for name, entry in entries.items():
        if name in gone and not is_empty(entry):
            problems[name] = _("This is not asked any more. You can only delete it.")
        elif name not in answers and name not in gone:
            problems[name] = _("This is not asked.")
    if problems:
        raise Incorrect(problems)


def _cleaned_all(
    answers: Mapping[str, Answer], entries: Mapping[str, Any], today: date
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    problems: Problems = {}
    for name, entry in entries.items():
        values[name], wrong = _cleaned(answers[name].asked, entry, today)
        problems |= wrong
    if problems:
        raise Incorrect(problems)
    return values


def _cleaned(asked: Asked, entry: Any, today: date) -> tuple[Value, Problems]:
    if isinstance(asked, Rows):
        return cleaned_rows(asked, entry, today)
    if isinstance(asked, Group):
        return cleaned_group(asked, entry, today)
    try:
        return cleaned(asked, entry, today), {}
    except EntryProblem as problem:
        return "", {asked.name: problem.message}
