"""What the profile asks: questions made from fields of content types.

A webmaster adds fields in the site's type editor; each kind of field that people
can fill in by typing or choosing becomes a question.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.content import COUNTRIES
from dataclasses import dataclass
from enum import Enum
from typing import Any
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDecimal
from zope.schema.interfaces import IFloat
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IIterableVocabulary
from zope.schema.interfaces import INativeStringLine
from zope.schema.interfaces import IPassword
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ValidationError


class Kind(Enum):
    """How a question is answered. The values are told to programs."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    WHOLE = "integer"
    DECIMAL = "decimal"
    DATE = "date"


YES = "yes"
NO = "no"

NOT_SPECIFIED = _("not specified")


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    ``options``    answers to choose from, with their titles; "" is no answer
    ``is_country`` whether these are the countries of ISO 3166-1
    ``accepts``    tells whether an answer, as a Python value, is what the field wants
    """

    name: str
    title: Any
    help: Any
    kind: Kind
    options: Mapping[str, Any]
    is_country: bool
    maximum: int | None
    accepts: Callable[[Any], bool]


@dataclass(frozen=True)
class Group:
    """Several questions that only together say something, such as an address."""

    name: str
    title: Any
    parts: tuple[Question, ...]


@dataclass(frozen=True)
class Rows:
    """The same questions for each of several things, such as children."""

    name: str
    title: Any
    help: Any
    columns: tuple[Question, ...]


Asked = Question | Group | Rows


def question(field: Any, context: Any) -> Question | None:
    """Return the question that the field asks.

    None where people cannot answer by typing or choosing: files, passwords, parts of
    the site. ``context`` is what a vocabulary may depend on.
    """
    kind = _kind(field)
    if kind is None:
        return None
    options = _options(field, kind, context)
    if kind in (Kind.CHOICE, Kind.CHOICES) and not options:
        return None
    return Question(
        name=field.__name__,
        title=field.title,
        help=field.description,
        kind=kind,
        options=options,
        is_country=getattr(field, "vocabularyName", None) == COUNTRIES,
        maximum=getattr(field, "max_length", None),
        accepts=_judge(field),
    )


def former_column(name: str) -> Question:
    """Return a question that is not asked any more, for rows that answered it."""
    return Question(
        name=name,
        title=readable(name),
        help=_("This is not asked any more. You can delete it."),
        kind=Kind.TEXT,
        options={},
        is_country=False,
        maximum=None,
        accepts=lambda answer: True,
    )


def readable(name: str) -> str:
    """Return the name of a field that does not exist any more, as words."""
    return name.replace("_", " ").strip().capitalize()


# More special interfaces stand before those that they extend.
_KINDS = (
    (IPassword, None),
    (IChoice, Kind.CHOICE),
    (IBool, Kind.YES_NO),
    (IInt, Kind.WHOLE),
    (IFloat, Kind.DECIMAL),
    (IDecimal, Kind.DECIMAL),
    (IDate, Kind.DATE),
    (ITextLine, Kind.LINE),
    (INativeStringLine, Kind.LINE),
    (IText, Kind.TEXT),
)


def _kind(field: Any) -> Kind | None:
    if ICollection.providedBy(field):
        return Kind.CHOICES if IChoice.providedBy(field.value_type) else None
    return next((kind for each, kind in _KINDS if each.providedBy(field)), None)


def _options(field: Any, kind: Kind, context: Any) -> dict[str, Any]:
    if kind is Kind.YES_NO:
        return {"": NOT_SPECIFIED, YES: _("yes"), NO: _("no")}
    if kind is Kind.CHOICE:
        offered = _terms(field, context)
        return {"": NOT_SPECIFIED} | offered if offered else {}
    return _terms(field.value_type, context) if kind is Kind.CHOICES else {}


def _terms(field: Any, context: Any) -> dict[str, Any]:
    vocabulary = field.bind(context).vocabulary
    if not IIterableVocabulary.providedBy(vocabulary):
        return {}
    terms = list(vocabulary)
    # Parts of the site, such as pages or images, are no answers.
    if not all(isinstance(term.value, str | int) for term in terms):
        return {}
    return {str(term.value): term.title or str(term.value) for term in terms}


def _judge(field: Any) -> Callable[[Any], bool]:
    def accepts(answer: Any) -> bool:
        try:
            field.validate(answer)
        except ValidationError:
            return False
        return True

    return accepts
