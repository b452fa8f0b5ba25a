"""The door for programs of an office (Fachverfahren). Each function checks the office.

A program is a member of the site with the role Clerk at its office. It sends with a
key, so that nothing is sent twice, asks what became of its messages, and takes the
answers in. It learns no more of a citizen than a clerk does.
"""

from collections.abc import Callable
from collections.abc import Sequence
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import ending
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.desk import recipients
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.service import deliver
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.postbox.desk.status import Status
from collective.servicekonto.postbox.desk.status import status
from collective.servicekonto.postbox.feed import Place
from collective.servicekonto.postbox.rules import Turn
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from plone import api
from typing import Any


PAGE_SIZE = 100


class Unknown(LookupError):
    """The office has no such message of a program, or no such answer (any more)."""


@dataclass(frozen=True)
class Order:
    """What a program wants to be sent.

    ``key``       chosen by the program, a new one for each message
    ``recipient`` exact e-mail address or account number; empty in a thread
    ``thread``    id of a message that the program sent, or of an answer to it, for a
                  message in the same thread; else empty
    ``letter``    the message, without its files
    ``files``     names and hashes of the files
    ``take_in``   returns them as the message carries them
    """

    key: str
    recipient: str
    thread: str
    letter: Letter
    files: Sequence[Sequence[str]]
    take_in: Callable[[], tuple[Attachment, ...]]


@dataclass(frozen=True)
class Report:
    """What became of a message.

    ``status``    how far it has come
    ``receipt``   empty while it waits
    ``message``   None where the account was deleted
    """

    id: str
    kind: str
    status: Status
    receipt: tuple[Any, ...]
    message: Any | None

    @property
    def can_be_recalled(self) -> bool:
        """Tell whether the program can take the message back."""
        one = self.message
        return one is not None and messages.can_be_recalled(one)


@dataclass(frozen=True)
class Page:
    """``cursor`` is to be sent next time; ``more`` where it should be sent at once."""

    items: list[Any]
    cursor: str
    more: bool


def send(office: Any, order: Order, now: datetime) -> str:
    """Send the message once, however often the program tries; return its id.

    Raises NotYours, Unknown, NotActive, KeyReused, letter.Incorrect, what
    recipients.find_for_program raises, and what ``take_in`` does.
    """
    demand(office)

    def send_now() -> tuple[str, ...]:
        letter = replace(order.letter, attachments=order.take_in())
        check(letter, now)
        account, thread = _addressee(office, order, now)
        letter = _levelled(letter, account, thread, order.thread)
        sent = deliver(office, account, letter, thread, now, program())
        feed.watch(account, messages.query_message(account.id, sent), now)
        return (sent,)

    fingerprint = orders.fingerprint(_content(order))
    (sent,) = orders.once(office.UID(), order.key, fingerprint, now, send_now)
    return sent


def report(office: Any, message_id: str) -> Report:
    """Return what became of a message. Raises NotYours or Unknown."""
    demand(office)
    place = feed.query_sent(office.UID(), message_id)
    found = None if place is None else _report(office, message_id, place)
    if found is None:
        raise Unknown
    return found


def reports(office: Any, since: str, now: datetime) -> Page:
    """Return what became of messages that changed since the cursor. Raises NotYours."""
    demand(office)
    page = feed.changed(office.UID(), since, PAGE_SIZE, now)
    items = []
    for message_id in page.ids:
        place = feed.query_sent(office.UID(), message_id)
        found = None if place is None else _report(office, message_id, place)
        if found is not None:
            items.append(found)
    return Page(items, page.cursor, page.more)


def recall(office: Any, message_id: str, now: datetime) -> Report:
    """Take back a message that nobody has read.

    Raises NotYours, Unknown, or MoveRefused where it is too late.
    """
    found = report(office, message_id)
    if found.message is None:
        raise Unknown
    place = feed.query_sent(office.UID(), message_id)
    account = query_account(place.account_id if place is not None else "")
    if account is None:
        raise Unknown
    messages.recall(account, found.message, now)
    audit.record_for_office("message-recalled", office.UID(), program(), account.id)
    first = messages.first_of(account, found.message)
    if first is not None and first.turn == Turn.CITIZEN.value:
        thread_lists.set_turn(account, first, Turn.NOBODY, now)
    return report(office, message_id)


def answers(office: Any, since: str, now: datetime) -> Page:
    """Return answers of citizens that came since the cursor. Raises NotYours."""
    demand(office)
    page = feed.answered(office.UID(), since, PAGE_SIZE, now)
    found = (_answer(office, one) for one in page.ids)
    return Page([one for one in found if one is not None], page.cursor, page.more)


def read_answer(office: Any, answer_id: str) -> Any:
    """Return an answer; that a program read it is in the audit log.

    Raises NotYours or Unknown.
    """
    demand(office)
    found = _answer(office, answer_id)
    place = feed.query_answer(office.UID(), answer_id)
    if found is None or place is None:
        raise Unknown
    audit.record_for_office("answer-read", office.UID(), program(), place.account_id)
    return found


def settle(office: Any, answer_id: str, now: datetime) -> None:
    """Note that nobody has to answer in the thread any more.

    Raises NotYours or Unknown.
    """
    demand(office)
    place = feed.query_answer(office.UID(), answer_id)
    answer = _answer(office, answer_id)
    if place is None or answer is None:
        raise Unknown
    account = query_account(place.account_id)
    first = messages.first_of(account, answer)
    if first is not None:
        thread_lists.set_turn(account, first, Turn.NOBODY, now)


def program() -> str:
    """Return the id of the member that the program is."""
    return str(api.user.get_current().getId())


def _addressee(office: Any, order: Order, now: datetime) -> tuple[Any, str]:
    """Return the account, and the id of the first message of the thread or nothing."""
    uid = office.UID()
    if not order.thread:
        found = recipients.find_for_program(uid, program(), order.recipient, now)
        return found, ""
    place = feed.query_sent(uid, order.thread) or feed.query_answer(uid, order.thread)
    account = query_account(place.account_id) if place is not None else None
    message = account and messages.query_message(account.id, order.thread)
    if message is None:
        raise Unknown
    return account, message.thread


def _levelled(letter: Letter, account: Any, *thread: str) -> Letter:
    """Return the letter with at least the trust level of these messages."""
    found = (messages.query_message(account.id, one) for one in thread if one)
    levels = [TrustLevel(one.level) for one in found if one is not None]
    return replace(letter, level=max([letter.level, *levels]))


def _report(office: Any, message_id: str, place: Place) -> Report | None:
    if place.ended:
        kept = ending.query_ended(office.UID(), place.ended, message_id)
        if kept is None:
            return None
        return Report(message_id, kept.kind, Status.DELETED, kept.receipt, None)
    found = messages.query_message(place.account_id, message_id)
    if found is None:
        return None
    reached = status(query_account(place.account_id), found)
    return Report(message_id, found.kind, reached, found.receipt, found)


def _answer(office: Any, answer_id: str) -> Any | None:
    place = feed.query_answer(office.UID(), answer_id)
    return (
        None if place is None else messages.query_message(place.account_id, answer_id)
    )


def _content(order: Order) -> dict[str, Any]:
    letter = order.letter
    times = (letter.reply_until, letter.later, letter.keep)
    return {
        "recipient": order.recipient,
        "thread": order.thread,
        "kind": letter.kind.value,
        "subject": letter.subject,
        "text": letter.text,
        "reference": letter.reference,
        "level": letter.level.value,
        "times": [str(one) for one in times],
        "files": [list(one) for one in order.files],
    }
