"""The door to the Postfach: how other modules write to citizens, and what citizens do.

An account is its citizen's own: whoever calls these functions with one has checked it.
"""

from Acquisition import aq_base
from Acquisition import aq_parent
from collections.abc import Iterator
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.dataaccess.service import Recipient
from collective.servicekonto.dataaccess.service import transmit
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import daily
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.delivering import deliver
from collective.servicekonto.postbox.delivering import NewMessage
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.postbox.messages import query_message
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.text import from_plain
from collective.servicekonto.postbox.text import to_plain
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import Enum
from itertools import islice
from typing import Any


__all__ = ["deliver", "NewMessage", "MoveRefused"]

PAGE_SIZE = 20

# What an office gets with a reply, and what for, in the words of the citizen's log.
_NAMES = ("given_names", "family_name")
REPLY_PURPOSE = "Antwort im Postfach"
REPLY_BASIS = "Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO"


class NoMessage(LookupError):
    """The citizen has no such message (any more)."""


class Locked(PermissionError):
    """The message needs a log-in of a higher trust level."""

    def __init__(self, required: TrustLevel) -> None:
        super().__init__(required.value)
        self.required = required


class NotOpened(PermissionError):
    """The message has to be opened first, so that its receipt says so."""


class NoReply(PermissionError):
    """The message cannot be answered (any more)."""


class Action(Enum):
    """What a citizen can do with messages."""

    ARCHIVE = "archivieren"
    INBOX = "zurueckholen"
    UNREAD = "ungelesen"
    BIN = "loeschen"
    RESTORE = "wiederherstellen"
    DESTROY = "endgueltig"


@dataclass(frozen=True)
class Search:
    """What the citizen looks for. Empty means everything.

    ``text`` is looked for in subject and sender, and in the text of what was opened;
    ``since`` and ``until`` are days, both included.
    """

    text: str = ""
    sender: str = ""
    since: date | None = None
    until: date | None = None
    unread: bool = False


class Order(Enum):
    """How messages are sorted."""

    NEWEST = "neueste"
    OLDEST = "aelteste"
    SENDER = "absender"
    SUBJECT = "betreff"


@dataclass(frozen=True)
class Page:
    """Some messages of a folder; ``behind`` is the id to go on from, empty at the end."""

    messages: list[Any]
    behind: str


def unread(account_id: str) -> int:
    """Return how many messages are unread."""
    box = query_box(account_id)
    return 0 if box is None else box.unread


def listing(
    account: Any,
    level: TrustLevel,
    folder: Folder,
    search: Search,
    order: Order = Order.NEWEST,
    behind: str = "",
) -> Page:
    """Return a page of a folder, behind the message with this id.

    What the level does not suffice for is listed, but no text of it is searched.
    """
    found = _ordered(account, level, folder, search, order, behind)
    portal = aq_parent(account)
    some = [one.__of__(portal) for one in islice(found, PAGE_SIZE + 1)]
    shown = some[:PAGE_SIZE]
    return Page(shown, shown[-1].id if len(some) > PAGE_SIZE else "")


def held_back(account: Any) -> list[Any]:
    """Return the citizen's answers whose files have still to be scanned."""
    box = query_box(account.id)
    waiting = () if box is None else box.newest(Folder.WAITING)
    return [
        messages.wrapped(one) for one in waiting if messages.kind(one) is Kind.REPLY
    ]


def get_message(account: Any, message_id: str) -> Any:
    """Return a message of the account that its citizen may know of.

    Raises NoMessage.
    """
    message = query_message(account.id, message_id)
    if message is None or messages.folder(message) not in rules.CITIZENS_FOLDERS:
        raise NoMessage
    return message


def is_locked(message: Any, level: TrustLevel) -> bool:
    """Tell whether the message needs a higher level than that of the session."""
    return not rules.is_readable(TrustLevel(message.level), level)


def unlocked(account: Any, message_id: str, level: TrustLevel) -> Any:
    """Return a message that may be opened: nothing of its content is given out yet.

    Raises NoMessage or Locked.
    """
    message = get_message(account, message_id)
    if is_locked(message, level):
        raise Locked(TrustLevel(message.level))
    return message


def read(account: Any, message_id: str, level: TrustLevel, now: datetime) -> Any:
    """Return a message to be shown; its receipt says that it was retrieved.

    Whoever gives out content comes this way, or by ``opened``. Raises NoMessage or
    Locked.
    """
    message = unlocked(account, message_id, level)
    note_read(account, message, now)
    return message


def opened(account: Any, message_id: str, level: TrustLevel) -> Any:
    """Return a message whose content is known to the citizen already.

    Raises NoMessage, Locked or NotOpened.
    """
    message = unlocked(account, message_id, level)
    if not is_opened(message):
        raise NotOpened
    return message


def is_opened(message: Any) -> bool:
    """Tell whether the citizen knows the content: read it, or wrote it."""
    return bool(message.opened) or messages.kind(message) is Kind.REPLY


def note_read(account: Any, message: Any, now: datetime) -> None:
    """Note that the citizen has opened a message of an office or of the system."""
    if messages.kind(message) is not Kind.REPLY:
        messages.open_first(account, message, now)


def note_retrieved(message: Any, now: datetime) -> None:
    """Note that the citizen got the content, but let the message look unread."""
    if messages.kind(message) is not Kind.REPLY:
        messages.note_retrieved(message, now)


