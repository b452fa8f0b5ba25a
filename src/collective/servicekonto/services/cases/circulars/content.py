"""What is written to all applicants of a service, and how far it has come."""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOTreeSet
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from persistent import Persistent
from typing import Any
from typing import NamedTuple


class Header(NamedTuple):
    """``office`` and ``service`` are UIDs, ``title`` that of the service at that time.

    ``created`` in epoch seconds, ``clerk`` the id of the member who sent it.
    """

    office: str
    service: str
    title: str
    clerk: str
    created: int


class Circular(Persistent):
    """A letter to many, which the cleanup delivers in batches.

    ``batches``  number → ids of applications; what is done is gone
    ``sent``     how many citizens got it
    ``skipped``  how many applications have nobody to write to, or whose citizen got it
                 already because of another application
    ``failed``   ids of applications whose citizen could not be written to
    ``stopped``  epoch seconds; when a clerk stopped it, 0 for not
    ``reached``  keyed hashes of the accounts that got it
    """

    failed: tuple[str, ...] = ()
    stopped = 0

    def __init__(
        self, header: Header, letter: Letter, batches: tuple[tuple[str, ...], ...]
    ) -> None:
        self.stored_header: tuple[Any, ...] = tuple(header)
        self.stored_letter = _stored(letter)
        self.attachments = letter.attachments
        self.batches = IOBTree(dict(enumerate(batches)))
        self.total = sum(map(len, batches))
        self.sent = 0
        self.skipped = 0
        self.reached = OOTreeSet()

    @property
    def header(self) -> Header:
        """For whom it is, and who sent it."""
        return Header(*self.stored_header)

    @property
    def letter(self) -> Letter:
        """The letter, without the file number of an application."""
        kind, subject, text, level, until = self.stored_letter
        return Letter(
            kind=Kind(kind),
            subject=subject,
            text=text,
            level=TrustLevel(level),
            reply_until=date.fromisoformat(until) if until else None,
            attachments=self.attachments,
        )

    @property
    def left(self) -> int:
        """How many applications were not looked at (yet)."""
        return self.total - self.sent - self.skipped - len(self.failed)

    @property
    def is_under_way(self) -> bool:
        """Tell whether it is still being sent."""
        return bool(self.left and not self.stopped)


def _stored(letter: Letter) -> tuple[Any, ...]:
    until = letter.reply_until.isoformat() if letter.reply_until else ""
    return (letter.kind.value, letter.subject, letter.text, letter.level.value, until)
