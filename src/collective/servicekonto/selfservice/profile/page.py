"""The page of the profile, section by section, as its template shows it."""

from collective.servicekonto import _
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.service import Answer
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import provenance
from collective.servicekonto.selfservice.profile.words import Translate
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from z3c.form.interfaces import ICheckBoxWidget
from z3c.form.interfaces import IRadioWidget
from z3c.form.interfaces import ISelectWidget


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
    """A field with label, help, error, and who said what is in it.

    ``described`` are the ids of all texts that belong to the input.
    """

    widget: Any
    note: str = ""

    def __post_init__(self) -> None:
        self.id = self.widget.id
        self.label = self.widget.field.title
        self.help = self.widget.field.description
        self.error = self.widget.error.message if self.widget.error else ""
        self.is_group = IRadioWidget.providedBy(self.widget) or (
            ICheckBoxWidget.providedBy(self.widget)
        )
        texts = {"help": self.help, "note": self.note, "error": self.error}
        self.described = " ".join(f"{self.id}-{name}" for name in texts if texts[name])
        self._mark()

    def _mark(self) -> None:
        css = "form-select" if ISelectWidget.providedBy(self.widget) else "form-control"
        if not self.is_group:
            self.widget.klass = css
            self.widget.attributes["class"] = css
        if self.described and not self.is_group:
            self.widget.attributes["aria-describedby"] = self.described
        if self.error:
            self.widget.attributes["aria-invalid"] = "true"


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
    parts: list[Input | Fixed] = field(default_factory=list)
    rows: list[Row] | None = None


def sections(
    answers: dict[str, Answer], widgets: Any, translate: Translate
) -> list[Section]:
    """Return the sections of the page in their order."""
    found: dict[Any, Section] = {}
    for number, title in enumerate((PERSON, ADDRESS, CONTACT, MORE)):
        found[title] = Section(f"section-{number}", title)
    for name, answer in answers.items():
        if isinstance(answer.asked, Rows):
            found[name] = _rows_section(answer, widgets, translate)
        else:
            section = found[_PLACES.get(name, MORE)]
            section.parts += _parts(answer, section, widgets, translate)
    return [each for each in found.values() if each.parts or each.rows is not None]


def _parts(
    answer: Answer, section: Section, widgets: Any, translate: Translate
) -> list[Input | Fixed]:
    note = _note(answer, translate)
    if answer.locked:
        text = lines(answer.asked, answer.entry, translate)
        return [Fixed(answer.asked.title, text or [translate(_("none"))], note)]
    if isinstance(answer.asked, Question):
        return [Input(widgets[answer.asked.name], note)]
    # The parts of an address are stated together.
    section.note = note
    parts = answer.asked.parts if isinstance(answer.asked, Group) else ()
    return [Input(widgets[part.name]) for part in parts]


def _rows_section(answer: Answer, widgets: Any, translate: Translate) -> Section:
    name = answer.asked.name
    section = Section(
        f"section-{name}",
        answer.asked.title,
        note=_note(answer, translate),
        name=name,
    )
    if answer.locked:
        text = lines(answer.asked, answer.entry, translate)
        section.parts = [Fixed(answer.asked.title, text, "")]
        return section
    widget = widgets[name]
    section.help = answer.asked.help if isinstance(answer.asked, Rows) else ""
    section.error = widget.error.message if widget.error else ""
    section.rows = [
        Row(number, [Input(cell) for cell in row.widgets.values()])
        for number, row in enumerate(widget.widgets)
    ]
    return section


def _note(answer: Answer, translate: Translate) -> str:
    if answer.attribute is None:
        return ""
    return provenance(answer.attribute, translate)
