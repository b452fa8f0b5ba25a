"""What is done with an account that nobody uses: at most one warning, then deletion.

Logging in writes nothing here unless a warning was written: whoever is due is looked
at anew, and put back if the account was used since. What the warning was about is the
last day of use before it, so a log-in makes it void, and it is not sent any more.
"""

from collections.abc import Container
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.mail import receipts
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.selfservice.deletion import rules
from collective.servicekonto.selfservice.deletion.letters import warning_letter
from collective.servicekonto.store.service import get_store
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from enum import Enum
from pathlib import Path
from typing import Any
from typing import NamedTuple
from zope.component.hooks import getSite


# The due queues of accounts whose use is looked at, and of those that no mail reaches.
INACTIVITY = "inactivity"
UNREACHABLE = "unreachable"

# So soon it is looked again whether the mail has left.
SOON = timedelta(days=1)

# So soon it is looked again whether somebody used an account that no mail reaches. A
# mail that was refused is written anew after this time, the next after twice as long.
LATER = timedelta(days=30)

# A mail that waited so long for the mail server has to be looked at by people.
OVERDUE = timedelta(days=7)


class Step(Enum):
    """What is to be done with an account that is due."""

    USED = "used"
    WARN = "warn"
    WAIT = "wait"
    TOLD = "told"
    UNREACHABLE = "unreachable"
    DELETE = "delete"


class Warned(NamedTuple):
    """A warning. Times in epoch seconds, 0 for not yet.

    ``last_use``    ordinal of the day of the last use before it
    ``receipt``     names the receipt of the mail
    ``told``        when it was seen that the mail had been sent
    ``unreachable`` when it was seen that nobody could be told
    ``begun``       when the first mail was written
    ``mails``       how many were written, of which at most one was sent
    """

    last_use: int
    receipt: str
    told: int = 0
    unreachable: int = 0
    begun: int = 0
    mails: int = 1


def last_use(account: Any) -> date:
    """Return the last day on which the citizen logged in or followed a link of ours."""
    address = attribute(account, "email")
    proven = account.registered if address is None else address.since
    day = datetime.fromtimestamp(proven, UTC).date()
    return max(day, date.fromordinal(account.last_login_day or 1))


def next_step(
    account: Any, waiting: Container[str], now: datetime
) -> tuple[Step, datetime]:
    """Return what is to be done now, and when the account is looked at next.

    ``waiting`` are the receipts of the mails in the queue.
    """
    months, used = get_portal().inactive_months, last_use(account)
    warned = Warned(*account.warned) if account.warned else None
    if not accounts.is_active(account):
        return Step.WAIT, now + SOON
    if now < rules.announced_at(used, months):
        return Step.USED, rules.announced_at(used, months)
    if warned is None or warned.last_use != used.toordinal():
        return Step.WARN, now + SOON
    if warned.told:
        told = datetime.fromtimestamp(warned.told, UTC)
        deleted = rules.deleted_at(used, months, told)
        return (Step.WAIT, deleted) if now < deleted else (Step.DELETE, deleted)
    is_waiting = warned.receipt in waiting
    fate = receipts.fate(_queue(), warned.receipt)
    if fate is receipts.Fate.SENT:
        return Step.TOLD, rules.deleted_at(used, months, now)
    if fate is receipts.Fate.REFUSED:
        return _after_refusal(warned, now)
    if not is_waiting:
        # It was lost, and never sent.
        return Step.WARN, now + SOON
    overdue = now.timestamp() - warned.begun > OVERDUE.total_seconds()
    return Step.UNREACHABLE if overdue else Step.WAIT, now + SOON


def _after_refusal(warned: Warned, now: datetime) -> tuple[Step, datetime]:
    pause = LATER * (2**warned.mails - 1)
    since = warned.unreachable
    if since and now.timestamp() >= since + pause.total_seconds():
        return Step.WARN, now + SOON
    return Step.UNREACHABLE, now + LATER


def waiting_mails() -> receipts.Waiting:
    """Return the receipts of the mails that wait in the queue."""
    return receipts.Waiting(_queue())


def watch(account: Any, when: datetime) -> None:
    """Let the account be looked at then, and not at any other time."""
    queue = get_store().queue(INACTIVITY)
    queue.remove(account.id, account.look_at)
    account.look_at = int(when.timestamp())
    queue.add(account.id, account.look_at)


def watch_new(account: Any) -> None:
    """Let an active account be looked at for the first time."""
    watch(account, rules.announced_at(last_use(account), get_portal().inactive_months))


def warn(account: Any, now: datetime) -> None:
    """Mail the warning. It waits for the mail server as long as it takes.

    One for the same last use takes the place of a mail that was refused or lost.
    """
    receipt = receipts.new_receipt()
    used, portal = last_use(account), get_portal()
    new = Warned(used.toordinal(), receipt, begun=int(now.timestamp()))
    before = Warned(*account.warned) if account.warned else None
    if before is not None and before.last_use == new.last_use:
        receipts.withdraw(_queue(), before.receipt)
        new = before._replace(receipt=receipt, mails=before.mails + 1)
    else:
        forget_warning(account)
    account.warned = tuple(new)
    deleted = rules.deleted_at(used, portal.inactive_months, now)
    letter = warning_letter(
        link(portal, "anmelden"), day_in_words(deleted, account.language)
    )
    send_letter(letter, account.email, account.language, now, None, receipt)


def note_told(account: Any, now: datetime) -> None:
    """Note that the mail has left: the two months begin when this is seen."""
    warned = Warned(*account.warned)
    get_store().queue(UNREACHABLE).remove(account.id, warned.unreachable)
    told = int(now.timestamp())
    account.warned = tuple(warned._replace(told=told, unreachable=0))


def note_unreachable(account: Any, now: datetime) -> None:
    """Note that nobody could be told yet; the account is not deleted before that."""
    warned = Warned(*account.warned)
    if not warned.unreachable:
        since = int(now.timestamp())
        account.warned = tuple(warned._replace(unreachable=since))
        get_store().queue(UNREACHABLE).add(account.id, since)


def forget_warning(account: Any) -> None:
    """Forget the warning, if there was one; one that still waits is not sent."""
    if account.warned:
        warned = Warned(*account.warned)
        get_store().queue(UNREACHABLE).remove(account.id, warned.unreachable)
        receipts.withdraw(_queue(), warned.receipt)
        account.warned = ()


def erase(account: Any) -> None:
    """Forget that the account is watched."""
    get_store().queue(INACTIVITY).remove(account.id, account.look_at)
    forget_warning(account)


def count_unreachable() -> int:
    """Return how many accounts should be deleted, but their owners cannot be told."""
    return len(get_store().queue_to_read(UNREACHABLE))


def _queue() -> Path:
    return queue_directory(getSite())
