"""The staff's door to the Postfach. Each function checks that the user works there.

Staff write, read the answers, and see what became of each message. They do not see who
a citizen is, unless the citizen's answer says so.
"""

from collections.abc import Callable
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.offices.service import may_answer
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.delivering import NewMessage
from collective.servicekonto.postbox.delivery import legal_basis_of_decisions
from collective.servicekonto.postbox.desk import recipients
from collective.servicekonto.postbox.desk.letter import body
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.links import name_of
from collective.servicekonto.postbox.desk.links import query_named
from collective.servicekonto.postbox.ending import EndedThread
from collective.servicekonto.postbox.ending import some_ended_threads
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import Turn
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from plone import api
from typing import Any


PAGE_SIZE = 20


class NotYours(PermissionError):
    """The user does not work for this office."""


class NoThread(LookupError):
    """The office has no such thread (any more)."""


class ChangedMeanwhile(RuntimeError):
    """Somebody else wrote in the thread while the answer was being written."""


@dataclass(frozen=True)
class Thread:
    """A thread of an office with one citizen.

    ``name``     names it in addresses
    ``first``    its first message, which says whose turn it is
    ``messages`` all that are kept, oldest first, also what the citizen deleted; not
                 answers whose files have still to be scanned
    ``absence``  first and last day on which the citizen is away, None for not known
    """

    name: str
    account: Any
    first: Any
    messages: list[Any]
    absence: tuple[date, date] | None

    @property
    def turn(self) -> Turn:
        """Who has to answer."""
        return Turn(self.first.turn)

    @property
    def last_id(self) -> str:
        """The id of the newest message."""
        return str(self.messages[-1].id)


@dataclass(frozen=True)
class Page:
    """Some threads; ``behind`` names the one to go on from, empty at the end."""

    threads: list[Thread]
    behind: str


@dataclass(frozen=True)
class EndedPage:
    """What is left of some threads whose account was deleted."""

    threads: list[EndedThread]
    behind: str


def demand(office: Any) -> None:
    """Raise NotYours unless the present user works for the office."""
    if not may_answer(office):
        raise NotYours


def find_recipient(office: Any, text: str, now: datetime) -> Any:
    """Return the account with exactly this e-mail address or account number.

    Raises NotYours, or what recipients.find raises.
    """
    demand(office)
    return recipients.find(office.UID(), clerk(), text, now)


def write(office: Any, account: Any, letter: Letter, now: datetime, order: str) -> Any:
    """Begin a thread with a citizen; return the message.

    ``order`` is a key of the form: sending again with it sends nothing more. Raises
    NotYours, Incorrect, NotActive, KeyReused.
    """
    demand(office)
    check(letter, now)

    def send() -> tuple[str, ...]:
        return (deliver(office, account, letter, "", now, clerk()),)

    return _once(office, account, letter, "", now, order, send)


def deliver(
    office: Any, account: Any, letter: Letter, thread: str, now: datetime, member: str
) -> str:
    """Send the letter, in a new thread where none is named; return its id.

    ``member`` is the id of who sends it. Whoever calls this has checked the letter, and
    that the member works there. Raises NotActive.
    """
    is_decision = letter.kind is Kind.DECISION
    basis = legal_basis_of_decisions(get_portal()) if is_decision else ""
    new = NewMessage(
        kind=letter.kind,
        title=letter.subject,
        body=body(letter.text, office.signature or ""),
        sender=office.title,
        office=office.UID(),
        reference=letter.reference,
        level=letter.level,
        reply_until=letter.reply_until,
        thread=thread,
        attachments=letter.attachments,
        legal_basis=basis,
        keep=letter.keep,
    )
    message = delivering.deliver(account, new, now, letter.later)
    audit.record_for_office("message-sent", office.UID(), member, account.id)
    sent: str = message.id
    return sent


def answer(
    office: Any, thread: Thread, letter: Letter, seen: str, now: datetime, order: str
) -> Any:
    """Write to the citizen in the thread; return the message.

    ``seen`` is the id of the last message that the clerk has read. Raises NotYours,
    ChangedMeanwhile where there is a newer one, Incorrect, NotActive, KeyReused.
    """
    demand(office)
    check(letter, now)
    first: str = thread.first.id

    def send() -> tuple[str, ...]:
        if thread.last_id != seen:
            raise ChangedMeanwhile
        return (deliver(office, thread.account, letter, first, now, clerk()),)

    return _once(office, thread.account, letter, first, now, order, send)


def recall(office: Any, thread: Thread, message_id: str, now: datetime) -> None:
    """Take back a message that nobody has read.

    Raises NotYours, NoThread, or MoveRefused where it is too late.
    """
    message = get_message(office, thread, message_id)
    messages.recall(thread.account, message, now)
    audit.record_for_office(
        "message-recalled", office.UID(), clerk(), thread.account.id
    )
    if thread.turn is Turn.CITIZEN:
        thread_lists.set_turn(thread.account, thread.first, Turn.NOBODY, now)


def settle(office: Any, thread: Thread, now: datetime) -> None:
    """Note that nobody has to answer any more. Raises NotYours."""
    demand(office)
    thread_lists.set_turn(thread.account, thread.first, Turn.NOBODY, now)


def reopen(office: Any, thread: Thread, now: datetime) -> None:
    """Put the thread back among those that the office has to answer. Raises NotYours."""
    demand(office)
    thread_lists.set_turn(thread.account, thread.first, Turn.OFFICE, now)


