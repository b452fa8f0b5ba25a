"""What becomes due with Mein Bereich."""

from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.selfservice.kept import KEPT_FORMS
from collective.servicekonto.store.service import get_store


class KeptForms(QueueProvider):
    """Deletes what was typed when a session ended and never sent again."""

    title = _("Entries of forms that were not sent again")
    queue_name = KEPT_FORMS

    def delete(self, item: str) -> None:
        """Delete the entries."""
        get_store().kept_forms.pop(item, None)
