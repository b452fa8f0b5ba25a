"""Messages on their way: delivered, opened, moved and deleted.

Whatever changes the state of a message goes through here, so that folder, number of
unread messages, deadline and receipt follow it.
"""

from Acquisition import aq_base
from Acquisition import aq_parent
from collective.servicekonto.accounts.service import demand_active
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import message_time
from collective.servicekonto.portal.service import workflow_state
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.content import Postfachnachricht
from collective.servicekonto.postbox.delivery import objection_end
from collective.servicekonto.postbox.events import AnswerProvided
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.rules import Turn
from collective.servicekonto.postbox.scanning import has_to_wait
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.store.due import DueQueue
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from plone import api
from plone.dexterity.utils import createContent
from typing import Any
from zope.event import notify


TYPE_NAME = "Postfachnachricht"

# The due queues: of messages that wait, of boxes in which one ends, or with news.
WAITING = "waiting-messages"
RETENTION = "messages"
NOTICES = "notices"

# Citizens are told of a message after a minute at most, not after five.
_NOTICES_SLOT = 60

# The transition that leads into each state.
_TRANSITIONS = {
    State.WAITING: "hold",
    State.NEW: "provide",
    State.READ: "open",
    State.ARCHIVED: "archive",
    State.BIN: "bin",
    State.GONE: "destroy",
}


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


def query_box(account_id: str) -> Postbox | None:
    """Return the box of the account, or None where it never got a message."""
    store = query_store()
    return None if store is None else store.postboxes.get(account_id)


def get_box(account_id: str) -> Postbox:
    """Return the box of the account, a new one the first time."""
    boxes = get_store().postboxes
    if account_id not in boxes:
        boxes[account_id] = Postbox()
    box: Postbox = boxes[account_id]
    return box


def query_message(account_id: str, message_id: str) -> Any | None:
    """Return the message of this account, wrapped in the portal, or None."""
    box = query_box(account_id)
    message = None if box is None else box.query(message_id)
    return None if message is None else wrapped(message)


def deliver(
    account: Any, new: NewMessage, now: datetime, provide_at: datetime | None = None
) -> Any:
    """Lay a message into the box of the account and return it.

    With ``provide_at``, or where a file has still to be scanned, it waits. Raises NotActive where nobody could read it.
    """
    demand_active(account)
    box = get_box(account.id)
    moment = now if provide_at is None else max(now, provide_at)
    message = _make(account, box, new, moment)
    waits = moment > now or has_to_wait(message.attachments)
    if waits:
        _hold(account, box, message)
    else:
        _provide(account, box, message, now)
        if new.announced:
            _announce(account, box, message)
    if not waits or kind(message) is not Kind.REPLY:
        # The office does not see an answer before its files were scanned.
        _list_thread(account, box, message, now)
    return message.__of__(aq_parent(account))


def provide(account: Any, message: Any, now: datetime) -> None:
    """Let the citizen see a message that waited."""
    box = get_box(account.id)
    stored = aq_base(message)
    box.take(rules.Folder.WAITING, stored)
    _transition(stored, State.NEW)
    _provide(account, box, stored, now)
    _announce(account, box, stored)
    if kind(stored) is Kind.REPLY:
        _list_thread(account, box, stored, now)


def notice_queue() -> DueQueue:
    """Return the due queue of the boxes with news."""
    return get_store().queue(NOTICES, _NOTICES_SLOT)


def state(message: Any) -> State:
    """Return the state of the message."""
    known = message if aq_parent(message) is not None else wrapped(message)
    return State(workflow_state(known))


def wrapped(message: Any) -> Any:
    """Return the message in the portal, as workflow and pages need it."""
    return message.__of__(get_portal())


def folder(message: Any) -> rules.Folder:
    """Return where the message lies."""
    return _folder(message, state(message))


def is_unread(message: Any) -> bool:
    """Tell whether the citizen has not opened it, or wants it to look so."""
    return rules.is_unread(state(message), kind(message))


def kind(message: Any) -> Kind:
    """Return what the message is."""
    return Kind(message.kind)


def reached_office(message: Any) -> bool:
    """Tell whether the office may see it: answers only once they were provided."""
    return kind(message) is not Kind.REPLY or bool(message.provided)


def note_retrieved(message: Any, now: datetime) -> None:
    """Note that whom the message is for got its content for the first time."""
    stored = aq_base(message)
    if not stored.opened:
        stored.opened = int(now.timestamp())
        proof.note(stored, Event.RETRIEVED, now)


def open_first(account: Any, message: Any, now: datetime) -> None:
    """Note that the message was opened by whom it is for."""
    stored = aq_base(message)
    note_retrieved(stored, now)
    if state(stored) is State.NEW:
        move(account, stored, State.READ, now)


def move(account: Any, message: Any, after: State, now: datetime) -> None:
    """Bring the message into another state. Raises MoveRefused."""
    stored = aq_base(message)
    before = state(stored)
    if after is before:
        return
    rules.check_move(before, after)
    box = get_box(account.id)
    box.take(_folder(stored, before), stored)
    stored.binned = int(now.timestamp()) if after is State.BIN else 0
    stored.before_bin = before.value if after is State.BIN else ""
    _transition(stored, after)
    box.put(_folder(stored, after), stored)
    box.count_unread(_unread(stored, after) - _unread(stored, before))
    _watch(account, stored)


def restore(account: Any, message: Any, now: datetime) -> None:
    """Take the message out of the bin, back to where it was. Raises MoveRefused."""
    before = aq_base(message).before_bin
    move(account, message, State(before) if before else state(message), now)


