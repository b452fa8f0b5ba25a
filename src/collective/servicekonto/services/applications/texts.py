"""An application as text: in the Postfach, and on paper."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.services.applications import words
from collective.servicekonto.services.applications.content import Answer
from html import escape
from itertools import groupby
from typing import Any


Translate = Callable[[Any], str]

_NOTHING = _("no entry")


def facts(application: Any, language: str, translate: Translate) -> list[str]:
    """Return what is known of the application besides its answers."""
    moment = translate(words.when(application.submitted, language))
    said = [
        _("Application number: ${number}", mapping={"number": application.number}),
        _("Received on ${moment}", mapping={"moment": moment}),
        _("To: ${office}", mapping={"office": application.office_name}),
    ]
    if application.purpose:
        said.append(_("Purpose: ${text}", mapping={"text": application.purpose}))
    if application.legal_basis:
        basis = {"text": application.legal_basis}
        said.append(_("Legal basis: ${text}", mapping=basis))
    return [clean_line(translate(one)) for one in said]


def answers_html(answers: Iterable[Answer], translate: Translate) -> str:
    """Return the answers as clean HTML, page by page."""
    parts = []
    for page, found in groupby(answers, key=lambda one: one.page):
        if clean_line(page):
            parts.append(f"<h2>{_line(page)}</h2>")
        parts += [_paragraph(one, translate) for one in found]
    return "".join(parts)


def file_names(attachments: Iterable[Any]) -> list[str]:
    """Return the names of the files, as they can be written into a text."""
    return [clean_line(one.name) for one in attachments]


def list_html(texts: Iterable[str]) -> str:
    """Return the texts as a list, nothing where there are none."""
    items = "".join(f"<li>{_line(one)}</li>" for one in texts)
    return f"<ul>{items}</ul>" if items else ""


def _paragraph(answer: Answer, translate: Translate) -> str:
    lines = "<br>".join(_lines(answer.text)) or escape(translate(_NOTHING))
    origin = words.origin(answer.origin)
    source = f"<br><em>({escape(translate(origin))})</em>" if origin else ""
    return f"<p><strong>{_line(answer.label)}</strong><br>{lines}{source}</p>"


def _lines(text: str) -> Iterator[str]:
    yield from map(escape, clean_text(text).strip().split("\n") if text.strip() else ())


def _line(text: str) -> str:
    return escape(clean_line(text))
