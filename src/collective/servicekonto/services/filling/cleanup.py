"""What becomes due of drafts: a reminder, and their deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling.letters import reminder_letter
from collective.servicekonto.store.due import DueItem
from datetime import datetime
from typing import Any


class OldDrafts(QueueProvider):
    """Deletes forms that nobody went on with."""

    title = _("Forms that were begun and not sent")
    queue_name = drafts.DRAFTS

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline of a draft that was saved again since."""
        draft = drafts.query_item(item)
        return _later(None if draft is None else draft.expires, now)

    def delete(self, item: str) -> None:
        """Delete the draft with its files."""
        drafts.discard_item(item)


class Reminders(QueueProvider):
    """Reminds citizens of a form a week before it is deleted, with one mail each.

    After an outage nobody gets several mails at once: of all drafts of an account
    that are due the first one is told of, the others count as told.
    """

    title = _("Reminders of forms that were begun")
    queue_name = drafts.REMINDERS

    def process(self, entry: DueItem, now: datetime) -> None:
        """Remind the citizen, unless the draft was saved again since."""
        self._queue.remove(entry.item, entry.due)
        draft = drafts.query_item(entry.item)
        if draft is None:
            return
        later = _later(drafts.reminder_of(draft), now)
        if later is not None:
            self._queue.add(entry.item, later)
        elif now.timestamp() < draft.expires:
            _remind(drafts.of_item(entry.item)[0], draft, now)

    def plan(self, now: datetime) -> Plan:
        """Return how many citizens would be reminded."""
        items = (entry.item for entry in self.due(now))
        owners = {drafts.of_item(one)[0] for one in items if _is_due(one, now)}
        return Plan(warn=len(owners))


def _is_due(item: str, now: datetime) -> bool:
    draft = drafts.query_item(item)
    return draft is not None and drafts.reminder_of(draft) <= now.timestamp()


def _remind(owner: str, draft: Any, now: datetime) -> None:
    account = query_account(owner)
    if account is None or not is_active(account):
        return
    present = int(now.timestamp())
    told = any(
        other.reminded > present - drafts.REMINDED_BEFORE.total_seconds()
        for _uid, other in drafts.all_of(owner)
    )
    draft.reminded = present
    if told:
        return
    day = day_in_words(moment_of(draft.expires), account.language)
    letter = reminder_letter(link(get_portal(), "antraege"), day)
    expires = moment_of(draft.expires)
    send_letter(letter, account.email, account.language, now, expires)


def _later(deadline: int | None, now: datetime) -> int | None:
    return deadline if deadline and deadline > now.timestamp() else None
