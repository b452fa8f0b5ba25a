"""What may be answered: the rules of the profile, the same for browser and REST.

An entry is what was typed or chosen, a value what is kept. An empty entry is always
allowed: nothing in the profile is mandatory.
"""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.accounts.countries import GERMANY
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.addresses import normalise_address
from collective.servicekonto.identity.attributes import is_empty
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.dates import DateProblem
from collective.servicekonto.identity.dates import display_birth_date
from collective.servicekonto.identity.dates import parse_birth_date
from collective.servicekonto.identity.names import clean_name
from collective.servicekonto.identity.names import NameProblem
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import NO
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.questions import YES
from datetime import date
from decimal import Decimal
from stdnum import iban
from stdnum.exceptions import ValidationError
from typing import Any
import re
import unicodedata


MAXIMUM_LINE = 200
MAXIMUM_TEXT = 2000
MAXIMUM_ROWS = 50

Entry = str | list[str]
Problems = dict[str, Any]

_POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{0,11}")
_GERMAN_POSTAL_CODE = re.compile(r"[0-9]{5}")
_TELEPHONE = re.compile(r"[0-9+/() -]{3,30}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class EntryProblem(ValueError):
    """The entry cannot be kept; ``message`` tells the citizen why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def cleaned(question: Question, entry: Entry, today: date) -> Value:
    """Return the value to keep. Raises EntryProblem."""
    if not (entry.strip() if isinstance(entry, str) else entry):
        return ""
    try:
        return _CLEAN[question.kind](question, entry, today)
    except (AddressProblem, DateProblem, NameProblem) as problem:
        raise EntryProblem(problem.message) from None


def cleaned_group(
    group: Group, entries: dict[str, Entry], today: date
) -> tuple[Value, Problems]:
    """Return the values of all parts, and a message for each that is wrong.

    Without any part it is the empty text: nothing is stated.
    """
    values, problems = _cleaned_all(group.parts, entries, today)
    problem = _postal_code_problem(values)
    if problem is not None:
        problems.setdefault("postal_code", problem)
    named = {f"{group.name}.{part}": text for part, text in problems.items()}
    return (values if any(values.values()) else ""), named


def cleaned_rows(
    rows: Rows, entries: list[dict[str, Entry]], today: date
) -> tuple[Value, Problems]:
    """Return the rows that are not empty, and a message for each wrong entry.

    The names in the messages count the rows from 0, the empty ones included.
    """
    if len(entries) > 2 * MAXIMUM_ROWS:
        return [], {rows.name: _too_many_rows()}
    kept: list[Value] = []
    problems: Problems = {}
    for number, entry in enumerate(entries):
        values, wrong = _cleaned_all(rows.columns, entry, today)
        problem = _postal_code_problem(values)
        if problem is not None:
            wrong.setdefault("postal_code", problem)
        problems |= {f"{rows.name}.{number}.{name}": wrong[name] for name in wrong}
        if not all(is_empty(value) for value in values.values()):
            kept.append(values)
    if len(kept) > MAXIMUM_ROWS:
        problems[rows.name] = _too_many_rows()
    return kept, problems


def _too_many_rows() -> Any:
    return _("Please enter ${maximum} at most.", mapping={"maximum": MAXIMUM_ROWS})


def shown(question: Question, value: Value) -> Entry:
    """Return the value as the citizen types or chooses it."""
    if question.kind is Kind.CHOICES:
        return [str(each) for each in value] if isinstance(value, list) else []
    if isinstance(value, bool):
        return YES if value else NO
    if is_empty(value):
        return ""
    if question.kind is Kind.DATE:
        return display_birth_date(str(value))
    if question.kind is Kind.DECIMAL:
        return str(value).replace(".", ",")
    return _SHOWN_LINES.get(question.name, str)(str(value))


def _cleaned_all(
    questions: tuple[Question, ...], entries: dict[str, Entry], today: date
) -> tuple[dict[str, Value], Problems]:
    values: dict[str, Value] = {}
    problems: Problems = {}
    for question in questions:
        try:
            values[question.name] = cleaned(
                question, entries.get(question.name, ""), today
            )
        except EntryProblem as problem:
            problems[question.name] = problem.message
    return values, problems


def _line(question: Question, entry: Entry, today: date) -> Value:
    text = " ".join(_text(entry, question.maximum or MAXIMUM_LINE).split())
    special = _LINES.get(question.name)
    return _accepted(question, text if special is None else special(text, today))


def _long_text(question: Question, entry: Entry, today: date) -> Value:
    return _accepted(question, _text(entry, question.maximum or MAXIMUM_TEXT).strip())


def _choice(question: Question, entry: Entry, today: date) -> Value:
    if not isinstance(entry, str) or entry not in question.options:
        raise EntryProblem(_("Please choose one of the options."))
    return entry


def _choices(question: Question, entry: Entry, today: date) -> Value:
    if isinstance(entry, str) or not set(entry) <= set(question.options):
        raise EntryProblem(_("Please choose among the options."))
    return [option for option in question.options if option in entry]


def _yes_no(question: Question, entry: Entry, today: date) -> Value:
    return _choice(question, entry, today) == YES


def _whole(question: Question, entry: Entry, today: date) -> Value:
    text = _text(entry, MAXIMUM_LINE).strip()
    if not _WHOLE.fullmatch(text):
        raise EntryProblem(_("Please enter a whole number, for example 12."))
    return _accepted(question, int(text))


def _decimal(question: Question, entry: Entry, today: date) -> Value:
    text = _text(entry, MAXIMUM_LINE).strip()
    if not _DECIMAL.fullmatch(text):
        raise EntryProblem(_("Please enter a number, for example 12,50."))
    number = text.replace(",", ".")
    if not (question.accepts(float(number)) or question.accepts(Decimal(number))):
        raise EntryProblem(_NOT_ACCEPTED)
    return number


def _date(question: Question, entry: Entry, today: date) -> Value:
    text = _text(entry, MAXIMUM_LINE).strip()
    german, iso = _GERMAN_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    parts = german.groups()[::-1] if german else iso.groups() if iso else None
    if parts is None:
        raise EntryProblem(
            _(
                "Please enter the date with day, month and the four digits of the "
                "year, for example 24.12.2026."
            )
        )
    try:
        day = date(*map(int, parts))
    except ValueError:
        raise EntryProblem(_("This day does not exist. Please check it.")) from None
    if not question.accepts(day):
        raise EntryProblem(_NOT_ACCEPTED)
    return day.isoformat()


_CLEAN: dict[Kind, Callable[[Question, Entry, date], Value]] = {
    Kind.LINE: _line,
    Kind.TEXT: _long_text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
}

_NOT_ACCEPTED = _("This entry is not possible here. Please check it.")


def _accepted(question: Question, value: Value) -> Value:
    if not question.accepts(value):
        raise EntryProblem(_NOT_ACCEPTED)
    return value


def _text(entry: Entry, maximum: int) -> str:
    if not isinstance(entry, str):
        raise EntryProblem(_("Please enter text."))
    if len(entry) > maximum:
        raise EntryProblem(
            _(
                "Please shorten the text to ${maximum} characters.",
                mapping={"maximum": maximum},
            )
        )
    text = unicodedata.normalize("NFC", entry)
    if any(unicodedata.category(each)[0] == "C" and each != "\n" for each in text):
        raise EntryProblem(
            _("The text contains invisible control characters. Please type it anew.")
        )
    return text


def _telephone(text: str, today: date) -> str:
    if not _TELEPHONE.fullmatch(text) or not any(each.isdigit() for each in text):
        raise EntryProblem(
            _("Please enter a telephone number, for example +49 30 123456.")
        )
    return text


def _postal_code(text: str, today: date) -> str:
    if not _POSTAL_CODE.fullmatch(text):
        raise EntryProblem(_("Please enter a postcode of at most 12 characters."))
    return text


def _postal_code_problem(values: dict[str, Value]) -> Any | None:
    """A German postcode has five digits; an address without country is German."""
    code = values.get("postal_code")
    if is_empty(code) or (values.get("country") or GERMANY) != GERMANY:
        return None
    if _GERMAN_POSTAL_CODE.fullmatch(str(code)):
        return None
    return _("A German postcode has five digits. Please check it, or the country.")


def _iban(text: str, today: date) -> str:
    try:
        return str(iban.validate(text))
    except ValidationError:
        raise EntryProblem(
            _(
                "This IBAN is not correct. Please compare it with your bank card, "
                "digit by digit."
            )
        ) from None


# Lines with these names have rules of their own, also in fields that a webmaster
# adds to a type.
_LINES: dict[str, Callable[[str, date], str]] = {
    "given_names": lambda text, today: clean_name(text),
    "family_name": lambda text, today: clean_name(text),
    "birth_name": lambda text, today: clean_name(text),
    "date_of_birth": parse_birth_date,
    "email": lambda text, today: normalise_address(text),
    "iban": _iban,
    "postal_code": _postal_code,
    "telephone": _telephone,
}

_SHOWN_LINES: dict[str, Callable[[str], str]] = {
    "date_of_birth": display_birth_date,
    "iban": iban.format,
}
