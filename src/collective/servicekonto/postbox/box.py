"""How messages are kept: a box for each account, and a list of threads for each office.

Nothing in a box is read or written because there are many messages: a folder is a
BTree that begins with the newest, and the number of unread messages is counted where
several writers can add to it at once.
"""

from BTrees.Length import Length
from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.store.parts import PartedSet
from collective.servicekonto.store.parts import PARTS
from hashlib import sha256
from itertools import islice
from persistent import Persistent
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


_RANDOM_DIGITS = 16
_TIME_DIGITS = 16
_LAST_MINUTE = 0xFFFF_FFFF
_LAST_NANOSECOND = 0x7FFF_FFFF_FFFF_FFFF

_HASH_BYTES = 8
# Behind every thread; ids of threads have 16 bytes.
_BEHIND = b"\xff" * 17


def new_id(nanoseconds: int) -> str:
    """Return an unguessable id of a message that ends with its time.

    The random part comes first, so that simultaneous writers of lists and deadlines
    land in different buckets.
    """
    return f"{secrets.token_hex(_RANDOM_DIGITS // 2)}{nanoseconds:0{_TIME_DIGITS}x}"


def time_of(message_id: str) -> int:
    """Return the time in nanoseconds with which an id ends, or 0."""
    try:
        time = int(message_id[_RANDOM_DIGITS:], 16)
    except ValueError:
        return 0
    return time if 0 < time <= _LAST_NANOSECOND else 0


class FolderTree(LOBTree):
    """Messages by their time, the newest first.

    Larger buckets than usual split less often, which is where writers meet.
    """

    max_leaf_size = 120


class Postbox(Persistent):
    """The messages of one account.

    ``last_notice``  epoch seconds; when the citizen was told last
    ``look_at``      epoch seconds; when it is seen next whether a message has to go
    ``untold_since`` nanoseconds; whatever is older than this, a notice has told of
    ``watched``      epoch seconds; when it is seen next what became of a mail
    ``notices``      mails whose fate still matters, see postbox.notices.rules
    ``undeliverable`` epoch seconds; since when mails come back for good, else 0
    ``absence``      first and last day as ISO texts, empty for none
    ``threads``      id of a first message → ids of those that follow, oldest first
    ``drafts``       id of the message that is answered → what was typed so far
    """

    last_notice = 0
    look_at = 0
    untold_since = 0
    watched = 0
    notices: tuple[tuple[Any, ...], ...] = ()
    undeliverable = 0
    absence: tuple[str, ...] = ()

    def __init__(self) -> None:
        self._folders: dict[str, FolderTree] = {}
        self._unread = Length()
        self.threads = OOBTree()
        self.drafts = OOBTree()

    def put(self, folder: Folder, message: Any) -> None:
        """Lay the message into the folder."""
        if folder.value not in self._folders:
            self._folders = self._folders | {folder.value: FolderTree()}
        self._folders[folder.value][-time_of(message.id)] = message

    def take(self, folder: Folder, message: Any) -> None:
        """Take the message out of the folder."""
        del self._folders[folder.value][-time_of(message.id)]

    def query(self, message_id: str) -> Any | None:
        """Return the message with this id, wherever it lies, or None."""
        for folder in self._folders.values():
            message = folder.get(-time_of(message_id))
            if message is not None and message.id == message_id:
                return message
        return None

    def free_time(self, nanoseconds: int) -> int:
        """Return the first time from this one on that no message has."""
        while any(-nanoseconds in folder for folder in self._folders.values()):
            nanoseconds += 1
        return nanoseconds

    def newest(self, folder: Folder, before: str = "") -> Iterator[Any]:
        """Yield the messages of the folder, the newest first, behind one of them."""
        first = 1 - time_of(before) if before else None
        if folder.value in self._folders:
            yield from self._folders[folder.value].values(first)

    def everything(self) -> Iterator[Any]:
        """Yield all messages, also those that citizens do not see."""
        for folder in self._folders.values():
            yield from folder.values()

    def is_empty(self, folder: Folder) -> bool:
        """Tell whether nothing lies in the folder."""
        return not self._folders.get(folder.value)

    def add_to_thread(self, message: Any) -> None:
        """Remember that the message follows others."""
        self.threads[message.thread] = (*self.thread(message.thread)[1:], message.id)

    def tell_from(self, message_ids: Iterable[str]) -> None:
        """Let the next notice look as far back as to these messages."""
        oldest = min(map(time_of, message_ids), default=self.untold_since)
        if oldest < self.untold_since:
            self.untold_since = oldest

    def thread(self, first: str) -> tuple[str, ...]:
        """Return the ids of a thread, oldest first."""
        return (first, *self.threads.get(first, ()))

    def forget_in_thread(self, message: Any) -> None:
        """Remember no longer that the message follows others."""
        left = tuple(
            one for one in self.thread(message.thread)[1:] if one != message.id
        )
        if left:
            self.threads[message.thread] = left
        else:
            self.threads.pop(message.thread, None)

    @property
    def unread(self) -> int:
        """How many messages are unread."""
        return int(self._unread())

    def count_unread(self, change: int) -> None:
        """Add to the number of unread messages."""
        if change:
            self._unread.change(change)


