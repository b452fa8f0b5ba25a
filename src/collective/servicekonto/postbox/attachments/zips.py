"""ZIP archives as documents are kept in: exactly what their directory says.

Nothing is ever unpacked to the disk or held in memory as a whole.
"""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.disguises import END_OF_ZIP
from collective.servicekonto.postbox.attachments.disguises import END_SIZE
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import CHUNK
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from dataclasses import dataclass
from itertools import pairwise
from typing import cast
from typing import IO
from typing import Protocol
from zipfile import BadZipFile
from zipfile import ZIP_DEFLATED
from zipfile import ZIP_STORED
from zipfile import ZipFile
from zipfile import ZipInfo
import struct
import zlib


MAXIMUM_ENTRIES = 2_000
MAXIMUM_DIRECTORY = 512 * 1024
MAXIMUM_INFLATED = 256 * 1024 * 1024

# XML of large tables shrinks to a fiftieth; what shrinks more is made to.
MAXIMUM_RATIO = 200
SMALL = 1024 * 1024

MAXIMUM_KEPT = 512 * 1024

_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_DESCRIPTOR = 24
_ENCRYPTED = 0x1 | 0x40 | 0x2000

# Archives, Microsoft's older documents and their macros, programs.
_FOREIGN = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"\x7fELF",
    b"#!",
)


@dataclass(frozen=True)
class Contents:
    """The names of all entries, and the wanted ones by their names."""

    names: tuple[str, ...]
    kept: dict[str, bytes]


class Reader(Protocol):
    """Looks at an entry in pieces. Both raise AttachmentRefused."""

    def feed(self, part: bytes) -> None:
        """Take the next piece."""

    def close(self) -> None:
        """Take note that it was the last."""


def read_archive(file: File, size: int, wanted: Collection[str]) -> Contents:
    """Return what is in the archive, every entry having been read.

    At most 64 KiB are in memory at once, and 512 KiB of each wanted entry. Raises
    AttachmentRefused for what is no archive from its first to its last byte, has
    gaps, overlaps, doubled or encrypted entries, other sizes than it says, more than
    2,000 entries, more than 256 MiB or 200 times its own size when inflated, and for
    archives, programs and macros inside.
    """
    _check_end(file, size)
    try:
        with ZipFile(cast(IO[bytes], file)) as archive:
            entries = sorted(archive.infolist(), key=lambda one: one.header_offset)
            _check_entries(entries, size)
            _check_places(file, entries, archive.start_dir)
            names = tuple(one.filename for one in entries)
            return Contents(names, _read(archive, entries, wanted))
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        UnicodeError,
        ValueError,
        struct.error,
        zlib.error,
    ) as error:
        if isinstance(error, AttachmentRefused):
            raise
        raise damaged() from error


def look_through(file: File, reader_of: Callable[[str], Reader | None]) -> None:
    """Show the entries of an archive that read_archive returned to their readers.

    ``reader_of`` returns what reads the entry with a name, None for nothing. Raises
    what the readers raise.
    """
    with ZipFile(cast(IO[bytes], file)) as archive:
        for entry in archive.infolist():
            reader = reader_of(entry.filename)
            if reader is not None:
                for part in _inflate(archive, entry):
                    reader.feed(part)
                reader.close()


def damaged() -> AttachmentRefused:
    """Return the refusal of a document that cannot be read."""
    return AttachmentRefused(
        _(
            "The document is damaged or incomplete. Please save it anew, or save it as "
            "PDF, and attach the new file."
        )
    )


def protected() -> AttachmentRefused:
    """Return the refusal of a document that needs a password."""
    return AttachmentRefused(
        _(
            "The document is protected with a password, so nobody can check it for "
            "viruses. Please save it without a password and attach the new file."
        )
    )


def active() -> AttachmentRefused:
    """Return the refusal of a document with macros or files inside."""
    return AttachmentRefused(
        _(
            "The document contains macros or other files. Please save it as PDF and "
            "attach the PDF file."
        )
    )


def too_large() -> AttachmentRefused:
    """Return the refusal of a document that becomes too much to check."""
    return AttachmentRefused(
        _(
            "The document is too large when it is unpacked. Please save it as PDF and "
            "attach the PDF file."
        )
    )


def _check_end(file: File, size: int) -> None:
    """The directory is small, of the plain form, and ends with the file."""
    if bytes_at(file, 0, len(_LOCAL)) != _LOCAL:
        raise damaged()
    end = bytes_at(file, size - END_SIZE, END_SIZE)
    if len(end) < END_SIZE or not end.startswith(END_OF_ZIP):
        raise damaged()
    disks, here, total, length, offset = struct.unpack_from("<IHHII", end, 4)
    if disks or here != total or offset + length != size - END_SIZE:
        raise damaged()
    if total > MAXIMUM_ENTRIES or length > MAXIMUM_DIRECTORY:
        raise too_large()


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    if len({one.filename.lower() for one in entries}) != len(entries):
        raise damaged()
    if any(one.flag_bits & _ENCRYPTED for one in entries):
        raise protected()
    if any(one.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for one in entries):
        raise damaged()
    if any(_leads_away(one.filename) for one in entries):
        raise damaged()
    if sum(one.file_size for one in entries) > _most_inflated(size):
        raise too_large()


def _most_inflated(size: int) -> int:
    return min(max(size * MAXIMUM_RATIO, SMALL), MAXIMUM_INFLATED)


def _leads_away(name: str) -> bool:
    return (
        name.startswith("/")
        or any(one in name for one in "\\:<>\0")
        or ".." in name.split("/")
    )


def _check_places(file: File, entries: list[ZipInfo], directory: int) -> None:
    """One entry follows the other from the first byte up to the directory."""
    starts = [one.header_offset for one in entries] + [directory]
    if starts[0] != 0:
        raise damaged()
    for entry, (start, following) in zip(entries, pairwise(starts), strict=True):
        header = bytes_at(file, start, _LOCAL_SIZE)
        if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL):
            raise damaged()
        name, extra = struct.unpack_from("<HH", header, 26)
        end = start + _LOCAL_SIZE + name + extra + entry.compress_size
        if not end <= following <= end + _DESCRIPTOR:
            raise damaged()


def _read(
    archive: ZipFile, entries: list[ZipInfo], wanted: Collection[str]
) -> dict[str, bytes]:
    kept = {}
    for entry in entries:
        parts = _inflate(archive, entry)
        first = next(parts, b"")
        if first.startswith(_FOREIGN):
            raise active()
        if entry.filename in wanted:
            if entry.file_size > MAXIMUM_KEPT:
                raise damaged()
            kept[entry.filename] = first + b"".join(parts)
        else:
            for _part in parts:
                pass
    return kept


def _inflate(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """Yield the entry; ZipFile stops at the size it said and compares the CRC."""
    with archive.open(entry) as source:
        while part := source.read(CHUNK):
            yield part
