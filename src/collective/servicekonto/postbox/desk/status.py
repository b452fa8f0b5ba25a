"""What became of a message, as its receipt says."""

from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.notices.service import is_undeliverable
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import State
from enum import Enum
from typing import Any
from typing import NamedTuple


class Status(Enum):
    """How far a message has come."""

    WAITING = "waiting"
    PROVIDED = "provided"
    NOTIFIED = "notified"
    RETURNED = "returned"
    UNDELIVERABLE = "undeliverable"
    RETRIEVED = "retrieved"
    RECALLED = "recalled"
    REFUSED = "refused"
    DELETED = "deleted"


class Step(NamedTuple):
    """An event of the receipt; ``at`` in epoch seconds."""

    event: Event
    at: int


# A notice that came later does not undo that the message was read.
_REACHED = {
    Event.PROVIDED: Status.PROVIDED,
    Event.NOTIFIED: Status.NOTIFIED,
    Event.NOTIFIED_AGAIN: Status.NOTIFIED,
    Event.BOUNCED: Status.RETURNED,
    Event.RETRIEVED: Status.RETRIEVED,
    Event.ANSWERED: Status.RETRIEVED,
    Event.RECALLED: Status.RECALLED,
    Event.DELETED: Status.DELETED,
}
_BEFORE_READING = (Status.PROVIDED, Status.NOTIFIED, Status.RETURNED)


def status(account: Any, message: Any) -> Status:
    """Return how far the message to the account has come.

    A mail that came back is followed by another one, unless mails come back for good.
    """
    if messages.state(message) is State.WAITING:
        return Status.WAITING
    if message.refused:
        return Status.REFUSED
    reached = Status.RECALLED
    for step in steps(message):
        after = _REACHED[step.event]
        if after not in _BEFORE_READING or reached is not Status.RETRIEVED:
            reached = after
    if reached is Status.RETURNED and is_undeliverable(account):
        return Status.UNDELIVERABLE
    return reached


def steps(message: Any) -> list[Step]:
    """Return what happened to the message, oldest first; nothing while it waits."""
    if not message.receipt:
        return []
    return [Step(entry.event, entry.at) for entry in chain.events(message.receipt)]
