"""What becomes due in the Postfach."""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import ending
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.scanning import clear
from collective.servicekonto.postbox.scanning import Infected
from collective.servicekonto.postbox.system import tell_refused
from collective.servicekonto.store.due import DueItem
from collective.servicekonto.store.service import get_store
from datetime import datetime
from typing import Any


class OldMessages(QueueProvider):
    """Deletes messages at the end of their retention, and what was long in the bin.

    A box is due when one of its messages is: only that box is read then.
    """

    title = _("Boxes with messages whose time is over")
    queue_name = messages.RETENTION

    def process(self, entry: DueItem, now: datetime) -> None:
        """Remove what is over, and look again when the next message is."""
        self._queue.remove(entry.item, entry.due)
        account, box = query_account(entry.item), messages.query_box(entry.item)
        if account is None or box is None:
            return
        present = int(now.timestamp())
        for message in list(box.everything()):
            if messages.deleted_at(message) <= present:
                _end(account, message, now)
        ends = map(messages.deleted_at, box.everything())
        messages.look_at(account, box, min(ends, default=0))

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return when the box is seen next where that is still to come."""
        box = messages.query_box(item)
        later = 0 if box is None else box.look_at
        return later if later > now.timestamp() else None


def _end(account: Any, message: Any, now: datetime) -> None:
    if message.keep_until <= now.timestamp():
        messages.discard(account, message)
    else:
        # Its office may still read it.
        messages.destroy(account, message, now)


class WaitingMessages(QueueProvider):
    """Provides messages that were to be sent later, or whose files had to be scanned."""

    title = _("Messages that wait to be provided")
    queue_name = messages.WAITING

    def process(self, entry: DueItem, now: datetime) -> None:
        """Provide the message once its files were scanned.

        Raises NotScanned where the scanner cannot be asked: it is tried again later.
        """
        account, message = _found(entry.item)
        if message is not None and messages.state(message) is State.WAITING:
            _provide_scanned(account, message, now)
        self._queue.remove(entry.item, entry.due)

    def plan(self, now: datetime) -> Plan:
        """Nothing is deleted."""
        return Plan()


def _provide_scanned(account: Any, message: Any, now: datetime) -> None:
    try:
        clear(message.attachments)
    except Infected as infected:
        messages.refuse(account, message, infected.name, now)
        if messages.kind(message) is Kind.REPLY:
            tell_refused(account, message, now)
    else:
        delivering.provide(account, message, now)


class EndedThreads(QueueProvider):
    """Deletes the proof of messages of deleted accounts at the end of its retention."""

    title = _("Receipts of messages to accounts that were deleted")
    queue_name = ending.ENDED

    def delete(self, item: str) -> None:
        """Remove it."""
        ending.discard(item)


class OldOrders(QueueProvider):
    """Forgets with which keys something was sent."""

    title = _("Keys with which messages were sent")
    queue_name = orders.ORDERS

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline of a key that was used anew since."""
        known = get_store().orders.get(item)
        return _later(None if known is None else orders.Order(*known).expires, now)

    def delete(self, item: str) -> None:
        """Forget the key."""
        get_store().orders.pop(item, None)


class OldDrafts(QueueProvider):
    """Deletes drafts of answers that nobody went on with."""

    title = _("Drafts of answers that were not sent")
    queue_name = drafts.DRAFTS

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline of a draft that was saved again since."""
        draft = drafts.query(*drafts.of_item(item))
        return _later(None if draft is None else draft.expires, now)

    def delete(self, item: str) -> None:
        """Delete the draft with its files."""
        drafts.discard(*drafts.of_item(item))


class OldAbsences(QueueProvider):
    """Forgets when citizens were away."""

    title = _("Absences that are over")
    queue_name = absence.ABSENCES

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return when the days are over where the citizen chose others since."""
        found = absence.query(item)
        return _later(None if found is None else found.expires, now)

    def delete(self, item: str) -> None:
        """Forget the days."""
        absence.forget(item)


def _later(deadline: int | None, now: datetime) -> int | None:
    return deadline if deadline and deadline > now.timestamp() else None


def _found(item: str) -> tuple[Any, Any]:
    message_id, _colon, account_id = item.partition(":")
    account = query_account(account_id)
    if account is None:
        return None, None
    return account, messages.query_message(account_id, message_id)
