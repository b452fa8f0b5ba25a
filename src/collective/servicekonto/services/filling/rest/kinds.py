"""What sort of answer a field takes, and its options."""

from collective.easyform.interfaces import ILabel
from collective.easyform.interfaces import ILikert
from collective.servicekonto.services.filling.filling import is_captcha
from enum import Enum
from plone.namedfile.interfaces import INamedField
from typing import Any
from zope.i18n import translate
from zope.schema import interfaces as schema


class Kind(Enum):
    """``OTHER`` can be filled in on the pages of the form only."""

    LABEL = "label"
    CAPTCHA = "captcha"
    FILE = "file"
    LIKERT = "likert"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"
    YES_NO = "yes_no"
    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    LINE = "line"
    TEXT = "text"
    OTHER = "other"


# More special interfaces stand before those that they extend.
_KINDS = (
    (ILabel, Kind.LABEL),
    (INamedField, Kind.FILE),
    (ILikert, Kind.LIKERT),
    (schema.IChoice, Kind.CHOICE),
    (schema.IBool, Kind.YES_NO),
    (schema.IDatetime, Kind.DATETIME),
    (schema.IDate, Kind.DATE),
    (schema.ITime, Kind.TIME),
    (schema.IInt, Kind.INTEGER),
    (schema.IFloat, Kind.NUMBER),
    (schema.IDecimal, Kind.DECIMAL),
    (schema.ITextLine, Kind.LINE),
    (schema.IText, Kind.TEXT),
)


def kind_of(field: Any) -> Kind:
    """Return the kind of the field."""
    if is_captcha(field):
        return Kind.CAPTCHA
    if schema.ICollection.providedBy(field):
        return _of_collection(field)
    found = (kind for interface, kind in _KINDS if interface.providedBy(field))
    return next(found, Kind.OTHER)


def options_of(field: Any, language: str) -> list[dict[str, str]]:
    """Return what can be chosen; ``field`` is bound to the form."""
    return [
        {
            "value": term.token,
            "title": translate(term.title or term.token, target_language=language),
        }
        for term in _terms(field)
    ]


def token_of(field: Any, value: Any) -> str | None:
    """Return what stands for an option, None where it is none (any more)."""
    return next((one.token for one in _terms(field) if one.value == value), None)


def _of_collection(field: Any) -> Kind:
    if schema.IChoice.providedBy(field.value_type):
        return Kind.CHOICES
    if schema.ITextLine.providedBy(field.value_type):
        return Kind.LINES
    return Kind.OTHER


def _terms(field: Any) -> list[Any]:
    kind = field.value_type if schema.ICollection.providedBy(field) else field
    return list(kind.vocabulary) if schema.IChoice.providedBy(kind) else []
