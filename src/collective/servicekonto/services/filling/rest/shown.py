"""A form under way as JSON."""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.easyform.interfaces import IRichLabel
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.rest.shown import time
from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.postbox.text import to_plain
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling import profile
from collective.servicekonto.services.filling import rows
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.collecting import Line
from collective.servicekonto.services.filling.defaults import of_editor
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import condition_of
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.rest.kinds import Kind
from collective.servicekonto.services.filling.rest.kinds import kind_of
from collective.servicekonto.services.filling.rest.kinds import options_of
from collective.servicekonto.services.filling.rest.kinds import token_of
from collective.servicekonto.services.filling.words import as_json
from collective.servicekonto.services.mapping.attributes import whole_titles
from typing import Any
from zope.i18n import translate


# What may be said of a length or a number.
_BOUNDS = ("min_length", "max_length", "min", "max")


def draft(filling: Filling) -> dict[str, Any] | None:
    """Return what is kept of the form, None where nothing is."""
    kept = filling.draft
    if not kept.saved:
        return None
    return {
        "key": kept.key,
        "saved": time(kept.saved),
        "expires": time(kept.expires),
        "required_level": kept.level,
    }


def attributes(filling: Filling) -> list[dict[str, Any]]:
    """Return the attributes of the account that fill in fields."""
    titles = whole_titles(filling.language)
    names = dict.fromkeys(one.attribute for one in filling.mapping.values())
    return [
        {
            "name": name,
            "title": titles.get(name, name),
            "optional": name in filling.optional,
            "kept_back": name in filling.kept_back,
        }
        for name in names
    ]


def all_rows(filling: Filling) -> list[dict[str, Any]]:
    """Return what the citizen has several of, where one fills in fields."""
    found = {
        one.attribute: one
        for page in filling.pages
        for one in rows.of_page(filling, page)
    }
    return [
        {
            "attribute": one.attribute,
            "title": one.title,
            "options": [{"row": key, "title": text} for key, text in one.options],
            "chosen": one.chosen or None,
        }
        for one in found.values()
    ]


def pages(filling: Filling, collected: Collected) -> list[dict[str, Any]]:
    """Return the pages with their fields."""
    return [
        {
            "number": checked.page.number,
            "title": checked.page.label,
            "fields": list(_fields(filling, checked.page, checked.lines)),
        }
        for checked in collected.pages
    ]


def new_in_profile(filling: Filling, collected: Collected) -> list[str]:
    """Return what was typed and can be kept in the profile as well, in words."""
    changes = profile.changes(filling, collected)
    titles = profile.titles(filling, changes)
    return [translate(one, target_language=filling.language) for one in titles]


def field_entry(filling: Filling, name: str, line: Line | None) -> dict[str, Any]:
    """Return what the field says now, and what tells that from anything else.

    ``value`` is None where nothing was entered, or what was entered is wrong.
    """
    entered = entries.of_fields(filling.entries, [name])
    aside = entries.of_fields(filling.draft.aside, [name])
    return {
        "value": None if line is None else _value(filling, name, line.value),
        "entered": _texts(entered),
        "set_aside": _texts(aside),
        "version": saving.version_of(filling, [name]),
    }


def _fields(
    filling: Filling, page: Page, lines: tuple[Line, ...]
) -> Iterator[dict[str, Any]]:
    asked = {line.answer.field: line for line in lines}
    for name in page.names:
        yield _field(filling, name, asked.get(name))


def _field(filling: Filling, name: str, line: Line | None) -> dict[str, Any]:
    field = filling.schema[name].bind(filling.service)
    kind = kind_of(field)
    mapped = filling.mapping.get(name)
    found = {
        "name": name,
        "kind": kind.value,
        "title": _words(field.title, filling),
        "description": _words(field.description, filling),
        "required": bool(field.required),
        "condition": condition_of(filling.schema[name]),
        "asked": line is not None,
    }
    if kind is Kind.LABEL:
        return found | {"text": _label(field)}
    return (
        found
        | _asked_for(field, kind, filling.language)
        | {
            "attribute": None if mapped is None else mapped.attribute,
            "required_level": None if mapped is None else mapped.level.value,
            "locked": name in filling.proven,
            "default": _default(filling, name),
            "origin": None if line is None else _origin(line, filling),
            "problem": _problem(line, filling),
        }
        | field_entry(filling, name, line)
        | _file(filling.draft.files.get(name), kind)
    )


def _asked_for(field: Any, kind: Kind, language: str) -> dict[str, Any]:
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return {"options": options_of(field, language)}
    if kind is Kind.LIKERT:
        questions, answers = field.questions or (), field.answers or ()
        return {"questions": list(questions), "answers": list(answers)}
    found = {name: getattr(field, name, None) for name in _BOUNDS}
    return {name: as_json(one) for name, one in found.items() if one is not None}


def _value(filling: Filling, name: str, value: Any) -> Any:
    """Return a value of the field in the form in which a program sends it."""
    field = filling.schema[name].bind(filling.service)
    kind = kind_of(field)
    if kind is Kind.FILE or value is None:
        return None
    if kind is Kind.CHOICE:
        return token_of(field, value)
    if kind is Kind.CHOICES:
        tokens = {token_of(field, one) for one in value} - {None}
        return [one["value"] for one in options_of(field, "") if one["value"] in tokens]
    if kind is Kind.LIKERT:
        answers = field.parse(value)
        return [answers.get(number + 1) for number in range(len(field.questions))]
    return as_json(value)


def _default(filling: Filling, name: str) -> Any:
    if name not in filling.typed:
        return None
    return _value(filling, name, of_editor(filling, name))


def _origin(line: Line, filling: Filling) -> dict[str, Any] | None:
    if not line.answer.origin:
        return None
    level, _colon, source = line.answer.origin.partition(":")
    return {
        "level": TrustLevel(level).value,
        "source": Source(source).value,
        "text": _words(line.origin, filling),
    }


def _problem(line: Line | None, filling: Filling) -> str | None:
    if line is None or not line.problem:
        return None
    return _words(line.problem, filling)


def _file(attachment: Attachment | None, kind: Kind) -> dict[str, Any]:
    if kind is not Kind.FILE:
        return {}
    if attachment is None:
        return {"file": None}
    return {
        "file": {
            "name": attachment.name,
            "media_type": attachment.media_type,
            "size": attachment.size,
            "sha256": attachment.sha256,
        }
    }


def _label(field: Any) -> str:
    rich = getattr(field, "rich_label", None) if IRichLabel.providedBy(field) else None
    if not rich:
        return ""
    return to_plain(clean_html(getattr(rich, "raw", None) or str(rich)))


def _texts(found: Mapping[str, str | list[str]]) -> list[str]:
    """Return the texts of the inputs, without those that only mark others."""
    values = [one for name, one in found.items() if not name.endswith("-empty-marker")]
    texts = (one if isinstance(one, list) else [one] for one in values)
    return [text for several in texts for text in several]


def _words(text: Any, filling: Filling) -> str:
    return str(translate(text or "", target_language=filling.language))
