"""Reading what mail servers report: has a mail been given up (RFC 3464)?

Whatever else arrives there, such as an answer of somebody on holiday (RFC 3834) or a
report that a mail is late, means nothing. The content may be hostile: of all that it
says, only the addresses that it was sent to are used.
"""

from email import message_from_bytes
from email.message import Message


# A report is longer only where it brings back a long mail, and ours are short.
LONGEST = 256 * 1024

# Where it is written to whom a mail was sent. Mail servers add all but the first.
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")

_REPORTS = ("message/delivery-status", "message/global-delivery-status")


def recipients_of_failure(raw: bytes) -> str:
    """Return to whom the report of a failure was sent, as text; empty for all else."""
    try:
        mail = message_from_bytes(raw[:LONGEST])
        failed = _is_report(mail) and any(map(_says_failed, _parts(mail)))
        return _addressed(mail) if failed else ""
    except RecursionError:
        # Parts within parts within parts are no report of a mail server.
        return ""


def _is_report(mail: Message) -> bool:
    kind = str(mail.get_param("report-type", ""))
    return (
        mail.get_content_type() == "multipart/report"
        and kind.lower() in ("delivery-status", "global-delivery-status")
        and mail.is_multipart()
    )


def _parts(mail: Message) -> list[Message]:
    parts = mail.get_payload()
    return [one for one in parts if isinstance(one, Message)]


def _says_failed(part: Message) -> bool:
    if part.get_content_type() not in _REPORTS or not part.is_multipart():
        return False
    return any(map(_is_failure, _fields(part)))


def _fields(part: Message) -> list[Message]:
    blocks = _parts(part)
    # What follows the first block of an international report is its body.
    rest = [block.get_payload() for block in blocks]
    texts = [text for text in rest if isinstance(text, str) and text]
    more = [message_from_bytes(text.encode("utf-8", "replace")) for text in texts]
    return [*blocks, *more]


def _is_failure(fields: Message) -> bool:
    action = str(fields.get("Action", "")).partition(";")[0].strip().lower()
    status = str(fields.get("Status", "")).strip()
    # A server that gave up in the end says “failed” with a status 4, too.
    return action == "failed" and status[:2] in ("4.", "5.")


def _addressed(mail: Message) -> str:
    found = [str(one) for name in _ADDRESSED for one in mail.get_all(name, [])]
    return "\n".join(found)
