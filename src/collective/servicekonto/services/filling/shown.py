"""What a page shows of each field."""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.easyform.interfaces import IFieldExtender
from collective.easyform.interfaces import ILabel
from collective.easyform.interfaces import ILikert
from collective.easyform.interfaces import IRichLabel
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.services.filling import conditions
from collective.servicekonto.services.filling.collecting import proof_problem
from collective.servicekonto.services.filling.entries import field_of
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import condition_of
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.pages import PageForm
from collective.servicekonto.services.filling.words import in_words
from dataclasses import dataclass
from typing import Any
from z3c.form.interfaces import HIDDEN_MODE
from z3c.form.interfaces import ICheckBoxWidget
from z3c.form.interfaces import IMultiWidget
from z3c.form.interfaces import IRadioWidget
from z3c.form.interfaces import ISingleCheckBoxWidget


@dataclass
class Shown:
    """A field as the template needs it.

    ``kind``    label, proven, hidden, file, group, checkbox or input
    ``anchor``  what a link to the field leads to
    ``html``    the input, or the text of a label
    ``text``    what a proven field says
    """

    name: str
    kind: str
    label: str
    help: str
    anchor: str
    html: str = ""
    text: str = ""
    origin: Any = ""
    file: Attachment | None = None
    error: Any = None
    optional: bool = False
    condition: str = ""
    css: str = ""

    @property
    def described(self) -> str | None:
        """The ids of what is said about the input."""
        ids = [("help", self.help), ("origin", self.origin), ("error", self.error)]
        found = [f"{self.anchor}-{name}" for name, text in ids if text]
        return " ".join(found) or None


def fields(
    filling: Filling, page: Page, form: PageForm, problems: Mapping[str, Any]
) -> Iterator[Shown]:
    """Yield the fields of the page.

    What depends on an answer of another page is left out here; within the page the
    browser shows and hides it. ``problems`` are messages by field.
    """
    for name in page.names:
        if _can_be_asked(filling, page, name):
            yield _shown(filling, form, name, problems.get(name))


def _can_be_asked(filling: Filling, page: Page, name: str) -> bool:
    if name in filling.proven and filling.mapping[name].attribute in filling.kept_back:
        return False
    if name in filling.solved:
        return False
    condition = condition_of(filling.schema[name])
    asked = {field_of(one.removesuffix(":list")) for one in conditions.names(condition)}
    return bool(asked & set(page.names)) or filling.is_asked(name)


def _shown(filling: Filling, form: PageForm, name: str, problem: Any) -> Shown:
    field = filling.schema[name]
    extended = IFieldExtender(field)
    found = Shown(
        name=name,
        kind="",
        label=field.title or "",
        help=field.description or "",
        anchor=f"form-widgets-{name}",
        error=problem,
        optional=not field.required,
        condition=extended.depends_on or "",
        css=extended.css_class or "",
    )
    if ILabel.providedBy(field):
        return _label(found, field)
    if name in filling.proven:
        return _proven(found, filling, field)
    widget = form.widgets[name]
    if widget.mode == HIDDEN_MODE:
        found.kind, found.html = "hidden", widget.render()
        return found
    if name in filling.for_files:
        found.kind, found.file = "file", form.files.get(name)
        return found
    return _input(found, filling, widget)


def _label(found: Shown, field: Any) -> Shown:
    found.kind = "label"
    rich = getattr(field, "rich_label", None) if IRichLabel.providedBy(field) else None
    if rich:
        found.html = getattr(rich, "output", None) or clean_html(str(rich))
    return found


def _proven(found: Shown, filling: Filling, field: Any) -> Shown:
    found.kind = "proven"
    offer = filling.offers.get(found.name)
    found.error = found.error or proof_problem(filling, found.name)
    if offer is not None:
        bound = field.bind(filling.service)
        found.text = in_words(bound, offer.value, filling.language)
        found.origin = offer.words
    return found


def _input(found: Shown, filling: Filling, widget: Any) -> Shown:
    found.kind = _kind(widget)
    found.anchor = _first_input(found, widget)
    offer = filling.offers.get(found.name)
    entered = {field_of(one) for one in filling.entries}
    if offer is not None and offer.value is not None and found.name not in entered:
        found.origin = offer.words
    if found.kind == "input":
        _describe(found, widget)
    found.html = widget.render()
    return found


def _kind(widget: Any) -> str:
    if ISingleCheckBoxWidget.providedBy(widget):
        return "checkbox"
    groups = (IRadioWidget, ICheckBoxWidget, IMultiWidget)
    is_group = any(kind.providedBy(widget) for kind in groups)
    return "group" if is_group or ILikert.providedBy(widget.field) else "input"


def _first_input(found: Shown, widget: Any) -> str:
    if found.kind in ("checkbox", "group") and not ILikert.providedBy(widget.field):
        return f"{widget.id}-0"
    return str(widget.id)


def _describe(found: Shown, widget: Any) -> None:
    """Tell assistive technology what is said about the input."""
    attributes = getattr(widget, "attributes", None)
    if not isinstance(attributes, dict):
        return
    if found.described:
        attributes["aria-describedby"] = found.described
    if found.error:
        attributes["aria-invalid"] = "true"
