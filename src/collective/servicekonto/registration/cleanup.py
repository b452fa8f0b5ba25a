"""What becomes due with registering."""

from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.registration.draft import DRAFTS
from collective.servicekonto.store.service import get_store
from datetime import datetime


class ExpiredDrafts(QueueProvider):
    """Deletes registrations that were not completed in time."""

    title = _("Registrations that were not completed")
    queue_name = DRAFTS

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline where the draft was worked on since."""
        draft = get_store().drafts.get(item)
        if draft is None or draft.expires <= now.timestamp():
            return None
        deadline: int = draft.expires
        return deadline

    def delete(self, item: str) -> None:
        """Delete the draft."""
        get_store().drafts.pop(item, None)
