"""A value of the account as the value of a field of the form."""

from collections.abc import Callable
from collective.servicekonto.accounts.content import SALUTATIONS
from collective.servicekonto.accounts.countries import country_names
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.dates import display_birth_date
from collective.servicekonto.services.filling.entries import version
from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any
from zope.i18n import translate
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDecimal
from zope.schema.interfaces import IFloat
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ValidationError
import re


_COUNTRIES = ("country", "nationality")

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def part_of(value: Value, column: str, row: str = "") -> Value:
    """Return the part of the value, for example the street of an address.

    Of several rows, such as children, the key says which one is meant; without one
    that is known the result is empty.
    """
    if not column:
        return value
    if isinstance(value, list):
        value = _row(value, row)
    return value.get(column, "") if isinstance(value, dict) else ""


def row_key(row: Any) -> str:
    """Return what tells the row from others, as long as nobody changes it."""
    return version(row)


def in_one_line(value: Value) -> str:
    """Return the value as people read it."""
    return ", ".join(_lines(value))


def _row(rows: list[Any], key: str) -> Any:
    if len(rows) == 1:
        return rows[0]
    return next((one for one in rows if row_key(one) == key), "")


def fitted(field: Any, name: str, value: Value, language: str) -> Any | None:
    """Return the value as the field takes it, or None where it does not fit.

    ``field`` is bound to the form, so that it knows its options; ``name`` is that of
    the attribute or its part.
    """
    if is_empty(value):
        return None
    if IText.providedBy(field):
        value = _in_words(name, value, language)
    found = _converted(field, value)
    if found is None:
        return None
    try:
        field.validate(found)
    except ValidationError:
        return None
    return found


def _in_words(name: str, value: Value, language: str) -> Value:
    """Return the value with words in the place of codes that stand for them."""
    if isinstance(value, dict):
        return {each: _in_words(each, one, language) for each, one in value.items()}
    if name in _COUNTRIES:
        return country_names(language).get(str(value), value)
    if name == "salutation" and value in SALUTATIONS:
        title = SALUTATIONS.getTerm(value).title
        return translate(title, target_language=language)
    return value


def _converted(field: Any, value: Value) -> Any | None:
    for kind, convert in _KINDS:
        if kind.providedBy(field):
            return convert(field, value)
    return None


def _line(field: Any, value: Value) -> str | None:
    return in_one_line(value) or None


def _text(field: Any, value: Value) -> str | None:
    return "\n".join(_lines(value)) or None


def _choice(field: Any, value: Value) -> Any | None:
    wanted = {str(value), *_lines(value)}
    folded = {one.casefold() for one in wanted}
    for term in field.vocabulary:
        if str(term.value) in wanted or term.token in wanted:
            return term.value
        if (term.title or "").casefold() in folded:
            return term.value
    return None


def _collection(field: Any, value: Value) -> Any | None:
    values = value if isinstance(value, list) else [value]
    chosen = [_converted(field.value_type, one) for one in values]
    if not chosen or None in chosen:
        return None
    kind = field._type[-1] if isinstance(field._type, tuple) else field._type
    return kind(chosen)


def _bool(field: Any, value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(field: Any, value: Value) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _int(field: Any, value: Value) -> int | None:
    return _number(int, value)


def _float(field: Any, value: Value) -> float | None:
    return _number(float, value)


def _decimal(field: Any, value: Value) -> Decimal | None:
    return _number(lambda text: Decimal(text), value)


def _number(kind: Callable[[str], Any], value: Value) -> Any | None:
    try:
        return kind(str(value))
    except (ValueError, InvalidOperation):
        return None


def _lines(value: Value) -> list[str]:
    """Return the value as people read it, one line for each of its parts."""
    if isinstance(value, dict):
        return [line for part in _parts(value) for line in _lines(part)]
    if isinstance(value, list):
        return [", ".join(_lines(one)) for one in value]
    text = str(value)
    return [display_birth_date(text) if _DATE.fullmatch(text) else text] if text else []


def _parts(value: dict[str, Value]) -> list[Value]:
    if {"postal_code", "city"} <= set(value):
        # As it stands on an envelope.
        town = f"{value['postal_code']} {value['city']}".strip()
        return [value.get("street", ""), town, value.get("country", "")]
    return list(value.values())


# More special interfaces stand before those that they extend.
_KINDS: tuple[tuple[Any, Callable[[Any, Value], Any | None]], ...] = (
    (IChoice, _choice),
    (ICollection, _collection),
    (IBool, _bool),
    (IDate, _date),
    (IInt, _int),
    (IFloat, _float),
    (IDecimal, _decimal),
    (ITextLine, _line),
    (IText, _text),
)
