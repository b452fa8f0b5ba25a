"""The mails that the demo sent: kept as files, read again for a page."""

from dataclasses import dataclass
from email import message_from_bytes
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
import os
import time


@dataclass(frozen=True)
class Mail:
    """One mail, as far as a reader of the demo wants to see it."""

    name: str
    subject: str
    sender: str
    recipients: str
    sent: str
    text: str
    html: str


class Mailbox:
    """A directory of .eml files whose names sort by the time of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Write a mail to the disk and return its name.

        Readers never see half a mail: it gets its name when it is complete.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():020d}"
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(content)
        os.replace(unfinished, self._path(name))
        return name

    def names(self) -> list[str]:
        """Return the names of all mails, newest first."""
        return sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)

    def mail(self, name: str) -> Mail:
        """Return a mail. Raises KeyError when there is none of this name."""
        if not name.isdigit() or not self._path(name).is_file():
            raise KeyError(name)
        content = self._path(name).read_bytes()
        return _as_mail(name, message_from_bytes(content, policy=policy.default))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.eml"


def _as_mail(name: str, message: EmailMessage) -> Mail:
    return Mail(
        name=name,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        sent=_time_of(message),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _time_of(message: EmailMessage) -> str:
    if not message["Date"]:
        return ""
    return parsedate_to_datetime(str(message["Date"])).strftime("%d.%m.%Y %H:%M:%S")


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return "" if part is None else str(part.get_content())
