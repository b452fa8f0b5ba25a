"""Messages as JSON."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.text import to_plain
from datetime import date
from datetime import datetime
from datetime import UTC
from typing import Any


MESSAGE = "@servicekonto-postbox-message"
ATTACHMENT = "@servicekonto-postbox-attachment"


def time(seconds: int) -> str | None:
    """Return a moment in UTC, or None for 0."""
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None


def is_readable(message: Any, level: TrustLevel) -> bool:
    """Tell whether the content may be shown: it was opened, or is the citizen's own."""
    return service.is_opened(message) and not service.is_locked(message, level)


def summary(message: Any, level: TrustLevel, today: date) -> dict[str, Any]:
    """Return what a list shows of a message; of a locked one nothing of its content."""
    locked = service.is_locked(message, level)
    return {
        "@id": link(get_portal(), f"{MESSAGE}/{message.id}"),
        "id": message.id,
        "thread": message.thread,
        "kind": message.kind,
        "folder": messages.folder(message).value,
        "unread": messages.is_unread(message),
        "locked": locked,
        "required_level": message.level,
        "subject": "" if locked else message.title,
        "sender": message.sender,
        "reference": "" if locked else message.reference,
        "provided": time(message.provided),
        "opened": time(message.opened),
        "accepts_reply": service.accepts_reply(message, today),
        "reply_until": message.reply_until or None,
        "deleted": time(messages.deleted_at(message)),
        "attachments": None if locked else len(message.attachments),
        "actions": [one.value for one in service.possible_actions(message)],
    }


def whole(account: Any, message: Any, level: TrustLevel, today: date) -> dict[str, Any]:
    """Return a message with its thread; its content once it was opened."""
    thread = service.thread(account, message)
    shown = {
        "message": summary(message, level, today),
        "thread": [summary(one, level, today) for one in thread],
        "content": None,
    }
    return (
        shown | {"content": content(message)} if is_readable(message, level) else shown
    )


def content(message: Any) -> dict[str, Any]:
    """Return text and files of a message."""
    return {
        "html": message.body,
        "text": to_plain(message.body),
        "salt": message.salt.hex(),
        "attachments": [
            file(one, link(get_portal(), f"{ATTACHMENT}/{message.id}/{one.id}"))
            for one in message.attachments
        ],
    }


def file(attachment: Any, address: str) -> dict[str, Any]:
    """Return what is said of a file."""
    return {
        "@id": address,
        "id": attachment.id,
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }
