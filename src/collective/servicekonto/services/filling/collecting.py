"""All that was entered, checked page by page: for the review, and for sending."""

from collections.abc import Mapping
from collective.easyform.interfaces import ILabel
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.services.applications.content import Answer
from collective.servicekonto.services.filling.entries import version
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.pages import PageForm
from collective.servicekonto.services.filling.words import as_json
from collective.servicekonto.services.filling.words import in_words
from dataclasses import dataclass
from typing import Any


_NOT_PROVEN = _(
    "This must be confirmed before you can send the form. Please raise the trust level "
    "of your Servicekonto."
)
_NOT_SOLVED = _("Please answer this on its page. It keeps robots out.")
_DOES_NOT_FIT = _(
    "What your account says does not fit into this form. Please ask the office."
)


@dataclass(frozen=True)
class Line:
    """One field: what was entered, and what is wrong with it (None for nothing).

    ``value`` is the field's; ``origin`` are words, empty for what was typed.
    """

    answer: Answer
    value: Any
    origin: Any
    problem: Any


@dataclass(frozen=True)
class CheckedPage:
    """A page with its lines, in their order."""

    page: Page
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Collected:
    """The whole form.

    ``attributes`` are those that the account hands over.
    """

    pages: tuple[CheckedPage, ...]
    files: Mapping[str, Attachment]
    attributes: tuple[str, ...]

    @property
    def lines(self) -> list[Line]:
        """The lines of all pages."""
        return [line for page in self.pages for line in page.lines]

    @property
    def problems(self) -> list[tuple[Page, Line]]:
        """What has to be corrected, and on which page."""
        return [
            (checked.page, line)
            for checked in self.pages
            for line in checked.lines
            if line.problem
        ]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers, without those that say nothing."""
        return tuple(one.answer for one in self.lines if one.answer.text)

    @property
    def version(self) -> str:
        """What tells this content from any other."""
        return version([list(one) for one in self.answers])


def collect(filling: Filling) -> Collected:
    """Return everything that was entered, as it would be sent now."""
    checked = tuple(
        CheckedPage(page, tuple(_lines(filling, page))) for page in filling.pages
    )
    lines = [line for page in checked for line in page.lines]
    names = {line.answer.field for line in lines}
    files = filling.draft.files
    handed = [
        filling.mapping[line.answer.field].attribute
        for line in lines
        if line.answer.origin
    ]
    return Collected(
        checked,
        {name: one for name, one in files.items() if name in names},
        tuple(dict.fromkeys(handed)),
    )


def data_of(filling: Filling, collected: Collected) -> dict[str, Any]:
    """Return the values of all fields, as EasyForm hands them to its actions."""
    values = {line.answer.field: line.value for line in collected.lines}
    form = PageForm(filling, filling.pages[0])
    found: dict[str, Any] = form.updateServerSideData(values)
    return {name: found[name] for name in filling.schema if name in found}


def _lines(filling: Filling, page: Page) -> list[Line]:
    # A captcha is asked once, on its page.
    form = filling.form(page.without(filling.captchas))
    data, _errors = form.extractData()
    return [
        _captcha(filling, page, name)
        if name in filling.captchas
        else _line(filling, page, form, name, data.get(name))
        for name in page.names
        if is_answered(filling, name)
    ]


def is_answered(filling: Filling, name: str) -> bool:
    """Tell whether the field is a question at present."""
    field = filling.schema[name]
    if ILabel.providedBy(field) or name in filling.solved:
        return False
    if name in filling.proven and filling.mapping[name].attribute in filling.kept_back:
        return False
    return filling.is_asked(name)


def _captcha(filling: Filling, page: Page, name: str) -> Line:
    label = filling.schema[name].title
    return Line(Answer(name, label, page.label, "", None), None, "", _NOT_SOLVED)


def _line(filling: Filling, page: Page, form: PageForm, name: str, value: Any) -> Line:
    field = filling.schema[name].bind(filling.service)
    offer = filling.offers.get(name)
    problem = None
    if name in filling.proven:
        value = None if offer is None else offer.value
        problem = proof_problem(filling, name)
    elif form.widgets[name].error:
        problem = form.widgets[name].error.message
    is_from_account = offer is not None and value is not None and value == offer.value
    answer = Answer(
        field=name,
        label=field.title,
        page=page.label,
        text=in_words(field, value, filling.language),
        value=as_json(value),
        origin=offer.origin if is_from_account else "",
    )
    return Line(answer, value, offer.words if is_from_account else "", problem)


def proof_problem(filling: Filling, name: str) -> Any | None:
    """Return why the account does not say what the service requires, or None."""
    offer = filling.offers.get(name)
    if offer is None:
        return _NOT_PROVEN if filling.schema[name].required else None
    return _DOES_NOT_FIT if offer.value is None else None