def destroy(account: Any, message: Any, now: datetime) -> None:
    """Let the citizen see the message never again; its receipt says so.

    What an office sent or got stays readable for the office until the end of its
    retention. Raises MoveRefused.
    """
    stored = aq_base(message)
    move(account, stored, State.GONE, now)
    proof.note(stored, Event.DELETED, now)
    if not stored.office:
        _strip(stored)


def can_be_recalled(message: Any) -> bool:
    """Tell whether the office can still take the message back."""
    is_known = bool(message.opened or proof.last(message, Event.ANSWERED))
    return rules.can_be_recalled(state(message), is_known, kind(message))


def recall(account: Any, message: Any, now: datetime) -> None:
    """Take back what nobody has read; nothing but the receipt is left of it.

    Raises MoveRefused where it was opened or answered already.
    """
    stored = aq_base(message)
    if not can_be_recalled(stored):
        raise rules.MoveRefused("recall")
    forget_waiting(account, stored)
    move(account, stored, State.GONE, now)
    proof.note(stored, Event.RECALLED, now)
    if stored.thread == stored.id:
        thread_lists.forget_reference(stored)
    _strip(stored)


def refuse(account: Any, message: Any, file: str, now: datetime) -> None:
    """Keep back for good what waited: one of its files holds malicious software."""
    stored = aq_base(message)
    forget_waiting(account, stored)
    move(account, stored, State.GONE, now)
    stored.refused = file
    stored.attachments = ()
    feed.note_refused(stored, now)


def discard(account: Any, message: Any) -> None:
    """Remove the message and its receipt from the box for good."""
    stored = aq_base(message)
    box = get_box(account.id)
    present = state(stored)
    forget_waiting(account, stored)
    box.take(_folder(stored, present), stored)
    box.count_unread(-_unread(stored, present))
    box.forget_in_thread(stored)
    feed.forget(stored)
    if stored.thread == stored.id:
        thread_lists.unlist(account, stored)


def look_at(account: Any, box: Postbox, due: int) -> None:
    """Let the cleanup see the box at this time; 0 for never."""
    queue = get_store().queue(RETENTION)
    queue.remove(account.id, box.look_at)
    box.look_at = due
    if due:
        queue.add(account.id, due)


def deleted_at(message: Any) -> int:
    """Return when the message goes for good, epoch seconds."""
    end = objection_end(message) if message.binned else 0
    return rules.deleted_at(message.keep_until, message.binned, end)


def forget_waiting(account: Any, message: Any) -> None:
    """Let the message not be provided any more."""
    get_store().queue(WAITING).remove(_item(account, message), message.provide_at)


def first_of(account: Any, message: Any) -> Any | None:
    """Return the first message of the thread, None where it is not kept any more."""
    return query_message(account.id, message.thread)


def _make(account: Any, box: Postbox, new: NewMessage, moment: datetime) -> Any:
    message: Postfachnachricht = createContent(
        TYPE_NAME,
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
    _transition(message, State.WAITING)
    box.put(rules.Folder.WAITING, message)
    get_store().queue(WAITING).add(_item(account, message), message.provide_at)


def _provide(account: Any, box: Postbox, message: Any, now: datetime) -> None:
    message.provided = int(now.timestamp())
    proof.begin(message, now)
    box.put(_folder(message, State.NEW), message)
    _watch(account, message)
    if _unread(message, State.NEW):
        box.count_unread(1)
    if kind(message) is Kind.REPLY:
        feed.note_answer(account, message, now)
        notify(AnswerProvided(account, message, now))


def _announce(account: Any, box: Postbox, message: Any) -> None:
    if _unread(message, State.NEW):
        # What was held back is older than it looks.
        box.tell_from([message.id])
        due = rules.notice_at(message.provided, box.last_notice)
        notice_queue().add(account.id, due)


def _list_thread(account: Any, box: Postbox, message: Any, now: datetime) -> None:
    if message.thread == message.id:
        turn = Turn.CITIZEN if kind(message) is Kind.QUERY else Turn.NOBODY
        thread_lists.set_turn(account, message, turn, now)
        thread_lists.note_reference(account, message)
        return
    box.add_to_thread(message)
    first = box.query(message.thread)
    if first is not None:
        thread_lists.set_turn(account, first, _turn_after(message, first), now)


def _turn_after(message: Any, first: Any) -> Turn:
    # A copy answers no question, and asks none.
    before = Turn(first.turn) if kind(message) is Kind.COPY else Turn.NOBODY
    return _TURN_AFTER.get(kind(message), before)


_TURN_AFTER = {Kind.QUERY: Turn.CITIZEN, Kind.REPLY: Turn.OFFICE}


def _strip(message: Any) -> None:
    message.title = message.body = message.reference = ""
    message.attachments = ()
    message.salt = b""


def _folder(message: Any, of_state: State) -> rules.Folder:
    return rules.folder_of(of_state, kind(message))


def _unread(message: Any, in_state: State) -> int:
    return int(rules.is_unread(in_state, kind(message)))


def _transition(message: Any, after: State) -> None:
    api.content.transition(wrapped(message), _TRANSITIONS[after])


def _item(account: Any, message: Any) -> str:
    return f"{message.id}:{account.id}"


def _watch(account: Any, message: Any) -> None:
    """Let the box be seen when the message has to go, unless that is done earlier."""
    due = deleted_at(message)
    box = get_box(account.id)
    if not box.look_at or due < box.look_at:
        look_at(account, box, due)
