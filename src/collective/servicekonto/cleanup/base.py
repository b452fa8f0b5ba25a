"""A provider whose deadlines are in a due queue of the store."""

from collections.abc import Iterator
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.store.due import DueItem
from collective.servicekonto.store.due import DueQueue
from collective.servicekonto.store.service import get_store
from datetime import datetime
from zope.i18nmessageid import Message
from zope.interface import implementer


@implementer(ICleanupProvider)
class QueueProvider:
    """Subclasses give ``title`` and the name of the queue and implement ``delete``."""

    title: Message
    queue_name: str

    def due(self, now: datetime, after: DueItem | None = None) -> Iterator[DueItem]:
        """Yield what is due, earliest first, behind ``after``."""
        return get_store().queue_to_read(self.queue_name).upto(now, after)

    def count(self, now: datetime) -> int:
        """Return how many items are due."""
        return get_store().queue_to_read(self.queue_name).count(now)

    def start(self) -> None:
        """Nothing is counted from run to run."""

    def plan(self, now: datetime) -> Plan:
        """Return how many items would be deleted."""
        items = (entry.item for entry in self.due(now))
        return Plan(delete=sum(self.later_deadline(i, now) is None for i in items))

    def notes(self) -> tuple[Message, ...]:
        """There is nothing that the cleanup cannot do."""
        return ()

    def process(self, entry: DueItem, now: datetime) -> None:
        """Delete the item, unless it has a later deadline by now."""
        self._queue.remove(entry.item, entry.due)
        later = self.later_deadline(entry.item, now)
        if later is None:
            self.delete(entry.item)
        else:
            self._queue.add(entry.item, later)

    def postpone(self, entry: DueItem, now: datetime) -> None:
        """Let the item become due again after a growing pause."""
        self._queue.failed(entry, now)

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline where it moved to a time after now, else None."""
        return None

    def delete(self, item: str) -> None:
        """Delete the item for good; it may be gone already."""
        raise NotImplementedError

    @property
    def _queue(self) -> DueQueue:
        return get_store().queue(self.queue_name)
