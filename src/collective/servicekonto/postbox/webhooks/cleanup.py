"""Programs of offices are told what happened, whenever the cleanup runs."""

from collective.servicekonto import _
from collective.servicekonto import logger
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import LeftForNextRun
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.offices.service import offices
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.postbox.webhooks import outbox
from collective.servicekonto.postbox.webhooks import service
from collective.servicekonto.postbox.webhooks.outbox import Entry
from collective.servicekonto.postbox.webhooks.sending import NoAnswer
from collective.servicekonto.postbox.webhooks.sending import NotAllowed
from collective.servicekonto.postbox.webhooks.signing import NoSecret
from collective.servicekonto.store.due import DueItem
from datetime import datetime
from threading import local
from time import monotonic
from typing import Any
from zope.i18nmessageid import Message


# The rest of the cleanup does not wait longer for slow programs.
SECONDS_FOR_OFFICE = 20.0
SECONDS_FOR_ALL = 60.0

# Statuses that say: not now.
_LATER = (429, 502, 503, 504)


class _Run(local):
    """What one run of the cleanup, in its thread, knows of the programs.

    ``silent``   offices whose program does not answer
    ``seconds``  spent with the program of an office
    """

    def __init__(self) -> None:
        self.silent: set[str] = set()
        self.seconds: dict[str, float] = {}


class Webhooks(QueueProvider):
    """Tells what happened; tries again for three days, after growing pauses.

    Where a program does not answer, a run tries it once and not for each entry.
    """

    title = _("Programs of offices that are told what happened")
    queue_name = outbox.WEBHOOKS

    def __init__(self) -> None:
        self._run = _Run()

    def start(self) -> None:
        """Every program gets a new chance."""
        self._run.silent = set()
        self._run.seconds = {}

    def plan(self, now: datetime) -> Plan:
        """Nothing is deleted."""
        return Plan()

    def notes(self) -> tuple[Message, ...]:
        """Say which offices' programs could not be told everything."""
        return tuple(
            _(
                "The program of “${office}” could not be told what happened to messages: "
                "${number} times within the last 30 days.",
                mapping={"office": office.title, "number": number},
            )
            for office in offices()
            if (number := sum(1 for _one in outbox.failed(office.UID())))
        )

    def process(self, entry: DueItem, now: datetime) -> None:
        """Tell it, or let it become due again."""
        told = outbox.query(entry.item)
        office_id, key = outbox.parsed(entry.item)
        office = query_office(office_id)
        if told is None or office is None or not office.webhook:
            self._is_done(entry)
        elif self._has_time(office_id):
            self._try(office, key, told, entry, now)
        elif service.is_over(told, now):
            self._give_up(entry, now)
        else:
            raise LeftForNextRun

    def _try(
        self, office: Any, key: str, told: Entry, entry: DueItem, now: datetime
    ) -> None:
        started = monotonic()
        try:
            service.tell(office, key, told, now)
        except (NoAnswer, NoSecret, NotAllowed) as error:
            self._run.silent.add(office.UID())
            self._failed(office, type(error).__name__, told, entry, now)
        except service.Refused as refused:
            if refused.status in _LATER:
                self._run.silent.add(office.UID())
            self._failed(office, str(refused.status), told, entry, now)
        else:
            self._is_done(entry)
        spent = self._run.seconds
        spent[office.UID()] = spent.get(office.UID(), 0.0) + monotonic() - started

    def _failed(
        self, office: Any, cause: str, told: Entry, entry: DueItem, now: datetime
    ) -> None:
        logger.warning("The webhook of office %s failed: %s", office.UID(), cause)
        if service.is_over(told, now):
            self._give_up(entry, now)
        else:
            self._queue.failed(entry, now)

    def _give_up(self, entry: DueItem, now: datetime) -> None:
        outbox.give_up(entry.item)
        self._queue.remove(entry.item, entry.due)
        self._queue.add(entry.item, int((now + service.KEPT).timestamp()))

    def _is_done(self, entry: DueItem) -> None:
        outbox.done(entry.item)
        self._queue.remove(entry.item, entry.due)

    def _has_time(self, office: str) -> bool:
        spent = self._run.seconds
        return (
            office not in self._run.silent
            and spent.get(office, 0.0) < SECONDS_FOR_OFFICE
            and sum(spent.values()) < SECONDS_FOR_ALL
        )
