"""What a browser sent, read as entries of the profile. Nothing sent can break it."""

from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.rules import MAXIMUM_ROWS
from typing import Any
import json


# One row more than can be kept, so that too many are told and not cut off.
_ROWS_READ = MAXIMUM_ROWS + 1

SEEN = "seen"


def cell_name(rows: str, number: int, column: str) -> str:
    """Return the name of the input for a cell, as the widget of the rows gives it."""
    return f"{rows}.{number}.widgets.{column}"


def read(form: Mapping[str, Any], asked: Iterable[Asked]) -> dict[str, Any]:
    """Return an entry for everything asked of which the form says anything."""
    found = ((each.name, _read(form, each)) for each in asked)
    return {name: entry for name, entry in found if entry is not None}


def read_seen(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the versions of the attributes as they were shown."""
    try:
        seen = json.loads(form.get(SEEN, ""))
    except (TypeError, ValueError, RecursionError):
        return {}
    if not isinstance(seen, dict):
        return {}
    return {name: text for name, text in seen.items() if isinstance(text, str)}


def _read(form: Mapping[str, Any], asked: Asked) -> Any | None:
    if isinstance(asked, Rows):
        if f"{asked.name}.count" not in form:
            return None
        return [
            _read_row(form, asked, number) for number in range(_count(form, asked.name))
        ]
    if isinstance(asked, Group):
        parts = {each.name: _read_one(form, each.name, each) for each in asked.parts}
        if all(part is None for part in parts.values()):
            return None
        return {name: part or "" for name, part in parts.items()}
    return _read_one(form, asked.name, asked)


def _read_row(form: Mapping[str, Any], rows: Rows, number: int) -> dict[str, Any]:
    cells = {
        each.name: _read_one(form, cell_name(rows.name, number, each.name), each)
        for each in rows.columns
    }
    return {name: cell or "" for name, cell in cells.items()}


def _read_one(form: Mapping[str, Any], name: str, question: Question) -> Any | None:
    if name not in form and f"{name}-empty-marker" not in form:
        return None
    sent = form.get(name, [])
    texts = [
        text.replace("\r\n", "\n")
        for text in (sent if isinstance(sent, list) else [sent])
        if isinstance(text, str)
    ]
    if question.kind is Kind.CHOICES:
        return [text for text in texts if text in question.options]
    text = texts[0] if texts else ""
    return text if not question.options or text in question.options else ""


def _count(form: Mapping[str, Any], name: str) -> int:
    sent = form.get(f"{name}.count")
    if not isinstance(sent, str) or not sent.isdecimal() or len(sent) > 4:
        return 0
    return min(int(sent), _ROWS_READ)
