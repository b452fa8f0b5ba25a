"""Messages come into the box: at once, or later where they wait for something."""

from Acquisition import aq_base
from Acquisition import aq_parent
from collective.servicekonto.accounts.service import demand_active
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import message_time
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.content import Postfachnachricht
from collective.servicekonto.postbox.events import AnswerProvided
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.rules import Turn
from collective.servicekonto.postbox.scanning import has_to_wait
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.store.due import DueQueue
from collective.servicekonto.store.service import get_store
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from plone.dexterity.utils import createContent
from typing import Any
from zope.event import notify


# The due queue of boxes with news.
NOTICES = "notices"

# Citizens are told of a message after a minute at most, not after five.
_NOTICES_SLOT = 60


@dataclass(frozen=True)
class NewMessage:
    """What is delivered; all of it was checked before, its lines are cleaned then.

    ``body`` is clean HTML, ``sender`` a name in words, ``office`` the id of an office
    or empty. ``thread`` is the id of the first message, empty for a new thread.
    ``keep`` is how long it is kept, by default as the portal says. One that is not
    ``announced`` causes no mail.
    """

    kind: Kind
    title: str
    body: str
    sender: str
    office: str = ""
    reference: str = ""
    level: TrustLevel = TrustLevel.BASIS
    reply_until: date | None = None
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()
    legal_basis: str = ""
    keep: timedelta | None = None
    announced: bool = True


def deliver(
    account: Any, new: NewMessage, now: datetime, provide_at: datetime | None = None
) -> Any:
    """Lay a message into the box of the account and return it.

    With ``provide_at``, or where a file has still to be scanned, it waits. Raises
    NotActive where nobody could read it.
    """
    demand_active(account)
    box = messages.get_box(account.id)
    moment = now if provide_at is None else max(now, provide_at)
    message = _make(account, box, new, moment)
    waits = moment > now or has_to_wait(message.attachments)
    if waits:
        _hold(account, box, message)
    else:
        _provide(account, box, message, now)
        if new.announced:
            _announce(account, box, message)
    if not waits or messages.kind(message) is not Kind.REPLY:
        # The office does not see an answer before its files were scanned.
        _list_thread(account, box, message, now)
    return message.__of__(aq_parent(account))


def provide(account: Any, message: Any, now: datetime) -> None:
    """Let the citizen see a message that waited."""
    box = messages.get_box(account.id)
    stored = aq_base(message)
    box.take(rules.Folder.WAITING, stored)
    messages.transition(stored, State.NEW)
    _provide(account, box, stored, now)
    _announce(account, box, stored)
    if messages.kind(stored) is Kind.REPLY:
        _list_thread(account, box, stored, now)


def notice_queue() -> DueQueue:
    """Return the due queue of the boxes with news."""
    return get_store().queue(NOTICES, _NOTICES_SLOT)


def _make(account: Any, box: Postbox, new: NewMessage, moment: datetime) -> Any:
    message: Postfachnachricht = createContent(
        messages.TYPE_NAME,
        title=clean_line(new.title),
        body=new.body,
        sender=clean_line(new.sender),
    )
    message.id = new_id(box.free_time(int(moment.timestamp() * 1e9)))
    message.kind = new.kind.value
    message.office = new.office
    message.reference = clean_line(new.reference)
    message.level = new.level.value
    message.reply_until = new.reply_until.isoformat() if new.reply_until else ""
    message.thread = new.thread or message.id
    message.attachments = new.attachments
    message.legal_basis = new.legal_basis
    message.provide_at = int(moment.timestamp())
    keep = new.keep or message_time(aq_parent(account))
    message.keep_until = int((moment + keep).timestamp())
    return message


def _hold(account: Any, box: Postbox, message: Any) -> None:
    messages.transition(message, State.WAITING)
    box.put(rules.Folder.WAITING, message)
    get_store().queue(messages.WAITING).add(
        messages.waiting_item(account, message), message.provide_at
    )


def _provide(account: Any, box: Postbox, message: Any, now: datetime) -> None:
    message.provided = int(now.timestamp())
    proof.begin(message, now)
    box.put(messages.folder_in(message, State.NEW), message)
    messages.watch(account, message)
    if messages.unread_in(message, State.NEW):
        box.count_unread(1)
    if messages.kind(message) is Kind.REPLY:
        feed.note_answer(account, message, now)
        notify(AnswerProvided(account, message, now))


def _announce(account: Any, box: Postbox, message: Any) -> None:
    if messages.unread_in(message, State.NEW):
        # What was held back is older than it looks.
        box.tell_from([message.id])
        due = rules.notice_at(message.provided, box.last_notice)
        notice_queue().add(account.id, due)


def _list_thread(account: Any, box: Postbox, message: Any, now: datetime) -> None:
    if message.thread == message.id:
        turn = Turn.CITIZEN if messages.kind(message) is Kind.QUERY else Turn.NOBODY
        thread_lists.set_turn(account, message, turn, now)
        thread_lists.note_reference(account, message)
        return
    box.add_to_thread(message)
    first = box.query(message.thread)
    if first is not None:
        thread_lists.set_turn(account, first, _turn_after(message, first), now)


def _turn_after(message: Any, first: Any) -> Turn:
    # A copy answers no question, and asks none.
    before = Turn(first.turn) if messages.kind(message) is Kind.COPY else Turn.NOBODY
    return _TURN_AFTER.get(messages.kind(message), before)


_TURN_AFTER = {Kind.QUERY: Turn.CITIZEN, Kind.REPLY: Turn.OFFICE}
