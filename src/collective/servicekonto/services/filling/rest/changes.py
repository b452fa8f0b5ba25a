"""What a program changes in a form under way, and whether it may."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.services.filling import rows
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.entries import Entries
from collective.servicekonto.services.filling.entries import fields_of
from collective.servicekonto.services.filling.files import REMOVED
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.rest.inputs import inputs
from collective.servicekonto.services.filling.rest.inputs import NotAsAsked
from dataclasses import dataclass
from dataclasses import field
from typing import Any


_NOT_ASKED = _("This form does not ask for that.")
_NOT_AS_ASKED = _("This entry does not have the form of its question.")
_AS_FILE = _("Please send the file with @servicekonto-filling-files.")
_NO_ROW = _("Your account has no such row.")


@dataclass
class Changes:
    """``fields`` value and seen version by field, ``chosen`` a row by attribute.

    ``kept_back`` is None where nothing is said about it.
    """

    fields: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    kept_back: list[str] | None = None


def changes(body: Mapping[str, Any]) -> Changes:
    """Return what the body says. Raises Incorrect."""
    fields, chosen = body.get("fields", {}), body.get("rows", {})
    kept_back = body.get("kept_back")
    problems = {}
    if not _are_fields(fields):
        problems["fields"] = _NOT_AS_ASKED
    if not _are_rows(chosen):
        problems["rows"] = _NOT_AS_ASKED
    if kept_back is not None and not _are_texts(kept_back):
        problems["kept_back"] = _NOT_AS_ASKED
    if problems:
        raise Incorrect(problems)
    seen = {
        name: (one["value"], one.get("version", "")) for name, one in fields.items()
    }
    rows_ = {name: row or "" for name, row in chosen.items()}
    return Changes(seen, rows_, kept_back)


def check_kept_back(filling: Filling, attributes: list[str]) -> None:
    """Raise Incorrect where the form needs one of the attributes, or has none such."""
    needed = [one for one in attributes if one not in filling.optional]
    if needed:
        message = _(
            "This form needs these details: ${names}.",
            mapping={"names": ", ".join(needed)},
        )
        raise Incorrect({"kept_back": message})


def check_fields(filling: Filling, changes: Changes) -> None:
    """Raise Refused for fields into which nobody, or no program, can type."""
    locked = sorted(filling.proven & changes.fields.keys())
    if locked:
        message = _(
            "This comes from your account and cannot be typed. Nothing is saved."
        )
        raise Refused(409, "FieldLocked", message, names=locked)
    asked = {name for page in filling.pages for name in page.names}
    problems = {
        name: problem
        for name, (value, _seen) in changes.fields.items()
        for problem in [_problem(filling, asked, name, value)]
        if problem
    }
    if problems:
        raise Incorrect(problems)


def sent(filling: Filling, changes: Changes) -> dict[str, Any]:
    """Return the changes as a browser would have sent them. Raises Incorrect."""
    found: dict[str, Any] = {}
    problems = {}
    for page in filling.pages:
        named = [name for name in page.names if name in changes.fields]
        typed = [name for name in named if name in filling.typed]
        widgets = filling.form(page).widgets if typed else {}
        for name in typed:
            value, _seen = changes.fields[name]
            try:
                found |= inputs(widgets[name], value)
            except NotAsAsked:
                problems[name] = _NOT_AS_ASKED
    if problems:
        raise Incorrect(problems)
    removed = [name for name in changes.fields if name in filling.for_files]
    return found | ({REMOVED: removed} if removed else {})


def changed_elsewhere(filling: Filling, changes: Changes, form: Entries) -> list[str]:
    """Return the fields in which somebody else has saved something else since.

    What waits for the citizen's word must have been seen.
    """
    return [
        name
        for name, (_value, seen) in changes.fields.items()
        if saving.is_changed_elsewhere(filling, [name], seen, _of(form, name))
        or (name in fields_of(filling.draft.aside) and not seen)
    ]


def chosen_rows(filling: Filling, page: Page, changes: Changes) -> dict[str, str]:
    """Return the rows that were chosen anew for fields of the page."""
    form = {f"{rows.PREFIX}{name}": row for name, row in changes.chosen.items()}
    return rows.chosen(filling, page, form)


def check_rows(filling: Filling, changes: Changes) -> None:
    """Raise Incorrect for a row that the account does not have."""
    known = {
        one.attribute: {"", *(key for key, _text in one.options)}
        for page in filling.pages
        for one in rows.of_page(filling, page)
    }
    problems = {
        name: _NO_ROW
        for name, row in changes.chosen.items()
        if row not in known.get(name, ())
    }
    if problems:
        raise Incorrect(problems)


def _problem(filling: Filling, asked: set[str], name: str, value: Any) -> Any | None:
    if name in filling.for_files and name in asked:
        return None if value is None else _AS_FILE
    return None if name in asked and name in filling.typed else _NOT_ASKED


def _of(form: Entries, name: str) -> Entries:
    return {key: text for key, text in form.items() if fields_of({key: text}) == {name}}


def _are_fields(found: Any) -> bool:
    return isinstance(found, dict) and all(
        isinstance(one, dict)
        and "value" in one
        and isinstance(one.get("version", ""), str)
        for one in found.values()
    )


def _are_rows(found: Any) -> bool:
    return isinstance(found, dict) and all(
        one is None or isinstance(one, str) for one in found.values()
    )


def _are_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)
