"""What became of a mail whose sender has to know it.

A receipt is an empty file beside the queue, named by a random text in the mail's
header. It is written when the mail server has answered and before the mail leaves the
queue: a process that dies in between sends once more, but never loses the answer.
"""

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from enum import Enum
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from smtplib import SMTPResponseException
from typing import Any
import re
import secrets
import transaction


HEADER = "X-Servicekonto-Receipt"

# From this code on a server's answer is final (RFC 5321, chapter 4.2.1).
FINAL = 500

_DIRECTORY = "receipts"
_RECEIPT = re.compile("[0-9a-f]{32}")


class Fate(Enum):
    """How the mail server answered. The values end the names of the files."""

    SENT = "sent"
    REFUSED = "refused"


def new_receipt() -> str:
    """Return a text that names the receipt of one mail."""
    return secrets.token_hex(16)


def fate(queue: Path, receipt: str) -> Fate | None:
    """Return what became of the mail, None while it waits, or where it was lost."""
    for one in Fate:
        if _file(queue, receipt, one).exists():
            return one
    return None


def discard(queue: Path, receipt: str) -> None:
    """Remove the receipt, if there is one."""
    for one in Fate:
        _file(queue, receipt, one).unlink(missing_ok=True)


class Waiting:
    """The receipts of the mails that wait in the queue when this is first asked.

    Ask this before ``fate``: a mail that leaves in between has its receipt by then.
    """

    def __init__(self, queue: Path) -> None:
        self._queue = queue
        self._found: set[str] | None = None

    def __contains__(self, receipt: str) -> bool:
        if self._found is None:
            self._found = {found for _path, found in _waiting(self._queue)}
        return receipt in self._found


def withdraw(queue: Path, receipt: str) -> None:
    """Let the mail not be sent, once the present transaction is committed.

    One that is being sent at this moment cannot be held back.
    """

    def remove(committed: bool) -> None:
        if committed:
            for path, found in _waiting(queue):
                if found == receipt:
                    path.unlink(missing_ok=True)
            discard(queue, receipt)

    transaction.get().addAfterCommitHook(remove)


class NotingMailer:
    """Sends with another mailer, and writes the receipts of the mails that ask for it."""

    def __init__(self, mailer: Any, queue: Path) -> None:
        self._mailer = mailer
        self._queue = queue

    def send(self, sender: str, recipients: tuple[str, ...], message: bytes) -> None:
        """Send the mail. Raises what the mailer raises.

        The queue gives up whatever a server does not take for a recipient. Where it
        only says “later”, as with greylisting, that is raised as an answer to wait
        for instead.
        """
        try:
            self._mailer.send(sender, recipients, message)
        except SMTPRecipientsRefused as error:
            code = max(code for code, _text in error.recipients.values())
            if code < FINAL:
                raise SMTPResponseException(code, b"Later") from None
            self._note(message, Fate.REFUSED)
            raise
        except SMTPResponseException as error:
            if error.smtp_code >= FINAL:
                self._note(message, Fate.REFUSED)
            raise
        self._note(message, Fate.SENT)

    def _note(self, message: bytes, fate: Fate) -> None:
        receipt = _receipt_in(BytesHeaderParser().parsebytes(message))
        if receipt:
            path = _file(self._queue, receipt, fate)
            path.parent.mkdir(exist_ok=True)
            path.touch()


def _waiting(queue: Path) -> Iterator[tuple[Path, str]]:
    for path in [*queue.glob("new/*"), *queue.glob("cur/*")]:
        try:
            with path.open("rb") as file:
                # The two first lines are the queue's own envelope.
                file.readline()
                file.readline()
                receipt = _receipt_in(BytesHeaderParser().parse(file))
        except FileNotFoundError:
            continue
        if receipt:
            yield path, receipt


def _receipt_in(headers: Message) -> str:
    receipt = headers[HEADER] or ""
    return receipt if _RECEIPT.fullmatch(receipt) else ""


def _file(queue: Path, receipt: str, fate: Fate) -> Path:
    return queue / _DIRECTORY / f"{receipt}.{fate.value}"
