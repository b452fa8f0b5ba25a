"""Beginning a form, and how far somebody gets."""

from collections.abc import Collection
from collective.servicekonto import _
from collective.servicekonto.services.filling import limits
from collective.servicekonto.services.filling.entries import TooMuch
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.statistics import service as statistics
from datetime import datetime


class TooManyBegun(TooMuch):
    """With the account very many forms were begun lately."""

    message = _(
        "Very many forms were begun with your Servicekonto lately. Please wait a few "
        "minutes."
    )


def count_beginning(filling: Filling, now: datetime) -> None:
    """Note that a citizen with an account begins a form. Raises TooManyBegun."""
    try:
        limits.count_writing(filling, now)
    except limits.TooOften:
        raise TooManyBegun from None


def begin(filling: Filling, now: datetime) -> None:
    """Note for the statistics that somebody begins."""
    statistics.note_started(filling.service.UID(), now)
    note_reached(filling, 1, now)


def note_reached(filling: Filling, number: int, now: datetime) -> None:
    """Count how far people get, each page once."""
    draft = filling.draft
    if number > draft.reached:
        draft.reached = number
        statistics.note_page(filling.service.UID(), number - 1, now)


def keep_back(filling: Filling, attributes: Collection[str]) -> None:
    """Note what of the account the citizen does not hand over; only what is optional."""
    known = filling.optional
    filling.draft.kept_back = tuple(one for one in attributes if one in known)
