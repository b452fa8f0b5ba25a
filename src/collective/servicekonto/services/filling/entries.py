"""What the browser sent for a form: the texts of its inputs, by their names.

An input is called ``form.widgets.`` and the name of its field; where a field has
several inputs, something follows behind “-” or “.”.
"""

from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.postbox.text import clean_text
from hashlib import sha256
from typing import Any
import json


PREFIX = "form.widgets."

# More than any person types into a form.
MAXIMUM_SIZE = 200_000
MAXIMUM_INPUTS = 2_000
MAXIMUM_LINES = 4_000

_VERSION_LENGTH = 16

Entries = Mapping[str, str | list[str]]


class TooMuch(ValueError):
    """More was sent than a draft can hold; ``message`` tells the citizen."""

    message = _(
        "These are more entries than can be kept. Please shorten your texts, or attach "
        "them as a file."
    )


def field_of(name: str) -> str:
    """Return the field that an input with this name belongs to, "" for none."""
    if not name.startswith(PREFIX):
        return ""
    rest = name[len(PREFIX) :]
    ends = [end for end in (rest.find("-"), rest.find(".")) if end >= 0]
    return rest[: min(ends)] if ends else rest


def sent(form: Mapping[str, Any], fields: Collection[str]) -> Entries:
    """Return the texts that were sent for these fields, without control characters."""
    return {
        name: _cleaned(value)
        for name, value in form.items()
        if field_of(name) in fields and _is_text(value)
    }


def of_fields(entries: Entries, fields: Collection[str]) -> Entries:
    """Return the entries of these fields."""
    return {name: text for name, text in entries.items() if field_of(name) in fields}


def fields_of(entries: Entries) -> set[str]:
    """Return the fields that there are entries of."""
    return {field_of(name) for name in entries}


def merged(kept: Entries, new: Entries) -> Entries:
    """Return the kept entries with the new ones in the place of those they replace.

    Raises TooMuch.
    """
    replaced = fields_of(new)
    result = {k: v for k, v in kept.items() if field_of(k) not in replaced} | dict(new)
    if len(result) > MAXIMUM_INPUTS or lines(result) > MAXIMUM_LINES:
        raise TooMuch
    if len(json.dumps(result)) > MAXIMUM_SIZE:
        raise TooMuch
    return result


def lines(entries: Entries) -> int:
    """Return how many lines the entries have; each fills a line on paper."""
    values = (one if isinstance(one, list) else [one] for one in entries.values())
    return sum(text.count("\n") + 1 for value in values for text in value)


def without(entries: Entries, fields: Collection[str]) -> Entries:
    """Return the entries of all other fields."""
    return {k: v for k, v in entries.items() if field_of(k) not in fields}


def version(content: Any) -> str:
    """Return a short text that differs whenever the content (JSON data) differs."""
    text = json.dumps(content, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_VERSION_LENGTH]


def _is_text(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(one, str) for one in values)


def _cleaned(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [clean_text(one) for one in value]
    return clean_text(value)
