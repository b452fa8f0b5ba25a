"""Old numbers are not kept."""

from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.services.statistics import service


class OldNumbers(QueueProvider):
    """Removes the numbers of a month after three years."""

    title = _("Numbers on the use of services, after three years")
    queue_name = service.STATISTICS

    def delete(self, item: str) -> None:
        """Remove the numbers of the month."""
        service.forget(item)
