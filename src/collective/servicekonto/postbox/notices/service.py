"""The door to the notices: whom they reach, and whether they came back.

A message is told of when the mail server has really taken the mail. Its receipt says
so from the moment on at which that was seen, never earlier. At most one mail of a box
waits in the queue; what arrives meanwhile is told of by the next one.
"""

from Acquisition import aq_base
from collections.abc import Iterator
from collective.servicekonto.mail import receipts
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox import delivering
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.notices import returns
from collective.servicekonto.postbox.notices import rules
from collective.servicekonto.postbox.notices.letters import notice_letter
from collective.servicekonto.postbox.notices.rules import Notice
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import notice_at
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any
from zope.component.hooks import getSite


_NOTICES = (Event.NOTIFIED, Event.NOTIFIED_AGAIN)

# The page of the portal that a notice leads to.
_PAGE = "postfach"


def is_undeliverable(account: Any) -> bool:
    """Tell whether mails to the citizen came back twice, and the address is the same."""
    box = messages.query_box(account.id)
    return box is not None and bool(box.undeliverable)


def came_back(message: Any) -> bool:
    """Tell whether the last mail about the message came back."""
    return _last_notice(message) is Event.BOUNCED


def was_told(message: Any) -> bool:
    """Tell whether a mail about the message was taken, and has not come back."""
    return _last_notice(message) in _NOTICES


def known(box: Postbox) -> list[Notice]:
    """Return the mails whose fate still matters, oldest first."""
    return [Notice(*stored) for stored in box.notices]


def news(box: Postbox) -> tuple[str, ...]:
    """Return the ids of the unread messages that no mail has told of."""
    waiting = [one for one in known(box) if one.is_pending]
    covered = {message_id for one in waiting for message_id in one.messages}
    found = [
        message
        for message in _unread(box)
        if message.id not in covered and not was_told(message)
    ]
    # Where mails come back for good, nothing is repeated until something new arrives.
    if box.undeliverable and all(map(came_back, found)):
        return ()
    return tuple(message.id for message in found)


def is_due(box: Postbox, now: datetime) -> bool:
    """Tell whether a mail is to be sent. The fate of earlier ones was settled."""
    if any(one.is_pending for one in known(box)) or not news(box):
        return False
    return _next_mail_at(box) <= now.timestamp()


def is_due_after_settling(box: Postbox, now: datetime) -> bool:
    """Tell the same where the fate of earlier mails was not settled yet."""
    waits = (one for one in known(box) if one.is_pending)
    return not any(_waits(one, now) for one in waits) and (
        bool(news(box)) and _next_mail_at(box) <= now.timestamp()
    )


def settle(box: Postbox, now: datetime) -> list[str]:
    """Note what became of the mails, and forget those that do not matter any more.

    Returns the receipts of mails that are not needed once this is committed.
    """
    done = []
    for notice in known(box):
        fate = receipts.fate(_queue(), notice.receipt) if notice.is_pending else None
        if fate is receipts.Fate.SENT:
            note_taken(box, notice, now)
        elif fate is receipts.Fate.REFUSED:
            note_returned(box, notice, now)
        elif _is_over(notice, now):
            if notice.is_pending:
                box.tell_from(notice.messages)
            _forget(box, notice)
            _note_deliverable(box, notice)
        else:
            continue
        done.append(notice.receipt)
    return done


def discard_receipts(done: list[str]) -> None:
    """Remove the receipts of mails."""
    for receipt in done:
        receipts.discard(_queue(), receipt)


def send(account: Any, box: Postbox, now: datetime) -> None:
    """Mail a notice, and look later what became of it."""
    ids = news(box)
    present = int(now.timestamp())
    token, address = returns.issue(account, present)
    notice = Notice(
        sent=present,
        receipt=receipts.new_receipt(),
        token=token,
        attempt=rules.attempt(known(box), box.undeliverable),
        messages=ids,
    )
    box.notices = (*box.notices, tuple(notice))
    box.last_notice = present
    box.untold_since = rules.told_until(present)
    watch(account, box, now)
    letter = notice_letter(link(get_portal(), _PAGE), len(ids))
    expires = datetime.fromtimestamp(notice.expires, UTC)
    # The mail comes last: it would leave although what follows has failed.
    send_letter(
        letter,
        account.email,
        account.language,
        now,
        expires,
        notice.receipt,
        address,
    )


def watch(account: Any, box: Postbox, now: datetime) -> None:
    """Let the box be looked at when there is something to do next."""
    present = int(now.timestamp())
    notices = known(box)
    moments = [one.over for one in notices if not one.is_pending]
    if any(one.is_pending for one in notices):
        moments.append(rules.look_again_at(present))
    elif news(box):
        moments.append(max(present, _next_mail_at(box)))
    if moments:
        look_at(account, box, min(moments))


