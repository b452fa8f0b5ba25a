"""What programs of an office read: messages they sent, and answers, as JSON."""

from collective.servicekonto.postbox.desk.programs import Report
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.document import document
from collective.servicekonto.postbox.rest.shown import file
from collective.servicekonto.postbox.rest.shown import time
from collective.servicekonto.postbox.text import to_plain
from typing import Any


def report(found: Report, address: str) -> dict[str, Any]:
    """Return what became of a message."""
    message = found.message
    return {
        "@id": address,
        "id": found.id,
        "kind": found.kind,
        "status": found.status.value,
        "account_deleted": message is None,
        "thread": None if message is None else message.thread,
        "reference": "" if message is None else message.reference,
        "provide_at": None if message is None else time(message.provide_at),
        "can_be_recalled": found.can_be_recalled,
        "events": [
            {"event": entry.event.name.lower(), "at": time(entry.at)}
            for entry in (chain.events(found.receipt) if found.receipt else ())
        ],
    }


def report_with_receipt(found: Report, address: str) -> dict[str, Any]:
    """Return the same with the receipt, null while the message waits."""
    receipt = document(found.receipt) if found.receipt else None
    return report(found, address) | {"receipt": receipt}


def answer(found: Any, address: str) -> dict[str, Any]:
    """Return what a list shows of an answer: nothing of its content."""
    return {
        "@id": address,
        "id": found.id,
        "thread": found.thread,
        "reference": found.reference,
        "provided": time(found.provided),
        "attachments": len(found.attachments),
    }


def whole_answer(found: Any, address: str) -> dict[str, Any]:
    """Return an answer with its content, and the name that the citizen sent with it."""
    return answer(found, address) | {
        "sender": found.sender,
        "subject": found.title,
        "text": to_plain(found.body),
        "attachments": [file(one, f"{address}/{one.id}") for one in found.attachments],
    }
