"""Values of JSON as the inputs in which a browser would have sent them.

So the same validators and conditions decide about them as on the pages.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collective.servicekonto.services.filling.entries import Entries
from collective.servicekonto.services.filling.rest.kinds import Kind
from collective.servicekonto.services.filling.rest.kinds import kind_of
from datetime import date
from datetime import datetime
from datetime import time
from decimal import Decimal
from math import isfinite
from typing import Any
from z3c.form.interfaces import IDataConverter
from z3c.form.interfaces import ISequenceWidget


class NotAsAsked(ValueError):
    """The value does not have the form that the field asks for."""


def inputs(widget: Any, value: Any) -> Entries:
    """Return the inputs of the widget for a value, empty ones for None.

    Raises NotAsAsked.
    """
    kind = kind_of(widget.field)
    if kind is Kind.LIKERT:
        return _rated(widget, value)
    if kind not in _READ:
        raise NotAsAsked
    texts = [] if value is None else _converted(widget, kind, value)
    if ISequenceWidget.providedBy(widget):
        return {widget.name: texts, f"{widget.name}-empty-marker": "1"}
    return {widget.name: "".join(texts)}


def _converted(widget: Any, kind: Kind, value: Any) -> list[str]:
    try:
        return _texts(widget, _READ[kind](value))
    except (TypeError, ValueError, ArithmeticError):
        raise NotAsAsked from None


def _texts(widget: Any, value: Any) -> list[str]:
    """Return what stands in the widget for the value."""
    kind = kind_of(widget.field)
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return _known(widget, value if isinstance(value, list) else [value])
    if kind in (Kind.LINE, Kind.TEXT):
        return [value]
    if kind is Kind.LINES:
        return ["\n".join(value)]
    converter = IDataConverter(widget)
    found = converter.toWidgetValue(value)
    if converter.toFieldValue(found) != value:
        # An input would round it.
        raise NotAsAsked
    return list(found) if isinstance(found, list | tuple) else [str(found)]


def _known(widget: Any, tokens: list[str]) -> list[str]:
    known = {term.token for term in getattr(widget, "terms", None) or ()}
    if not known.issuperset(tokens):
        raise NotAsAsked
    return tokens


def _rated(widget: Any, value: Any) -> Entries:
    """Return the inputs for an answer (or None) to each of the questions."""
    questions, answers = widget.field.questions or (), widget.field.answers or ()
    rated = [None] * len(questions) if value is None else value
    if not isinstance(rated, list) or len(rated) != len(questions):
        raise NotAsAsked
    found: dict[str, str | list[str]] = {}
    for number, answer in enumerate(rated):
        if answer is None:
            found[f"{widget.name}.{number}-empty-marker"] = "1"
        elif answer in answers:
            found[f"{widget.name}.{number}"] = answer
        else:
            raise NotAsAsked
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotAsAsked
    return value


def _list(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise NotAsAsked
    return [_text(one) for one in value]


def _lines(value: Any) -> list[str]:
    found = _list(value)
    if any(len(one.splitlines()) > 1 for one in found):
        raise NotAsAsked
    return found


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAsAsked
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotAsAsked
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAsAsked
    found = float(value)
    if not isfinite(found):
        raise NotAsAsked
    return found


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotAsAsked
    found = Decimal(str(value))
    if not found.is_finite():
        raise NotAsAsked
    return found


_READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.CHOICE: _text,
    Kind.CHOICES: _list,
    Kind.LINES: _lines,
    Kind.YES_NO: _flag,
    Kind.DATETIME: lambda value: datetime.fromisoformat(_text(value)),
    Kind.DATE: lambda value: date.fromisoformat(_text(value)),
    Kind.TIME: lambda value: time.fromisoformat(_text(value)),
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _decimal,
    Kind.LINE: _text,
    Kind.TEXT: _text,
}
