"""The rules of applications: which state follows which, who decides it, how long.

The site's workflow tool has the last word: a webmaster can add states and transitions.
What is said here of states that are not known is said in terms of those transitions.
"""

from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import timedelta
from enum import StrEnum


# Where a service says nothing else: as long as files of offices are usually kept.
RETENTION = timedelta(days=3650)


class State(StrEnum):
    """The states of the workflow; the values name them in the site's workflow tool."""

    SUBMITTED = "submitted"
    IN_PROGRESS = "in_progress"
    QUERIED = "queried"
    ANSWERED = "answered"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


class Actor(StrEnum):
    """Who changes the state."""

    CITIZEN = "citizen"
    OFFICE = "office"
    SYSTEM = "system"


DECIDED = frozenset(
    {State.APPROVED, State.REJECTED, State.WITHDRAWN, State.SETTLED},
)
OPEN = frozenset(State) - DECIDED

# Which state follows which, as the workflow has it that comes with the add-on.
MOVES: dict[State, frozenset[State]] = {
    State.SUBMITTED: frozenset({State.IN_PROGRESS, State.QUERIED}) | DECIDED,
    State.IN_PROGRESS: frozenset({State.QUERIED}) | DECIDED,
    State.QUERIED: frozenset({State.IN_PROGRESS, State.ANSWERED}) | DECIDED,
    State.ANSWERED: frozenset({State.IN_PROGRESS, State.QUERIED}) | DECIDED,
    State.APPROVED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.SETTLED: frozenset(),
}

# All else is for the office to say.
_CITIZENS = frozenset({State.ANSWERED, State.WITHDRAWN})


class ChangeRefused(ValueError):
    """The application cannot get into this state, or not by them."""


def check_change(before: str, after: str, by: Actor, possible: Collection[str]) -> None:
    """Raise ChangeRefused unless the state can follow; ``possible`` are those that can."""
    if after not in possible or (by is Actor.CITIZEN and after not in _CITIZENS):
        raise ChangeRefused(f"{before} → {after} ({by})")


def is_decided(state: str, possible: Collection[str]) -> bool:
    """Tell whether nothing has to be done any more; ``possible`` states can follow.

    A state that a webmaster added is an end where no other follows.
    """
    return state in DECIDED or (state not in OPEN and not possible)


def can_be_withdrawn(decided: bool, possible: Collection[str]) -> bool:
    """Tell whether the citizen can take the application back."""
    return not decided and State.WITHDRAWN in possible


def takes_documents(decided: bool, allowed: bool) -> bool:
    """Tell whether the citizen can add documents; ``allowed`` by the service."""
    return allowed and not decided


def keep_until(
    state: str, decided: bool, since: datetime, retentions: Mapping[str, timedelta]
) -> datetime:
    """Return the end of the retention of an application in this state since then.

    What nobody ever decides is not kept for good either: as long as the longest
    retention, and not less than usual.
    """
    longest = max(retentions.values(), default=RETENTION)
    if not decided:
        return since + max(longest, RETENTION)
    return since + retentions.get(state, longest)


def due_on(submitted: date, days: int | None) -> date | None:
    """Return the day on which the office wants to have decided, None for no day."""
    return None if days is None else submitted + timedelta(days=days)
