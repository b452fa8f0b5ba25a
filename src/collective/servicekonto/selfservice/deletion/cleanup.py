"""What becomes due at the end of an account."""

from collections import Counter
from collections.abc import Container
from collective.servicekonto import _
from collective.servicekonto.accounts.service import LOCKED
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.service import state
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import LeftForNextRun
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.clock import now as present
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.deletion import service
from collective.servicekonto.selfservice.deletion.inactivity import Step
from collective.servicekonto.store.due import DueItem
from datetime import datetime
from threading import local


class LockedAccounts(QueueProvider):
    """Deletes accounts whose owners wanted it, after the lock period."""

    title = _("Accounts that citizens deleted")
    queue_name = service.DELETION

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the end of the lock period where it was not reached yet."""
        account = query_account(item)
        if account is None or account.delete_at <= now.timestamp():
            return None
        deadline: int = account.delete_at
        return deadline

    def delete(self, item: str) -> None:
        """Delete the account if it is still locked."""
        account = query_account(item)
        if account is not None and state(account) == LOCKED:
            service.delete(account, present())


class _Run(local):
    """What one run of the cleanup, in its thread, knows and can still send."""

    mails = 0
    waiting: Container[str] = ()


class UnusedAccounts(QueueProvider):
    """Warns citizens who do not use their account, and deletes it two months later."""

    title = _("Accounts that nobody uses")
    queue_name = inactivity.INACTIVITY

    def __init__(self) -> None:
        self._run = _Run()

    def start(self) -> None:
        """Send so many mails at most, as long as this run lasts."""
        self._run.mails = settings().inactivity_mail_cap
        self._run.waiting = inactivity.waiting_mails()

    def plan(self, now: datetime) -> Plan:
        """Return how many would be warned and deleted."""
        found = (query_account(entry.item) for entry in self.due(now))
        waiting = inactivity.waiting_mails()
        steps = Counter(
            inactivity.next_step(account, waiting, now)[0]
            for account in found
            if account is not None
        )
        warned = min(steps[Step.WARN], settings().inactivity_mail_cap)
        return Plan(steps[Step.DELETE], warned, steps[Step.WARN] - warned)

    def notes(self) -> tuple:
        """Say how many accounts have to be looked at by people."""
        number = inactivity.count_unreachable()
        note = _(
            "Nobody uses these accounts, but their owners could not be told yet: "
            "${number}. The mails come back, or wait for the mail server for more "
            "than a week. We try again by ourselves, and delete nothing before.",
            mapping={"number": number},
        )
        return (note,) if number else ()

    def process(self, entry: DueItem, now: datetime) -> None:
        """Do what is to be done with the account, and look at it again later."""
        account = query_account(entry.item)
        if account is None:
            self._queue.remove(entry.item, entry.due)
            return
        step, next_time = inactivity.next_step(account, self._run.waiting, now)
        if step is Step.WARN:
            self._count_mail()
        # The entry may be another one than the account knows, after it has failed.
        self._queue.remove(entry.item, entry.due)
        if step is Step.DELETE:
            service.delete(account, now)
            return
        inactivity.watch(account, next_time)
        # The mail comes last: it would leave although what follows has failed.
        _ACTIONS[step](account, now)

    def _count_mail(self) -> None:
        if not self._run.mails:
            raise LeftForNextRun
        self._run.mails -= 1
        unless_committed(self._take_back_mail)

    def _take_back_mail(self) -> None:
        self._run.mails += 1


def _forget(account, now: datetime) -> None:
    inactivity.forget_warning(account)


def _wait(account, now: datetime) -> None:
    pass


_ACTIONS = {
    Step.USED: _forget,
    Step.WARN: inactivity.warn,
    Step.WAIT: _wait,
    Step.TOLD: inactivity.note_told,
    Step.UNREACHABLE: inactivity.note_unreachable,
}
