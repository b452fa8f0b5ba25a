"""What is wrong on a page as it was entered, with what the page remembers of that."""

from collections.abc import Mapping
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import Page
from typing import Any


def check(filling: Filling, page: Page) -> dict[str, Any]:
    """Return what is wrong on the page, by field; keep what is not from the account."""
    form = filling.form(page)
    data, _errors = form.extractData()
    saving.leave_to_account(filling, page, data)
    _note_solved(filling, data)
    return {
        name: widget.error.message
        for name, widget in form.widgets.items()
        if widget.error and filling.is_asked(name)
    }


def _note_solved(filling: Filling, data: Mapping[str, Any]) -> None:
    """Whoever has proven to be human need not do it again for the review."""
    solved = filling.captchas & set(data)
    if solved:
        draft = filling.draft
        draft.solved = (*draft.solved, *solved)
