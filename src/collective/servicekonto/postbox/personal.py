"""What the Postfach contributes to export and deletion."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import HandedOut
from collective.servicekonto.accounts.interfaces import IProtectedData
from collective.servicekonto.accounts.interfaces import PersonalFile
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import rules
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.ending import end_threads
from collective.servicekonto.postbox.notices import service as notices
from collective.servicekonto.postbox.receipts.document import document
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.text import to_plain
from collective.servicekonto.store.service import get_store
from datetime import datetime
from typing import Any
from zope.interface import implementer


@implementer(IProtectedData)
class PostboxData:
    """All messages of a citizen and drafts of answers, with their files."""

    def contents(self, account) -> list:
        """Say how many messages there are."""
        number = sum(1 for _one in _known(account))
        text = _("Your Postfach with ${number} messages", mapping={"number": number})
        return [text] if number else []

    def warnings(self, account) -> list:
        """Say what was not read yet."""
        unread = [one for one in _known(account) if messages.is_unread(one)]
        decisions = sum(messages.kind(one) is Kind.DECISION for one in unread)
        texts = []
        if unread:
            texts.append(
                _(
                    "In your Postfach ${number} messages are unread.",
                    mapping={"number": len(unread)},
                )
            )
        if decisions:
            texts.append(
                _(
                    "Among them are decisions of an authority: ${number}. Time limits "
                    "can run although the account is deleted. Please read them first.",
                    mapping={"number": decisions},
                )
            )
        return texts

    def data(self, account) -> dict:
        """Return what a session of the lowest level gets."""
        return _data(account, TrustLevel.BASIS)

    def files(self, account) -> Iterator[PersonalFile]:
        """Yield the files that a session of the lowest level gets."""
        return _all_files(account, TrustLevel.BASIS)

    def hand_out(self, account, level: TrustLevel, now: datetime) -> HandedOut:
        """Return absence, messages, mails about them, and what was not sent yet.

        The receipts of messages that were never opened say that they were retrieved.
        Of those that need a higher level nothing of the content is handed out.
        """
        locked = 0
        for message in _known(account):
            if service.is_locked(message, level):
                locked += 1
            else:
                service.note_retrieved(message, now)
        return HandedOut(
            _data(account, level),
            _all_files(account, level),
            (_missing(locked),) if locked else (),
        )

    def erase(self, account) -> None:
        """Remove the box, and all but the receipts from the lists of the offices."""
        store = get_store()
        box = messages.query_box(account.id)
        if box is None:
            return
        notices.forget_due(account, box)
        end_threads(account, box, now())
        for message in box.newest(rules.Folder.WAITING):
            messages.forget_waiting(account, message)
        messages.look_at(account, box, 0)
        notices.forget_all(box)
        drafts.erase(account.id)
        absence.forget(account.id)
        del store.postboxes[account.id]


def _known(account) -> Iterator[Any]:
    box = messages.query_box(account.id)
    if box is not None:
        for folder in rules.CITIZENS_FOLDERS:
            yield from box.newest(folder)


def _missing(number: int) -> Any:
    return _(
        "The content of protected messages in your Postfach is missing: ${number}. "
        "They need a log-in with a passkey or with the online ID card. Log in that "
        "way, then export your data once more.",
        mapping={"number": number},
    )


def _data(account, level: TrustLevel) -> dict:
    box = messages.query_box(account.id)
    return {
        "absence": list(box.absence) if box is not None else [],
        "notices": notices.exported(box) if box is not None else {},
        "messages": [
            _listed(one) if service.is_locked(one, level) else _exported(one)
            for one in _known(account)
        ],
        "drafts": [
            {
                "answer_to": message_id,
                "text": draft.text,
                "saved": draft.saved,
                "attachments": _described(draft.attachments),
            }
            for message_id, draft in _drafts(account, level)
        ],
    }


def _all_files(account, level: TrustLevel) -> Iterator[PersonalFile]:
    for message in _known(account):
        if not service.is_locked(message, level):
            yield from _files(message.id, message.attachments)
    for message_id, draft in _drafts(account, level):
        yield from _files(f"entwurf-{message_id}", draft.attachments)


def _drafts(account, level: TrustLevel) -> Iterator[tuple[str, drafts.Draft]]:
    """Yield the drafts of answers; one to a locked message is as locked as that."""
    for message_id, draft in drafts.all_of(account.id):
        if level < TrustLevel(draft.level):
            continue
        message = messages.query_message(account.id, message_id)
        if message is None or not service.is_locked(message, level):
            yield message_id, draft


def _files(directory: str, attachments) -> Iterator[PersonalFile]:
    for number, one in enumerate(attachments, start=1):
        yield PersonalFile(f"{directory}/{number}-{one.name}", one.size, one.reader())


def _described(attachments) -> list[dict]:
    return [
        {
            "name": one.name,
            "type": one.media_type,
            "bytes": one.size,
            "sha256": one.sha256,
        }
        for one in attachments
    ]


def _exported(message) -> dict:
    return _listed(message) | {
        "withheld": "",
        "subject": message.title,
        "text": to_plain(message.body),
        "html": message.body,
        "reference": message.reference,
        "attachments": _described(message.attachments),
        "receipt": document(message.receipt),
        "salt": message.salt.hex(),
    }


def _listed(message) -> dict:
    """Return what every session may know of the message."""
    return {
        "withheld": "level",
        "id": message.id,
        "thread": message.thread,
        "kind": message.kind,
        "folder": messages.folder(message).value,
        "unread": messages.is_unread(message),
        "subject": "",
        "text": "",
        "html": "",
        "sender": message.sender,
        "reference": "",
        "level": message.level,
        "provided": message.provided,
        "opened": message.opened,
        "reply_until": message.reply_until,
        "keep_until": message.keep_until,
        "attachments": [],
        "receipt": None,
        "salt": "",
    }
