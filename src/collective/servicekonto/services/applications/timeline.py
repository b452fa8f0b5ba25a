"""What happened to an application, step by step, as the citizen sees it."""

from typing import Any
from typing import NamedTuple


class Step(NamedTuple):
    """A step of the timeline.

    ``at``        epoch seconds
    ``state``     the state from then on
    ``by``        value of Actor
    ``note``      what the office said about it to the citizen, plain text
    ``documents`` how many were added by it
    """

    at: int
    state: str
    by: str
    note: str = ""
    documents: int = 0


def steps(application: Any) -> list[Step]:
    """Return the steps of the application, the first one first."""
    return [Step(*one) for one in application.timeline]


def add(application: Any, step: Step) -> None:
    """Note what happened."""
    application.timeline = (*application.timeline, tuple(step))
