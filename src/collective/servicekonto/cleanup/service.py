"""The door to the cleanup: runs all providers, in batches, one run at a time."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collective.servicekonto import logger
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.cleanup.interfaces import LeftForNextRun
from collective.servicekonto.clock import now as present
from collective.servicekonto.store.due import DueItem
from collective.servicekonto.store.service import get_store
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import islice
from typing import Any
from uuid import uuid4
from ZODB.POSException import ConflictError
from zope.component import getUtilitiesFor
from zope.i18nmessageid import Message
import time
import transaction


# A run that died gives way to the next one after this time, in seconds.
LEASE = 900
CONFLICT_RETRIES = 5


class AlreadyRunning(Exception):
    """Another run is under way."""


@dataclass
class Outcome:
    """What one provider did. ``seconds`` is rounded to milliseconds."""

    due: int = 0
    done: int = 0
    failed: int = 0
    remaining: int = 0
    seconds: float = 0.0


class _Result(Enum):
    """What became of one item."""

    DONE = "done"
    FAILED = "failed"
    LEFT = "left"


Progress = Callable[[str, Outcome], None]


def run(
    batch: int, window: float, progress: Progress = lambda name, outcome: None
) -> dict[str, dict[str, Any]]:
    """Delete what is due and return the outcome of each provider by its name.

    ``batch`` items share a commit. After ``window`` seconds the run stops; what
    remains is done by the next one. ``progress`` is called after each batch.
    Commits several times. Raises AlreadyRunning.
    """
    lease = _take_lease(present())
    stop = time.monotonic() + window
    outcomes: dict[str, Outcome] = {}
    try:
        for name, provider in _providers():
            outcomes[name] = _run_provider(name, provider, batch, stop, lease, progress)
    finally:
        _return_lease(lease)
    return {name: asdict(outcome) for name, outcome in outcomes.items()}


def due_counts(now: datetime) -> dict[str, int]:
    """Return how many items are due, by provider. Changes nothing."""
    return {name: provider.count(now) for name, provider in _providers()}


def plans(now: datetime) -> dict[str, dict[str, int]]:
    """Return what a run would do, by provider. Changes nothing and mails nothing."""
    return {name: asdict(provider.plan(now)) for name, provider in _providers()}


def notes() -> list[Message]:
    """Return messages about what the cleanup cannot do by itself."""
    return [note for _name, provider in _providers() for note in provider.notes()]


def titles() -> dict[str, Message]:
    """Return what each provider deletes, in words for people."""
    return {name: provider.title for name, provider in _providers()}


def _providers() -> Iterable[tuple[str, Any]]:
    return sorted(getUtilitiesFor(ICleanupProvider))


def _run_provider(
    name: str, provider: Any, batch: int, stop: float, lease: str, progress: Progress
) -> Outcome:
    started = time.monotonic()
    moment = present()
    outcome = Outcome(due=provider.count(moment))
    provider.start()
    last: DueItem | None = None
    while time.monotonic() < stop:
        entries = list(islice(provider.due(moment, last), batch))
        if not entries:
            break
        results = _run_batch(name, provider, entries, moment, lease)
        outcome.done += results[_Result.DONE]
        outcome.failed += results[_Result.FAILED]
        last = entries[-1]
        if len(entries) == batch:
            # What was deleted lay all over the store, and is not needed again.
            get_store()._p_jar.cacheMinimize()
        outcome.seconds = round(time.monotonic() - started, 3)
        progress(name, outcome)
    outcome.remaining = outcome.due - outcome.done - outcome.failed
    outcome.seconds = round(time.monotonic() - started, 3)
    return outcome


def _run_batch(
    name: str, provider: Any, entries: list[DueItem], now: datetime, lease: str
) -> Counter[_Result]:
    for attempt in range(CONFLICT_RETRIES):
        try:
            results = Counter(_handle(name, provider, entry, now) for entry in entries)
            _renew_lease(lease)
            transaction.commit()
        except ConflictError:
            transaction.abort()
            if attempt == CONFLICT_RETRIES - 1:
                raise
        else:
            break
    return results


def _handle(name: str, provider: Any, entry: DueItem, now: datetime) -> _Result:
    savepoint = transaction.savepoint()
    try:
        provider.process(entry, now)
    except ConflictError:
        raise
    except LeftForNextRun:
        return _Result.LEFT
    except Exception as error:
        # The message of the error may hold personal data; its kind does not.
        logger.error("Cleanup of %s failed: %s", name, type(error).__name__)
        savepoint.rollback()
        provider.postpone(entry, now)
        return _Result.FAILED
    return _Result.DONE


def _take_lease(now: datetime) -> str:
    store = get_store()
    if store.cleanup_lease is not None and store.cleanup_lease[1] > now.timestamp():
        raise AlreadyRunning
    lease = uuid4().hex
    store.cleanup_lease = (lease, now.timestamp() + LEASE)
    try:
        transaction.commit()
    except ConflictError:
        transaction.abort()
        raise AlreadyRunning from None
    return lease


def _renew_lease(lease: str) -> None:
    store = get_store()
    if store.cleanup_lease is None or store.cleanup_lease[0] != lease:
        raise AlreadyRunning
    expires = present().timestamp() + LEASE
    if expires - store.cleanup_lease[1] > LEASE / 10:
        store.cleanup_lease = (lease, expires)


def _return_lease(lease: str) -> None:
    transaction.abort()
    store = get_store()
    if store.cleanup_lease is not None and store.cleanup_lease[0] == lease:
        store.cleanup_lease = None
        transaction.commit()