def thread(account: Any, message: Any) -> list[Any]:
    """Return the messages of the thread that the citizen may know of, oldest first."""
    box = query_box(account.id)
    ids = () if box is None else box.thread(message.thread)
    found = (query_message(account.id, one) for one in ids)
    return [
        one
        for one in found
        if one is not None and messages.folder(one) in rules.CITIZENS_FOLDERS
    ]


def newest_answer(account: Any, message: Any) -> str:
    """Return the id of the citizen's newest answer in the thread, empty for none."""
    waiting = (one for one in held_back(account) if one.thread == message.thread)
    ids = [
        one.id
        for one in [*thread(account, message), *waiting]
        if messages.kind(one) is Kind.REPLY
    ]
    return str(max(ids, key=time_of, default=""))


def put_back(account: Any, message: Any, state: State, now: datetime) -> None:
    """Bring a message back into the state it had before. Raises MoveRefused."""
    messages.move(account, message, state, now)


def act(
    account: Any, message: Any, action: Action, level: TrustLevel, now: datetime
) -> None:
    """Archive, delete or restore a message; raise MoveRefused where it is not possible.

    What an office can recall unread, a citizen can delete from the bin only. What is
    locked for a session of this level cannot be deleted for good: raises Locked.
    """
    if action not in possible_actions(message):
        raise MoveRefused(action.value)
    if action is Action.DESTROY and is_locked(message, level):
        raise Locked(TrustLevel(message.level))
    if action is Action.RESTORE:
        messages.restore(account, message, now)
    elif action is Action.DESTROY:
        messages.destroy(account, message, now)
    elif action is Action.INBOX and not is_opened(message):
        messages.move(account, message, State.NEW, now)
    else:
        messages.move(account, message, _STATES[action], now)


_ACTIONS = {
    State.NEW: (Action.ARCHIVE, Action.BIN),
    State.READ: (Action.ARCHIVE, Action.UNREAD, Action.BIN),
    State.ARCHIVED: (Action.INBOX, Action.BIN),
    State.BIN: (Action.RESTORE, Action.DESTROY),
}

_STATES = {
    Action.ARCHIVE: State.ARCHIVED,
    Action.UNREAD: State.NEW,
    Action.BIN: State.BIN,
    Action.INBOX: State.READ,
}


def possible_actions(message: Any) -> list[Action]:
    """Return what the citizen can do with the message."""
    return list(_ACTIONS[messages.state(message)])


def accepts_reply(message: Any, today: date) -> bool:
    """Tell whether the citizen can answer."""
    until = date.fromisoformat(message.reply_until) if message.reply_until else None
    return rules.accepts_reply(
        messages.state(message), messages.kind(message), until, today
    )


def reply(
    account: Any,
    session: Session,
    message: Any,
    text: str,
    attachments: tuple[Attachment, ...],
    now: datetime,
) -> Any:
    """Send an answer to the office and return it.

    The office gets the citizen's name with it, which is noted in the log of data
    transfers. Raises Locked, NoReply, daily.TooManyAnswers, or what deliver and
    transmit raise.
    """
    if is_locked(message, session.level):
        raise Locked(TrustLevel(message.level))
    if not accepts_reply(message, day_of(now)):
        raise NoReply
    daily.check(account.id, attachments, now)
    recipient = Recipient(message.sender, REPLY_PURPOSE, REPLY_BASIS)
    released = transmit(account, session, recipient, _NAMES, now)
    name = " ".join(str(released[one].value) for one in _NAMES if one in released)
    new = NewMessage(
        kind=Kind.REPLY,
        title=message.title,
        body=from_plain(text),
        sender=name,
        office=message.office,
        reference=message.reference,
        level=TrustLevel(message.level),
        thread=message.thread,
        attachments=attachments,
    )
    proof.note(aq_base(message), Event.ANSWERED, now)
    return deliver(account, new, now)


def _ordered(
    account: Any,
    level: TrustLevel,
    folder: Folder,
    search: Search,
    order: Order,
    behind: str,
) -> Iterator[Any]:
    box = query_box(account.id)
    if box is None:
        return iter(())
    if order is Order.NEWEST:
        return (one for one in box.newest(folder, behind) if _finds(search, one, level))
    found = [one for one in box.newest(folder) if _finds(search, one, level)]
    found.sort(key=lambda one: _sort_key(one, order, level))
    ids = [one.id for one in found]
    return iter(found[ids.index(behind) + 1 :] if behind in ids else found)


def _sort_key(message: Any, order: Order, level: TrustLevel) -> tuple[str, int]:
    if order is Order.OLDEST:
        return "", time_of(message.id)
    locked = is_locked(message, level)
    # Not even the place in the list says what a locked message is about.
    subject = "" if locked else message.title
    text = message.sender if order is Order.SENDER else subject
    return text.casefold(), -message.provided


def _finds(search: Search, message: Any, level: TrustLevel) -> bool:
    day = day_of(moment_of(message.provided))
    return (
        search.sender.casefold() in message.sender.casefold()
        and (search.since is None or day >= search.since)
        and (search.until is None or day <= search.until)
        and (not search.unread or messages.is_unread(message))
        and (not search.text or _finds_text(search.text, message, level))
    )


def _finds_text(text: str, message: Any, level: TrustLevel) -> bool:
    if is_locked(message, level):
        return False
    # What a search finds in a text is read without being noted.
    body = to_plain(message.body) if is_opened(message) else ""
    words = f"{message.title} {message.sender} {body}"
    return text.casefold() in words.casefold()