class ThreadKey(NamedTuple):
    """Names a thread in the list of its office; the latest activity comes first.

    ``minute`` is that of the latest activity since 1970. Within a minute the order is
    random, so that simultaneous writers do not meet.
    """

    minute: int
    thread: str
    account_id: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the key that the text is."""
        return cls(_LAST_MINUTE - int(text[:8], 16), text[8:40], text[40:])

    def __str__(self) -> str:
        return f"{_LAST_MINUTE - self.minute:08x}{self.thread}{self.account_id}"


class ThreadList(PartedSet):
    """Threads, the latest activity first, in parts that writers seldom share."""

    def put(self, key: ThreadKey) -> None:
        """List the thread."""
        self.add(str(key), key.thread[0])

    def take(self, key: ThreadKey) -> None:
        """List the thread no longer."""
        self.discard(str(key), key.thread[0])

    def newest(self, behind: str = "") -> Iterator[ThreadKey]:
        """Yield the threads, behind one of them."""
        yield from map(ThreadKey.of, self.texts(behind))


class OfficeBox(Persistent):
    """The threads of one office: those that wait for its answer, and all others.

    ``ended``   what is left of threads whose account was deleted: see postbox.ending
    ``feed``    what programs of the office ask for: see postbox.feed
    ``files``   of messages that were not sent yet: see postbox.desk.files
    ``outbox``  what they are still to be told: see postbox.webhooks.outbox

    Threads are also found by the office's own number (the reference). The index holds
    hashes of them, in parts that writers seldom share.
    """

    feed: Any = None
    outbox: Any = None

    def __init__(self) -> None:
        self._open = ThreadList()
        self._settled = ThreadList()
        self.ended = OOBTree()
        self.files = OOBTree()
        self._references = tuple(OOBTree() for _number in range(PARTS))

    def note_reference(self, reference: str, thread: str, account_id: str) -> None:
        """Let the thread be found by its reference."""
        key = _hashed(reference) + bytes.fromhex(thread)
        self._references_like(key)[key] = bytes.fromhex(account_id)

    def forget_reference(self, reference: str, thread: str) -> None:
        """Let the thread be found no longer by its reference."""
        key = _hashed(reference) + bytes.fromhex(thread)
        self._references_like(key).pop(key, None)

    def find(self, reference: str, number: int) -> list[tuple[str, str]]:
        """Return thread and account of so many threads with this reference."""
        start = _hashed(reference)
        found = self._references_like(start).items(start, start + _BEHIND)
        return [
            (key[_HASH_BYTES:].hex(), account.hex())
            for key, account in islice(found, number)
        ]

    def put(self, key: ThreadKey, is_open: bool) -> None:
        """List the thread."""
        (self._open if is_open else self._settled).put(key)

    def take(self, key: ThreadKey) -> None:
        """List the thread no longer."""
        self._open.take(key)
        self._settled.take(key)

    def newest(self, is_open: bool, number: int, behind: str = "") -> list[ThreadKey]:
        """Return so many threads, the latest activity first, behind one of them."""
        threads = self._open if is_open else self._settled
        return list(islice(threads.newest(behind), number))

    def count_open(self) -> int:
        """Return how many threads wait for an answer."""
        return len(self._open)

    def _references_like(self, key: bytes) -> OOBTree:
        return self._references[key[0] % PARTS]


def _hashed(reference: str) -> bytes:
    # Blanks and capital letters are written this way today, and that way tomorrow.
    plain = "".join(reference.split()).casefold()
    return sha256(plain.encode()).digest()[:_HASH_BYTES]
