"""Where applications are found: those of an office by state, those of an account.

Lists are made of small parts, so that citizens who submit at the same moment do not
meet. A list of open applications costs the same however many were decided.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto.store.parts import PartedSet
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from heapq import merge
from persistent import Persistent
from typing import Any
from typing import NamedTuple
from typing import Self


_LAST_MINUTE = 0xFFFF_FFFF


class Place(NamedTuple):
    """Where an application stands in the lists of its office: the newest comes first.

    ``minute`` is that in which it was submitted, since 1970. ``service`` tells of which
    service it is, without reading it.
    """

    minute: int
    application_id: str
    service: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the place that the text is."""
        return cls(_LAST_MINUTE - int(text[:8], 16), text[8:40], text[40:])

    def __str__(self) -> str:
        return f"{_LAST_MINUTE - self.minute:08x}{self.application_id}{self.service}"


def place_of(application: Any) -> Place:
    """Return where the application stands; it does not change."""
    return Place(application.submitted // 60, application.id, application.service)


class OfficeApplications(Persistent):
    """The applications to one office, by their state."""

    def __init__(self) -> None:
        self._lists = OOBTree()

    def put(self, place: Place, state: str) -> None:
        """List the application among those of the state."""
        if state not in self._lists:
            self._lists[state] = PartedSet()
        self._lists[state].add(str(place), place.application_id[0])

    def take(self, place: Place, state: str) -> None:
        """List the application no longer among those of the state."""
        if state in self._lists:
            self._lists[state].discard(str(place), place.application_id[0])

    def newest(self, states: Iterable[str], behind: str = "") -> Iterator[Place]:
        """Yield the applications of the states, behind the text of a place."""
        lists = (self._lists[one].texts(behind) for one in states if one in self._lists)
        yield from map(Place.of, merge(*lists))

    def count(self, state: str) -> int:
        """Return how many are in the state. It takes longer the more there are."""
        return len(self._lists.get(state, ()))

    def states(self) -> list[str]:
        """Return the states in which there ever was an application."""
        return list(self._lists)


def query_office(office: str) -> OfficeApplications | None:
    """Return the lists of the office, or None where it never got an application."""
    store = query_store()
    return None if store is None else store.office_applications.get(office)


def enlist(application: Any, state: str) -> None:
    """Let the application be found by its office, and by its citizen."""
    store = get_store()
    if application.office not in store.office_applications:
        store.office_applications[application.office] = OfficeApplications()
    store.office_applications[application.office].put(place_of(application), state)
    if application.account_id:
        store.account_applications.insert(_own(application))


def moved(application: Any, before: str, after: str) -> None:
    """List the application among those of its new state."""
    lists = get_store().office_applications[application.office]
    lists.take(place_of(application), before)
    lists.put(place_of(application), after)


def unlist(application: Any, state: str) -> None:
    """Let the application be found no longer."""
    lists = query_office(application.office)
    if lists is not None:
        lists.take(place_of(application), state)
    disown(application)


def disown(application: Any) -> None:
    """Let the application be found no longer by its citizen."""
    own = get_store().account_applications
    if _own(application) in own:
        own.remove(_own(application))


def ids_of_account(account_id: str) -> list[str]:
    """Return the ids of the account's applications."""
    store = query_store()
    found = (
        ()
        if store is None
        else store.account_applications.keys(f"{account_id}:", f"{account_id};")
    )
    return [one.partition(":")[2] for one in found]


def _own(application: Any) -> str:
    return f"{application.account_id}:{application.id}"
