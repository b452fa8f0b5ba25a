"""Reading a file in small pieces: what is in memory never grows with its size."""

from collections.abc import Iterator
from io import SEEK_END
from typing import Protocol
import re


CHUNK = 1 << 16


class File(Protocol):
    """A file that is open for reading bytes and can be wound back."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def tell(self) -> int:
        """Return the present place."""


class Bounded:
    """Hands on at most so many bytes of a file, however often it is wound back."""

    def __init__(self, file: File, most: int) -> None:
        self._file = file
        self._left = most
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes; raises OSError when too many were read."""
        most = self._left + 1
        found = self._file.read(most if size < 0 else min(size, most))
        self._left -= len(found)
        if self._left < 0:
            raise OSError("Too much of the file was read.")
        return found


def size_of(file: File) -> int:
    """Return the size in bytes."""
    return file.seek(0, SEEK_END)


def bytes_at(file: File, offset: int, length: int) -> bytes:
    """Return so many bytes from the place, fewer where the file ends."""
    file.seek(max(offset, 0))
    return file.read(length)


def chunks(file: File) -> Iterator[bytes]:
    """Yield the whole file from its beginning, 64 KiB at a time."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def contains(parts: Iterator[bytes], pattern: re.Pattern[bytes], overlap: int) -> bool:
    """Tell whether the pattern is somewhere in the parts.

    A match that lies across two parts is found if it has at most ``overlap`` bytes.
    """
    before = b""
    for part in parts:
        text = before + part
        if pattern.search(text):
            return True
        before = text[-overlap:]
    return False
