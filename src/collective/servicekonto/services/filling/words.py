"""What was entered, as people read it and as JSON can hold it."""

from babel.numbers import format_decimal
from collective.easyform.interfaces import ILikert
from collective.servicekonto import _
from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.postbox.text import to_plain
from datetime import date
from datetime import datetime
from datetime import time
from decimal import Decimal
from plone.app.textfield.interfaces import IRichTextValue
from plone.namedfile.interfaces import INamed
from typing import Any
from zope.i18n import translate
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection


_DAY = "%d.%m.%Y"
_TIME = "%H:%M"


def in_words(field: Any, value: Any, language: str) -> str:
    """Return the value as a person reads it, an empty text for no answer.

    ``field`` is bound to the form, so that it knows its options.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return translate(_("yes") if value else _("no"), target_language=language)
    if IChoice.providedBy(field):
        return _chosen(field, value, language)
    if ICollection.providedBy(field):
        return _several(field, value, language)
    if ILikert.providedBy(field):
        return _rated(field, value)
    return _plain(value, language)


def as_json(value: Any) -> Any:
    """Return the value as JSON can hold it; dates in the form of ISO 8601."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): as_json(one) for name, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(as_json, value), key=str)
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if IRichTextValue.providedBy(value):
        return to_plain(clean_html(value.raw or ""))
    if INamed.providedBy(value):
        return {"name": value.filename, "bytes": value.getSize()}
    return str(value)


def _chosen(field: Any, value: Any, language: str) -> str:
    try:
        term = field.vocabulary.getTerm(value)
    except LookupError:
        return str(value)
    title = term.title or term.token
    return str(translate(title, target_language=language))


def _several(field: Any, values: Any, language: str) -> str:
    kind = field.value_type
    if any(isinstance(one, dict) for one in values):
        return "\n".join(_row(kind, row, language) for row in values)
    ordered = values
    if IChoice.providedBy(kind) and isinstance(values, set | frozenset):
        ordered = [term.value for term in kind.vocabulary if term.value in values]
    texts = (_member(kind, one, language) for one in ordered)
    separator = ", " if IChoice.providedBy(kind) else "\n"
    return separator.join(text for text in texts if text)


def _member(field: Any, value: Any, language: str) -> str:
    return (
        _plain(value, language) if field is None else in_words(field, value, language)
    )


def _row(kind: Any, row: dict[str, Any], language: str) -> str:
    schema = getattr(kind, "schema", None)
    cells = []
    for name, value in row.items():
        field = None if schema is None else schema.get(name)
        text = _member(field, value, language)
        title = name if field is None else field.title
        if text:
            cells.append(f"{translate(title, target_language=language)}: {text}")
    return "; ".join(cells)


def _rated(field: Any, value: str) -> str:
    answers = field.parse(value)
    return "\n".join(
        f"{field.questions[number - 1]}: {answer}" for number, answer in answers.items()
    )


def _plain(value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return value.strftime(f"{_DAY}, {_TIME}")
    if isinstance(value, date):
        return value.strftime(_DAY)
    if isinstance(value, time):
        return value.strftime(_TIME)
    if isinstance(value, float | Decimal):
        return str(format_decimal(value, locale=language.replace("-", "_")))
    if INamed.providedBy(value):
        return str(value.filename)
    found = as_json(value)
    return found if isinstance(found, str) else str(found)
