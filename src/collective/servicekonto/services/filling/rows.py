"""Of several rows in the account, such as two dogs, the one that fills in the form."""

from collections.abc import Mapping
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.fitting import in_one_line
from collective.servicekonto.services.filling.fitting import row_key
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.mapping.attributes import whole_titles
from dataclasses import dataclass
from typing import Any


# What the browser calls the choice, before the name of the attribute.
PREFIX = "eintrag."


@dataclass(frozen=True)
class Rows:
    """The rows of an attribute: pairs of key and words.

    ``chosen`` is a key, empty for none of them.
    """

    attribute: str
    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def name(self) -> str:
        """The name of the input."""
        return f"{PREFIX}{self.attribute}"


def of_page(filling: Filling, page: Page) -> list[Rows]:
    """Return the rows to choose from, for the fields of the page."""
    attributes = _attributes(filling, page)
    titles = whole_titles(filling.language) if attributes else {}
    return [_rows(filling, one, titles.get(one, one)) for one in attributes]


def chosen(filling: Filling, page: Page, form: Mapping[str, Any]) -> dict[str, str]:
    """Return what was chosen anew on the page: attribute → key, "" for none.

    A key that is none of the account's rows is no choice.
    """
    found = {}
    for one in of_page(filling, page):
        key = form.get(one.name, one.chosen)
        known = ["", *(option for option, _text in one.options)]
        if key in known and key != one.chosen:
            found[one.attribute] = key
    return found


def _attributes(filling: Filling, page: Page) -> list[str]:
    mapped = [filling.mapping[name] for name in page.names if name in filling.mapping]
    names = [one.attribute for one in mapped if one.column]
    return [one for one in dict.fromkeys(names) if one in filling.several_rows]


def _rows(filling: Filling, attribute: str, title: str) -> Rows:
    found = {row_key(one): in_one_line(one) for one in filling.several_rows[attribute]}
    kept = filling.draft.chosen.get(attribute, "")
    return Rows(attribute, title, tuple(found.items()), kept if kept in found else "")
