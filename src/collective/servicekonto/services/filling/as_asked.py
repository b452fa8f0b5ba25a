"""What was typed into a form, as the profile asks for it and checks it."""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import NO
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import YES
from collective.servicekonto.selfservice.profile.service import entry_of
from collective.servicekonto.selfservice.profile.service import every_attribute
from collective.servicekonto.selfservice.profile.service import problems_of
from collective.servicekonto.services.filling.words import in_words
from collective.servicekonto.services.mapping.mapped import Mapped
from datetime import date
from typing import Any


def answered(question: Question, value: Any, text: str) -> Any | None:
    """Return the value as an entry of the profile, None where it has none.

    ``text`` is the value as people read it.
    """
    if question.kind is Kind.YES_NO:
        return {True: YES, False: NO}.get(value)
    if question.kind is Kind.CHOICES:
        values = value if isinstance(value, list | tuple | set | frozenset) else [value]
        found = [_option(question, one) for one in values]
        return None if None in found else found
    if question.kind is Kind.CHOICE:
        return _option(question, value) or _option(question, text)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return text


def question_of(asked: Asked, column: str) -> Question | None:
    """Return the question that the column answers, None where there is none."""
    if isinstance(asked, Question):
        return None if column else asked
    parts = asked.parts if isinstance(asked, Group) else asked.columns
    return next((one for one in parts if one.name == column), None)


def problems(filling: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message for each field whose value the profile would not take.

    ``data`` are the values of a page. What the account says is not judged again.
    """
    typed = [one for one in filling.mapping.values() if _is_typed(filling, one, data)]
    if not typed:
        return {}
    asked = {one.name: one for one in every_attribute()}
    found = _entries(filling, asked, typed, data)
    wrong = {
        mapped.field: _problem(
            asked[mapped.attribute],
            mapped.column,
            _beside(filling, asked, mapped, found) | {mapped.column: entry},
            filling.today,
        )
        for mapped, entry in found.items()
    }
    return {name: message for name, message in wrong.items() if message is not None}


def _is_typed(filling: Any, mapped: Mapped, data: Mapping[str, Any]) -> bool:
    value = data.get(mapped.field)
    return value is not None and value != filling.prefilled(mapped.field)


def _entries(
    filling: Any, asked: Mapping[str, Asked], typed: list[Mapped], data: Any
) -> dict[Mapped, Any]:
    return {
        mapped: entry
        for mapped in typed
        for entry in _entry(filling, asked, mapped, data[mapped.field])
    }


def _entry(
    filling: Any, asked: Mapping[str, Asked], mapped: Mapped, value: Any
) -> Iterator[Any]:
    """Yield the entry, nothing where the profile asks for something else."""
    if mapped.attribute not in asked:
        return
    question = question_of(asked[mapped.attribute], mapped.column)
    if question is None:
        return
    field = filling.schema[mapped.field].bind(filling.service)
    entry = answered(question, value, in_words(field, value, filling.language))
    if entry is not None:
        yield entry


def _beside(
    filling: Any,
    asked: Mapping[str, Asked],
    mapped: Mapped,
    found: Mapping[Mapped, Any],
) -> dict[str, Any]:
    """Return the other parts: the country decides what a postcode is."""
    whole = asked[mapped.attribute]
    known = filling.released.get(mapped.attribute)
    is_known = isinstance(whole, Group) and known is not None
    stated = entry_of(whole, known.value) if is_known else {}
    typed = {
        one.column: entry
        for one, entry in found.items()
        if one.attribute == mapped.attribute
    }
    return {**stated, **typed}


def _problem(asked: Asked, column: str, entries: dict[str, Any], today: date) -> Any:
    if isinstance(asked, Question):
        return problems_of(asked, entries[column], today).get(asked.name)
    parts = asked.parts if isinstance(asked, Group) else asked.columns
    group = Group(asked.name, asked.title, parts)
    return problems_of(group, entries, today).get(f"{asked.name}.{column}")


def _option(question: Question, value: Any) -> str | None:
    if str(value) in question.options:
        return str(value)
    found = (key for key, title in question.options.items() if title == value and key)
    return next(found, None)
