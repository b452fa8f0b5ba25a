"""The controls of a form as HTML, made from plain questions and entries.

A profile has dozens of them: a template or an adapter for each would cost more than
the rest of the page.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import Question
from functools import lru_cache
from html import escape
from typing import Any
from zope.i18nmessageid import Message


# Up to so many options are shown at a glance.
_FEW = 4

_LINES_OF_TEXT = 3

_CSS = {
    "help": "form-text mt-0 mb-1",
    "note": "form-text mt-0 mb-1",
    "error": "text-danger fw-bold mb-1",
}

# Value and title of each, in the language of the page.
Options = tuple[tuple[str, str], ...]


def is_group(question: Question) -> bool:
    """Tell whether the control consists of several buttons or boxes."""
    if question.kind is Kind.CHOICES:
        return True
    return 0 < len(question.options) <= _FEW


def field(
    name: str, label: str, texts: Mapping[str, str], control: str, *, group: bool
) -> str:
    """Return the control under its label, with help, note and error between them.

    ``name`` is the id of the control; a ``group`` of buttons is a group for assistive
    technology, too.
    """
    between = "".join(
        f"{_tag('p', {'class': _CSS[kind], 'id': f'{name}-{kind}'})}{escape(text)}</p>"
        for kind, text in texts.items()
        if text
    )
    if not group:
        start = _tag("label", {"class": "form-label", "for": name})
        return (
            f'<div class="mb-3">{start}{escape(label)}</label>{between}{control}</div>'
        )
    start = _tag("fieldset", {"class": "mb-3"} | described(name, texts))
    legend = f'<legend class="form-label fs-6">{escape(label)}</legend>'
    return f"{start}{legend}{between}{control}</fieldset>"


def described(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the attribute that names all texts that belong to a control."""
    ids = " ".join(f"{name}-{kind}" for kind, text in texts.items() if text)
    return {"aria-describedby": ids} if ids else {}


def control(
    question: Question,
    entry: Any,
    attributes: Mapping[str, str],
    translate: Callable[[Any], str],
) -> str:
    """Return what the citizen types or chooses with, filled in with the entry.

    Its name and id are those of the question; ``attributes`` are further ones.
    """
    name = question.name
    chosen = entry if isinstance(entry, list) else [entry]
    if is_group(question):
        return _boxes(question, chosen, _translated(question.options, translate))
    css = "form-select" if question.options else "form-control"
    common = {"class": css, "id": name} | dict(attributes)
    if question.options:
        options = _translated(question.options, translate)
        return select(name, options, chosen, common)
    if question.kind is Kind.TEXT:
        rows = {"rows": str(_LINES_OF_TEXT)}
        # Browsers leave out a line break at the very beginning.
        return f"{_tag('textarea', {'name': name} | rows | common)}\n{escape(entry)}</textarea>"
    return _tag("input", {"type": "text", "name": name, "value": entry} | common)


def select(
    name: str, options: Options, chosen: list[str], attributes: Mapping[str, str]
) -> str:
    """Return a list to choose from."""
    start = _tag("select", {"name": f"{name}:list"} | dict(attributes))
    written = _written(options)
    for each in chosen:
        value = f'value="{escape(each)}"'
        written = written.replace(f"{value}>", f'{value} selected="selected">', 1)
    return f"{start}{written}</select>{_marker(name)}"


def _boxes(question: Question, chosen: list[str], options: Options) -> str:
    several = question.kind is Kind.CHOICES
    common = {
        "class": "form-check-input",
        "name": f"{question.name}:list" if several else question.name,
        "type": "checkbox" if several else "radio",
    }
    boxes = []
    for number, (value, title) in enumerate(options):
        own = common | {"id": f"{question.name}-{number}", "value": value}
        if value in chosen:
            own["checked"] = "checked"
        label = _tag("label", {"class": "form-check-label", "for": own["id"]})
        boxes.append(
            f'<div class="form-check">{_tag("input", own)} '
            f"{label}{escape(title)}</label></div>"
        )
    return f"{''.join(boxes)}{_marker(question.name)}"


def _translated(options: Mapping[str, Any], translate: Callable[[Any], str]) -> Options:
    return tuple(
        (value, translate(title) if isinstance(title, Message) else title)
        for value, title in options.items()
    )


@lru_cache(maxsize=100)
def _written(options: Options) -> str:
    # The countries of the world are many, and always the same.
    return "".join(
        f'<option value="{escape(value)}">{escape(title)}</option>'
        for value, title in options
    )


def _marker(name: str) -> str:
    """Tell that the form asked, where nothing was chosen."""
    facts = {"name": f"{name}-empty-marker", "type": "hidden", "value": "1"}
    return _tag("input", facts)


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {key}="{escape(text)}"' for key, text in attributes.items())
    return f"<{name}{written}>"
