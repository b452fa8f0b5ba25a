"""The answer that carries an attachment: saved by the browser, never shown by it.

Whoever calls this has checked whose attachment it is.
"""

from collections.abc import Iterator
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.files import CHUNK
from io import FileIO
from io import SEEK_CUR
from io import SEEK_END
from io import SEEK_SET
from plone.namedfile.browser import Download
from typing import Any
from urllib.parse import quote
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator


@implementer(IStreamIterator)
class Stretch:
    """A file that consists of the bytes ``start`` up to, not including, ``end``.

    waitress sends what it can seek in by itself; of mere pieces it would collect 16 MB
    in memory. It is no IOBase, because Zope would wind that back to its beginning.
    """

    def __init__(self, path: str, start: int, end: int) -> None:
        self._file = FileIO(path)
        self._start = start
        self._length = end - start
        self._file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes and 64 KiB, or all that follow.

        waitress asks for as much as the socket might take, several MB. Each of its
        threads would keep that memory.
        """
        left = max(self._length - self.tell(), 0)
        return self._file.read(left if size < 0 else min(size, left, CHUNK))

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place, counted from the beginning, the present place or the end."""
        base = {SEEK_SET: 0, SEEK_CUR: self.tell(), SEEK_END: self._length}[whence]
        return self._file.seek(self._start + base + offset) - self._start

    def tell(self) -> int:
        """Return the present place."""
        return self._file.tell() - self._start

    def close(self) -> None:
        """Close the file; the server does it."""
        self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self.read(CHUNK)
        if not piece:
            raise StopIteration
        return piece

    def __len__(self) -> int:
        return self._length


def send(attachment: Attachment, request: Any) -> Any:
    """Set the headers of the answer and return what the publisher streams.

    The content must be committed. A single range (RFC 9110 §14) is answered with 206.
    """
    response = request.response
    response.setHeader("Content-Type", attachment.media_type)
    response.setHeader("Content-Length", str(attachment.size))
    response.setHeader("Content-Disposition", _disposition(attachment.name))
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'")
    response.setHeader("Cache-Control", "no-store")
    response.setHeader("Accept-Ranges", "bytes")
    part = Download(attachment, request).handle_request_range(attachment)
    stretch = {"start": 0, "end": attachment.size} | part
    return Stretch(attachment.blob.committed(), **stretch)


def _disposition(name: str) -> str:
    """Return the header with the name in every character (RFC 6266, RFC 8187)."""
    plain = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "_"
        for one in name
    )
    encoded = quote(name, safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
