"""What becomes due with the accounts."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.service import ACTIVATION
from collective.servicekonto.accounts.service import PENDING
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.accounts.service import state
from collective.servicekonto.accounts.sessions import discard_record
from collective.servicekonto.accounts.sessions import SESSIONS
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.mail.expired import expired_mails
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.store.due import DueItem
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import TOKENS
from datetime import datetime
from pathlib import Path
from zope.component.hooks import getSite
from zope.interface import implementer


class UnactivatedAccounts(QueueProvider):
    """Deletes accounts that were not activated in time."""

    title = _("Accounts that were not activated")
    queue_name = ACTIVATION

    def delete(self, item: str) -> None:
        """Delete the account if it still waits for its activation."""
        account = query_account(item)
        if account is not None and state(account) == PENDING:
            remove_account(account)


class EndedSessions(QueueProvider):
    """Deletes the records of sessions that are over."""

    title = _("Sessions that are over")
    queue_name = SESSIONS

    def delete(self, item: str) -> None:
        """Delete the record."""
        discard_record(item)


class OldHistory(QueueProvider):
    """Deletes what happened more than 90 days ago."""

    title = _("Old entries of the log-in history")
    queue_name = history.HISTORY

    def delete(self, item: str) -> None:
        """Delete the entry."""
        history.discard(item)


class OldTokens(QueueProvider):
    """Deletes tokens that were used or expired a day ago."""

    title = _("Old links of mails")
    queue_name = TOKENS

    def delete(self, item: str) -> None:
        """Delete the token."""
        get_store().tokens.discard(item)


@implementer(ICleanupProvider)
class UselessMails:
    """Deletes mails that expired in the queue or were refused for good."""

    title = _("Mails that are not needed any more")

    def due(self, now: datetime, after: DueItem | None = None) -> Iterator[DueItem]:
        """Yield the mails that need not be kept."""
        for path in expired_mails(queue_directory(getSite()), now):
            item = DueItem(0, str(path))
            if after is None or item > after:
                yield item

    def count(self, now: datetime) -> int:
        """Return how many mails need not be kept."""
        return sum(1 for _ in self.due(now))

    def start(self) -> None:
        """Nothing is counted from run to run."""

    def plan(self, now: datetime) -> Plan:
        """Return how many files would be deleted."""
        return Plan(delete=self.count(now))

    def notes(self) -> tuple:
        """There is nothing that the cleanup cannot do."""
        return ()

    def process(self, entry: DueItem, now: datetime) -> None:
        """Delete the file of the mail."""
        Path(entry.item).unlink(missing_ok=True)

    def postpone(self, entry: DueItem, now: datetime) -> None:
        """The file stays where it is and is found again by the next run."""
