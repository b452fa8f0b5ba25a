"""What a first clerk took from a document and a second one has not confirmed yet."""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.eid.counter.rules import Document
from collective.servicekonto.eid.counter.rules import WAITING_TIME
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from datetime import datetime
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of what waits.
CASES = "counter-cases"


class Case(NamedTuple):
    """What waits for a second clerk.

    ``level``  of the session in which the citizen asked for it
    ``state``  of the account then (see codes.state_of)
    ``clerk``  who took it from the document; the second one is somebody else
    ``at``     when, epoch seconds
    """

    account_id: str
    document: Document
    values: Mapping[str, Value]
    level: TrustLevel
    state: str
    clerk: str
    at: int

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return the case that ``stored`` made plain."""
        account_id, document, values, level, *rest = stored
        return cls(account_id, Document(document), values, TrustLevel(level), *rest)

    @property
    def stored(self) -> tuple[Any, ...]:
        """Return plain values, which name no class of ours in the database."""
        return (
            self.account_id,
            self.document.value,
            dict(self.values),
            self.level.value,
            *self[4:],
        )

    @property
    def until(self) -> int:
        """Until when it waits, epoch seconds."""
        return self.at + int(WAITING_TIME.total_seconds())


def add(office: str, case: Case) -> None:
    """Let it wait for a second clerk of the office."""
    key = f"{office}:{secrets.token_hex(16)}"
    store = get_store()
    store.counter_cases[key] = case.stored
    store.queue(CASES).add(key, case.until)


def of_office(office: str, now: datetime) -> Iterator[tuple[str, Case]]:
    """Yield id and case of everything that waits at the office, the oldest first."""
    found = get_store().counter_cases.items(f"{office}:", f"{office};")
    cases = ((key.partition(":")[2], Case.of(stored)) for key, stored in found)
    yield from sorted(
        ((one, case) for one, case in cases if now.timestamp() < case.until),
        key=lambda each: each[1].at,
    )


def query(office: str, case_id: str, now: datetime) -> Case | None:
    """Return the case with this id that waits at the office, or None."""
    stored = get_store().counter_cases.get(f"{office}:{case_id}")
    case = None if stored is None else Case.of(stored)
    return case if case is not None and now.timestamp() < case.until else None


def of_account(account_id: str) -> list[tuple[str, Case]]:
    """Return key and case of everything of the account; few wait at any time."""
    found = ((key, Case.of(one)) for key, one in get_store().counter_cases.items())
    return [(key, case) for key, case in found if case.account_id == account_id]


def end(office: str, case_id: str) -> None:
    """Let it wait no more. Of two who end it at the same time one is tried again."""
    discard(f"{office}:{case_id}")


def discard(key: str) -> None:
    """Erase what waits under this key; it may be gone already."""
    store = get_store()
    stored = store.counter_cases.pop(key, None)
    if stored is not None:
        store.queue(CASES).remove(key, Case.of(stored).until)
