"""Messages in the box: found, opened, moved and deleted. They come by delivering.py.

Whatever changes the state of a message goes through here, so that folder, number of
unread messages, deadline and receipt follow it.
"""

from Acquisition import aq_base
from Acquisition import aq_parent
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import workflow_state
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.delivery import objection_end
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from datetime import datetime
from plone import api
from typing import Any


TYPE_NAME = "Postfachnachricht"

# The due queues: of messages that wait, of boxes in which one ends.
WAITING = "waiting-messages"
RETENTION = "messages"

# The transition that leads into each state.
_TRANSITIONS = {
    State.WAITING: "hold",
    State.NEW: "provide",
    State.READ: "open",
    State.ARCHIVED: "archive",
    State.BIN: "bin",
    State.GONE: "destroy",
}


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


def state(message: Any) -> State:
    """Return the state of the message."""
    known = message if aq_parent(message) is not None else wrapped(message)
    return State(workflow_state(known))


def wrapped(message: Any) -> Any:
    """Return the message in the portal, as workflow and pages need it."""
    return message.__of__(get_portal())


def folder(message: Any) -> rules.Folder:
    """Return where the message lies."""
    return folder_in(message, state(message))


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
    box.take(folder_in(stored, before), stored)
    stored.binned = int(now.timestamp()) if after is State.BIN else 0
    stored.before_bin = before.value if after is State.BIN else ""
    transition(stored, after)
    box.put(folder_in(stored, after), stored)
    box.count_unread(unread_in(stored, after) - unread_in(stored, before))
    watch(account, stored)


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
    box.take(folder_in(stored, present), stored)
    box.count_unread(-unread_in(stored, present))
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
    get_store().queue(WAITING).remove(
        waiting_item(account, message), message.provide_at
    )


def first_of(account: Any, message: Any) -> Any | None:
    """Return the first message of the thread, None where it is not kept any more."""
    return query_message(account.id, message.thread)


def folder_in(message: Any, of_state: State) -> rules.Folder:
    """Return where the message lies in this state."""
    return rules.folder_of(of_state, kind(message))


def unread_in(message: Any, in_state: State) -> int:
    """Return 1 where the message counts as unread in this state, else 0."""
    return int(rules.is_unread(in_state, kind(message)))


def transition(message: Any, after: State) -> None:
    """Let the site's workflow bring the message into the state."""
    api.content.transition(wrapped(message), _TRANSITIONS[after])


def waiting_item(account: Any, message: Any) -> str:
    """Return what stands for the message in the queue of those that wait."""
    return f"{message.id}:{account.id}"


def watch(account: Any, message: Any) -> None:
    """Let the box be seen when the message has to go, unless that is done earlier."""
    due = deleted_at(message)
    box = get_box(account.id)
    if not box.look_at or due < box.look_at:
        look_at(account, box, due)


def _strip(message: Any) -> None:
    message.title = message.body = message.reference = ""
    message.attachments = ()
    message.salt = b""
