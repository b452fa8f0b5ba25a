"""What becomes due with the notices."""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.cleanup.interfaces import LeftForNextRun
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.notices import intake
from collective.servicekonto.postbox.notices import service
from collective.servicekonto.store.due import DueItem
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from threading import local
from zope.interface import implementer
import transaction


# So soon a locked account is looked at again: it may have been unlocked.
LATER = timedelta(days=1)


class _Run(local):
    """What one run of the cleanup, in its thread, can still send."""

    mails = 0


class Notices(QueueProvider):
    """Tells citizens of news, and sees what became of the mails."""

    title = _("Mails about news in the Postfach")
    queue_name = delivering.NOTICES

    def __init__(self) -> None:
        self._run = _Run()

    def start(self) -> None:
        """Send so many mails at most, as long as this run lasts."""
        self._run.mails = settings().notice_mail_cap

    def plan(self, now: datetime) -> Plan:
        """Return how many citizens would be told."""
        due = {entry.item for entry in self.due(now)}
        mails = sum(_would_get_mail(account_id, now) for account_id in due)
        sent = min(mails, settings().notice_mail_cap)
        return Plan(warn=sent, left=mails - sent)

    def process(self, entry: DueItem, now: datetime) -> None:
        """Note what became of earlier mails, and tell of news."""
        account, box = query_account(entry.item), messages.query_box(entry.item)
        if account is None or box is None:
            self._queue.remove(entry.item, entry.due)
            return
        if not is_active(account):
            self._queue.remove(entry.item, entry.due)
            service.look_at(account, box, int((now + LATER).timestamp()))
            return
        done = service.settle(box, now)
        is_due = service.is_due(box, now)
        if is_due:
            self._count_mail()
        self._queue.remove(entry.item, entry.due)
        _once_committed(lambda: service.discard_receipts(done))
        if is_due:
            service.send(account, box, now)
        else:
            service.watch(account, box, now)

    def _count_mail(self) -> None:
        if not self._run.mails:
            raise LeftForNextRun
        self._run.mails -= 1
        unless_committed(self._take_back_mail)

    def _take_back_mail(self) -> None:
        self._run.mails += 1


@implementer(ICleanupProvider)
class Bounces:
    """Takes in what came back into the Maildir."""

    title = _("Mails that came back")

    def due(self, now: datetime, after: DueItem | None = None) -> Iterator[DueItem]:
        """Yield the files of the Maildir."""
        for path in intake.waiting():
            item = DueItem(0, str(path))
            if after is None or item > after:
                yield item

    def count(self, now: datetime) -> int:
        """Return how many files wait."""
        return sum(1 for _one in self.due(now))

    def start(self) -> None:
        """Nothing is counted from run to run."""

    def plan(self, now: datetime) -> Plan:
        """Return how many files would be read and deleted."""
        return Plan(delete=self.count(now))

    def notes(self) -> tuple:
        """Say that the Maildir is not there."""
        directory = intake.maildir()
        if directory is None or (directory / "new").is_dir():
            return ()
        note = _(
            "Mails that come back are not seen: the directory named by ${name} cannot "
            "be read.",
            mapping={"name": intake.ENVIRONMENT},
        )
        return (note,)

    def process(self, entry: DueItem, now: datetime) -> None:
        """Take the mail in; its file goes once that is committed."""
        path = Path(entry.item)
        intake.take_in(intake.read(path), now)
        _once_committed(lambda: path.unlink(missing_ok=True))

    def postpone(self, entry: DueItem, now: datetime) -> None:
        """The file stays where it is and is found again by the next run."""


def _would_get_mail(account_id: str, now: datetime) -> bool:
    account, box = query_account(account_id), messages.query_box(account_id)
    if account is None or box is None or not is_active(account):
        return False
    return service.is_due_after_settling(box, now)


def _once_committed(action: Callable[[], None]) -> None:
    def act(succeeded: bool) -> None:
        if succeeded:
            action()

    transaction.get().addAfterCommitHook(act)
