"""The page of the profile, section by section, as its template shows it."""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.selfservice.profile.controls import control
from collective.servicekonto.selfservice.profile.controls import described
from collective.servicekonto.selfservice.profile.controls import field
from collective.servicekonto.selfservice.profile.controls import is_group
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.service import Answer
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import provenance
from collective.servicekonto.selfservice.profile.words import Translate
from dataclasses import dataclass
from typing import Any
from z3c.form.interfaces import ICheckBoxWidget
from z3c.form.interfaces import ISelectWidget
import dataclasses


PERSON = _("About you")
ADDRESS = _("Your address")
CONTACT = _("How to reach you")
MORE = _("Further details")

# Where the attributes that every site asks are shown; the rest follows.
_PLACES = {
    "salutation": PERSON,
    "doctoral_degree": PERSON,
    "given_names": PERSON,
    "family_name": PERSON,
    "birth_name": PERSON,
    "date_of_birth": PERSON,
    "place_of_birth": PERSON,
    "nationality": PERSON,
    "address": ADDRESS,
    "telephone": CONTACT,
}


@dataclass
class Input:
    """A control under its label; ``href`` leads to it where something is wrong."""

    html: str
    error: str
    href: str


@dataclass
class Fixed:
    """What is shown as text, because it cannot be changed here."""

    label: Any
    lines: list[str]
    note: str


@dataclass
class Row:
    """One of several things: a child, a vehicle."""

    number: int
    inputs: list[Input]


@dataclass
class Section:
    """A part of the page under a heading of its own.

    ``parts`` are its Inputs and what is Fixed; ``rows`` is None where there are none.
    """

    id: str
    title: Any
    help: Any = ""
    note: str = ""
    error: str = ""
    name: str = ""
    parts: list[Input | Fixed] = dataclasses.field(default_factory=list)
    rows: list[Row] | None = None


@dataclass
class Filled:
    """What the form is filled in with.

    ``problems`` has a message for each wrong entry; ``attributes`` gives further ones
    of the control of this name; ``widgets`` are those of the rows.
    """

    entries: dict[str, Any]
    problems: dict[str, Any]
    attributes: Callable[[str], dict[str, str]]
    widgets: Any
    translate: Translate


def sections(answers: dict[str, Answer], filled: Filled) -> list[Section]:
    """Return the sections of the page in their order."""
    found: dict[Any, Section] = {}
    for number, title in enumerate((PERSON, ADDRESS, CONTACT, MORE)):
        found[title] = Section(f"section-{number}", title)
    for name, answer in answers.items():
        if isinstance(answer.asked, Rows):
            found[name] = _rows_section(answer, answer.asked, filled)
        else:
            section = found[_PLACES.get(name, MORE)]
            section.parts += _parts(answer, section, filled)
    return [each for each in found.values() if each.parts or each.rows is not None]


def _parts(answer: Answer, section: Section, filled: Filled) -> list[Input | Fixed]:
    note = _note(answer, filled.translate)
    asked = answer.asked
    if answer.locked:
        text = lines(asked, answer.entry, filled.translate)
        return [Fixed(asked.title, text or [filled.translate(_("none"))], note)]
    entry = filled.entries[asked.name]
    if isinstance(asked, Question):
        return [_input(asked, entry, asked.name, note, filled)]
    # The parts of an address are stated together.
    section.note = note
    parts = asked.parts if isinstance(asked, Group) else ()
    return [
        _input(part, entry.get(part.name, ""), f"{asked.name}.{part.name}", "", filled)
        for part in parts
    ]


def _input(
    question: Question, entry: Any, path: str, note: str, filled: Filled
) -> Input:
    translate = filled.translate
    group = is_group(question)
    texts = {
        "help": translate(question.help or ""),
        "note": note,
        "error": translate(filled.problems.get(path, "")),
    }
    attributes = filled.attributes(question.name) | _marks(question.name, texts)
    made = control(question, entry, attributes, translate)
    return _labelled(question.name, translate(question.title), texts, made, group=group)


def _marks(name: str, texts: dict[str, str]) -> dict[str, str]:
    return described(name, texts) | ({"aria-invalid": "true"} if texts["error"] else {})


def _labelled(
    name: str, label: str, texts: dict[str, str], made: str, *, group: bool
) -> Input:
    href = f"#{name}-0" if group else f"#{name}"
    return Input(field(name, label, texts, made, group=group), texts["error"], href)


def _rows_section(answer: Answer, asked: Rows, filled: Filled) -> Section:
    name = asked.name
    section = Section(
        f"section-{name}",
        asked.title,
        note=_note(answer, filled.translate),
        name=name,
    )
    if answer.locked:
        text = lines(asked, answer.entry, filled.translate)
        section.parts = [Fixed(asked.title, text, "")]
        return section
    section.help = asked.help
    section.error = filled.problems.get(name, "")
    rows = filled.widgets[name].widgets if name in filled.widgets else []
    section.rows = [
        Row(
            number,
            [
                _cell(
                    cell,
                    filled.problems.get(f"{name}.{number}.{column}", ""),
                    filled.translate,
                )
                for column, cell in row.widgets.items()
            ],
        )
        for number, row in enumerate(rows)
    ]
    return section


def _cell(widget: Any, error: Any, translate: Translate) -> Input:
    group = ICheckBoxWidget.providedBy(widget)
    texts = {"help": translate(widget.field.description), "error": translate(error)}
    if not group:
        css = "form-select" if ISelectWidget.providedBy(widget) else "form-control"
        widget.klass = css
        widget.attributes.update({"class": css} | _marks(widget.id, texts))
    label = translate(widget.field.title)
    return _labelled(widget.id, label, texts, widget.render(), group=group)


def _note(answer: Answer, translate: Translate) -> str:
    if answer.attribute is None:
        return ""
    return provenance(answer.attribute, translate)