def threads(office: Any, is_open: bool, today: date, behind: str = "") -> Page:
    """Return a page of the office's threads, the latest activity first.

    ``is_open`` for those that wait for an answer of the office, ``behind`` is the name
    of a thread. Raises NotYours.
    """
    demand(office)
    box = thread_lists.query_office_box(office.UID())
    if box is None:
        return Page([], "")
    last = query_thread(office, behind, today) if behind else None
    start = str(thread_lists.thread_key(last.account, last.first)) if last else ""
    keys = box.newest(is_open, PAGE_SIZE + 1, start)
    found = [_thread(office, key.account_id, key.thread, today) for key in keys]
    shown = [one for one in found[:PAGE_SIZE] if one is not None]
    return Page(shown, shown[-1].name if len(keys) > PAGE_SIZE else "")


def find_threads(office: Any, reference: str, today: date) -> list[Thread]:
    """Return threads with exactly this file number, the latest activity first.

    Blanks and capital letters do not matter. Raises NotYours.
    """
    demand(office)
    box = thread_lists.query_office_box(office.UID())
    named = [] if box is None else box.find(reference, PAGE_SIZE)
    found = (_thread(office, account, thread, today) for thread, account in named)
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: int(one.first.last),
        reverse=True,
    )


def count_open(office: Any) -> int:
    """Return how many threads wait for an answer of the office. Raises NotYours."""
    demand(office)
    box = thread_lists.query_office_box(office.UID())
    return 0 if box is None else box.count_open()


def ended(office: Any, behind: str = "") -> EndedPage:
    """Return a page of what is left of threads whose account was deleted.

    Raises NotYours.
    """
    demand(office)
    found = some_ended_threads(office.UID(), PAGE_SIZE + 1, behind)
    shown = found[:PAGE_SIZE]
    more = shown[-1][0] if len(found) > PAGE_SIZE else ""
    return EndedPage([thread for _key, thread in shown], more)


def get_thread(office: Any, name: str, today: date) -> Thread:
    """Return the thread with this name. Raises NotYours or NoThread."""
    demand(office)
    found = query_thread(office, name, today)
    if found is None:
        raise NoThread
    return found


def query_thread(office: Any, name: str, today: date) -> Thread | None:
    """Return the thread with this name, None where the office has none.

    Whoever calls this has checked who asks.
    """
    named = query_named(name)
    if named is None:
        return None
    return _thread(office, named.account_id, named.thread, today)


def read_thread(office: Any, name: str, today: date) -> Thread:
    """Return the thread to somebody who reads it; that is in the audit log.

    Raises NotYours or NoThread.
    """
    thread = get_thread(office, name, today)
    audit.record_for_office("thread-read", office.UID(), clerk(), thread.account.id)
    return thread


def get_message(office: Any, thread: Thread, message_id: str) -> Any:
    """Return a message of the thread. Raises NotYours or NoThread."""
    demand(office)
    for message in thread.messages:
        if message.id == message_id:
            return message
    raise NoThread


def get_attachment(office: Any, thread: Thread, message_id: str, number: int) -> Any:
    """Return the attachment with the number, counted from 1.

    That it was handed out is in the audit log. Raises NotYours or NoThread.
    """
    message = get_message(office, thread, message_id)
    if not 0 < number <= len(message.attachments):
        raise NoThread
    audit.record_for_office("attachment-read", office.UID(), clerk(), thread.account.id)
    return message.attachments[number - 1]


def thread_name(account: Any, message: Any) -> str:
    """Return the name of the thread that the message is in."""
    return name_of(account.id, message.thread)


def content_of(letter: Letter) -> dict[str, Any]:
    """Return what tells the letter from any other, as plain data."""
    return {
        "kind": letter.kind.value,
        "subject": letter.subject,
        "text": letter.text,
        "reference": letter.reference,
        "level": letter.level.value,
        "times": [str(one) for one in (letter.reply_until, letter.later, letter.keep)],
        "attachments": [[one.name, one.sha256] for one in letter.attachments],
    }


def _once(
    office: Any,
    account: Any,
    letter: Letter,
    thread: str,
    now: datetime,
    order: str,
    send: Callable[[], tuple[str, ...]],
) -> Any:
    content = {"account": account.id, "thread": thread} | content_of(letter)
    fingerprint = orders.fingerprint(content)
    sent = orders.once(office.UID(), order, fingerprint, now, send)
    return messages.query_message(account.id, sent[0])


def _thread(office: Any, account_id: str, thread: str, today: date) -> Thread | None:
    account, box = query_account(account_id), messages.query_box(account_id)
    if account is None or box is None:
        return None
    first = box.query(thread)
    if first is None or first.office != office.UID() or first.thread != first.id:
        return None
    found = (messages.query_message(account_id, one) for one in box.thread(thread))
    return Thread(
        name_of(account_id, thread),
        account,
        messages.wrapped(first),
        [one for one in found if one is not None and messages.reached_office(one)],
        _absence(box, today),
    )


def _absence(box: Postbox, today: date) -> tuple[date, date] | None:
    if not box.absence:
        return None
    first, last = (date.fromisoformat(day) for day in box.absence)
    return (first, last) if today <= last else None


def clerk() -> str:
    """Return the id of the member who works here."""
    return str(api.user.get_current().getId())
