"""A ZIP archive that is written while it is sent: its size does not matter.

Nothing is compressed, so that its length is known before it is sent.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zipfile import ZIP64_LIMIT
from zipfile import ZipFile
from zipfile import ZipInfo
import json


MANIFEST = "manifest.json"

_ZEROS = bytes(1 << 20)

_Hashes = dict[str, dict[str, int | str]]


@dataclass(frozen=True)
class Part:
    """A file of the archive: its path, its size in bytes, and how to read it."""

    path: str
    size: int
    read: Callable[[], Iterable[bytes]]


def part(path: str, content: bytes) -> Part:
    """Return a file that is in memory."""
    return Part(path, len(content), lambda: [content])


def stream(
    parts: Iterable[Part], now: datetime, missing: Sequence[str] = ()
) -> Iterator[bytes]:
    """Yield the archive in pieces, with a manifest of sizes and SHA-256 at its end.

    The manifest also says in words what is missing.
    No more of a file is in memory than its ``read`` yields at once. Raises
    ValueError where a file has another size than it said.
    """
    hashes: _Hashes = {}
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for one in parts:
            yield from _add(archive, sink, one, hashes, now)
        manifest = json.dumps(
            {"files": hashes, "missing": missing}, indent=2, ensure_ascii=False
        )
        yield from _add(archive, sink, part(MANIFEST, manifest.encode()), {}, now)
    yield from sink.drain()


def length(parts: Iterable[Part], now: datetime, missing: Sequence[str] = ()) -> int:
    """Return how many bytes the archive of these files will have."""
    empty = [Part(one.path, one.size, _zeros(one.size)) for one in parts]
    return sum(len(chunk) for chunk in stream(empty, now, missing))


class _Sink:
    """Takes what ZipFile writes; it cannot be read or wound back."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._chunks.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Everything is handed on as it comes."""

    def close(self) -> None:
        """There is nothing to close."""

    def drain(self) -> Iterator[bytes]:
        chunks, self._chunks = self._chunks, []
        yield from chunks


def _add(
    archive: ZipFile, sink: _Sink, one: Part, hashes: _Hashes, now: datetime
) -> Iterator[bytes]:
    info = ZipInfo(one.path, now.timetuple()[:6])
    digest, size = sha256(), 0
    with archive.open(info, "w", force_zip64=one.size > ZIP64_LIMIT) as target:
        for chunk in one.read():
            size += len(chunk)
            digest.update(chunk)
            target.write(chunk)
            yield from sink.drain()
    if size != one.size:
        raise ValueError(f"A file has {size} bytes and not {one.size}.")
    hashes[one.path] = {"bytes": size, "sha256": digest.hexdigest()}


def _zeros(size: int) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        for start in range(0, size, len(_ZEROS)):
            yield _ZEROS[: size - start]

    return read