def look_at(account: Any, box: Postbox, due: int) -> None:
    """Let the box be looked at then, and not when it was to be looked at before."""
    queue = delivering.notice_queue()
    queue.remove(account.id, box.watched)
    box.watched = due
    queue.add(account.id, due)


def note_taken(box: Postbox, notice: Notice, now: datetime) -> None:
    """Note that the mail server took the mail."""
    _replace(box, notice, notice._replace(told=int(now.timestamp())))
    for message in _told_of(box, notice):
        again = _last_notice(message) is not None
        event = Event.NOTIFIED_AGAIN if again else Event.NOTIFIED
        proof.note(message, event, now)


def note_returned(box: Postbox, notice: Notice, now: datetime) -> None:
    """Note that the mail came back; a second attempt follows, or none any more."""
    present = int(now.timestamp())
    returns.forget(notice)
    _replace(box, notice, notice._replace(bounced=present, token=""))
    box.tell_from(notice.messages)
    told_of = _told_of(box, notice)
    for message in told_of:
        proof.note(message, Event.BOUNCED, now)
    if notice.attempt == rules.LAST_ATTEMPT:
        box.undeliverable = box.undeliverable or present
        for message in told_of:
            feed.note_undeliverable(message, now)


def take_back(account: Any, token: str, now: datetime) -> bool:
    """Take in that the mail with this token in its return address came back.

    Tells whether there was such a mail that had not come back yet.
    """
    box = messages.query_box(account.id)
    if box is None:
        return False
    found = [one for one in known(box) if one.token == token]
    for notice in found:
        if notice.is_pending:
            # Only a mail that a server took comes back in this way.
            note_taken(box, notice, now)
            notice = notice._replace(told=int(now.timestamp()))
        note_returned(box, notice, now)
        watch(account, box, now)
    return bool(found)


def begin_anew(account: Any, now: datetime) -> None:
    """Forget what became of mails to the address before, and tell of what is unread."""
    box = messages.query_box(account.id)
    if box is None:
        return
    forget_all(box)
    forget_due(account, box)
    box.undeliverable = box.last_notice = box.untold_since = 0
    watch(account, box, now)


def forget_due(account: Any, box: Postbox) -> None:
    """Let the box be looked at never again.

    Besides what is noted, it becomes due with each of its messages, or an hour after
    the last notice.
    """
    arrived = [message.provided for message in box.everything()]
    later = [notice_at(moment, box.last_notice) for moment in (0, *arrived)]
    dues = {box.watched, *arrived, *later}
    delivering.notice_queue().forget(account.id, dues)


def forget_all(box: Postbox) -> None:
    """Forget all mails, their tokens and receipts."""
    for notice in known(box):
        receipts.discard(_queue(), notice.receipt)
        _forget(box, notice)


def exported(box: Postbox) -> dict[str, Any]:
    """Return what is known about mails, for the citizen's export."""
    return {
        "undeliverable": box.undeliverable,
        "mails": [
            {
                "queued": one.sent,
                "taken": one.told,
                "returned": one.bounced,
                "messages": list(one.messages),
            }
            for one in known(box)
        ],
    }


def _next_mail_at(box: Postbox) -> int:
    return rules.next_mail_at(known(box), box.last_notice, box.undeliverable)


def _waits(notice: Notice, now: datetime) -> bool:
    unknown = receipts.fate(_queue(), notice.receipt) is None
    return unknown and now.timestamp() < notice.expires


def _is_over(notice: Notice, now: datetime) -> bool:
    end = notice.expires if notice.is_pending else notice.over
    return end <= now.timestamp()


def _unread(box: Postbox) -> Iterator[Any]:
    left = box.unread
    for message in box.newest(Folder.INBOX):
        if left <= 0 or time_of(message.id) < box.untold_since:
            return
        if messages.is_unread(message):
            left -= 1
            yield message


def _told_of(box: Postbox, notice: Notice) -> list[Any]:
    found = (box.query(one) for one in notice.messages)
    return [aq_base(message) for message in found if message is not None]


def _last_notice(message: Any) -> Event | None:
    if not message.receipt:
        return None
    entry = chain.last(message.receipt, *_NOTICES, Event.BOUNCED)
    return None if entry is None else entry.event


def _replace(box: Postbox, before: Notice, after: Notice) -> None:
    box.notices = tuple(
        tuple(after) if stored == tuple(before) else stored for stored in box.notices
    )


def _note_deliverable(box: Postbox, notice: Notice) -> None:
    if notice.told and not notice.bounced and notice.sent >= box.undeliverable:
        box.undeliverable = 0


def _forget(box: Postbox, notice: Notice) -> None:
    returns.forget(notice)
    box.notices = tuple(one for one in box.notices if one != tuple(notice))


def _queue() -> Path:
    return queue_directory(getSite())
