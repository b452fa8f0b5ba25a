"""Circulars are delivered in batches, and forgotten later."""

from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.services.cases.circulars import service
from collective.servicekonto.store.due import DueItem
from datetime import datetime


class Circulars(QueueProvider):
    """Delivers the batches that are left."""

    title = _("Messages to all applicants of a service that are still to be delivered")
    queue_name = service.CIRCULARS

    def plan(self, now: datetime) -> Plan:
        """Nothing is deleted."""
        return Plan()

    def process(self, entry: DueItem, now: datetime) -> None:
        """Deliver a batch."""
        circular_id, _colon, number = entry.item.partition(":")
        service.deliver_batch(circular_id, int(number), now)
        self._queue.remove(entry.item, entry.due)


class OldCirculars(QueueProvider):
    """Forgets what was written to many, a month after it."""

    title = _("Progress of messages to all applicants of a service, after 30 days")
    queue_name = service.OLD_CIRCULARS

    def delete(self, item: str) -> None:
        """Forget it."""
        service.forget(item)
