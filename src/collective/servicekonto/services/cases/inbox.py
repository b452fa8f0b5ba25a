"""The inbox of an office: what is open comes first, and costs the same however much is
decided already.

Applications in a state are in a list of their own. What else a clerk wants is looked for
in that list, a stretch at a time: a page may then be short, and the next one goes on.
"""

from collections.abc import Iterator
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases.rules import Filter
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any


PAGE_SIZE = 20

# So many are read for a page where few of them fit.
STRETCH = 1_000


@dataclass(frozen=True)
class Page:
    """Some applications; ``behind`` is to be sent to go on, empty at the end."""

    applications: list[Any]
    behind: str


def page(
    office: Any, chosen: Filter, today: date, behind: str = "", size: int = PAGE_SIZE
) -> Page:
    """Return applications of the office, the newest first. Raises NotYours."""
    demand(office)
    found: list[Any] = []
    last = ""
    places = applications.of_office(office.UID(), chosen.states, behind)
    for place in islice(places, STRETCH):
        if len(found) == size:
            return Page(found, last)
        last = str(place)
        if chosen.service in ("", place.service):
            found += _fitting(place, chosen, today)
    return Page(found, last if next(places, None) is not None else "")


def everything(office: Any, chosen: Filter, today: date, most: int) -> Iterator[Any]:
    """Yield what is chosen, the newest first, at most so many. Raises NotYours."""
    demand(office)
    places = applications.of_office(office.UID(), chosen.states)
    found = (
        one
        for place in places
        if chosen.service in ("", place.service)
        for one in _fitting(place, chosen, today)
    )
    yield from islice(found, most)


def open_states() -> list[str]:
    """Return the states in which something has still to be done."""
    return [one for one in applications.states() if not applications.is_decided(one)]


def counts(office: Any) -> dict[str, int]:
    """Return how many applications are in each of the open states. Raises NotYours."""
    demand(office)
    return {one: applications.count(office.UID(), one) for one in open_states()}


def _fitting(place: Any, chosen: Filter, today: date) -> list[Any]:
    found = applications.query(place.application_id)
    return [found] if found is not None and chosen.fits(found, today) else []
