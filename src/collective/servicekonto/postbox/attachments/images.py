"""Pictures: PNG and JPEG, whole, and not too large to be shown."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.disguises import refuse_hidden_pdf
from collective.servicekonto.postbox.attachments.disguises import refuse_second_face
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import chunks
from collective.servicekonto.postbox.attachments.files import contains
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
import re
import struct


# A page of A4 at 1200 dots per inch, or the best camera of a phone, has fewer.
MAXIMUM_PIXELS = 200_000_000

# Writers make chunks of 4 KiB and more.
MAXIMUM_CHUNKS = 50_000
MAXIMUM_SEGMENTS = 10_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"

# Frames (SOF) tell the size; DHT, JPG and DAC have numbers between them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_END_OF_JPEG = re.compile(rb"\xff\xd9")


def check_png(file: File, size: int) -> None:
    """Raise AttachmentRefused unless it is a PNG from its first to its last byte."""
    if bytes_at(file, 0, len(_PNG)) != _PNG:
        raise _not_a_picture()
    kinds: set[bytes] = set()
    place = len(_PNG)
    for kind, length in _png_chunks(file):
        if not kinds:
            _check_png_header(
                kind, bytes_at(file, place + 8, length if length < 14 else 0)
            )
        kinds.add(kind)
        place += length + 12
    if place != size or not {b"IDAT", b"IEND"} <= kinds:
        raise _damaged()
    refuse_hidden_pdf(file)
    refuse_second_face(file, size)


def check_jpeg(file: File, size: int) -> None:
    """Raise AttachmentRefused unless it is a whole JPEG.

    Phones append a preview or a depth map to their photos, so bytes behind the end
    are allowed; an archive there is not.
    """
    if bytes_at(file, 0, len(_JPEG)) != _JPEG:
        raise _not_a_picture()
    width, height = _jpeg_frame(file)
    _check_pixels(width, height)
    if not contains(chunks(file), _END_OF_JPEG, 1):
        raise _damaged()
    refuse_hidden_pdf(file)
    refuse_second_face(file, size)


def _png_chunks(file: File) -> Iterator[tuple[bytes, int]]:
    place = len(_PNG)
    for _number in range(MAXIMUM_CHUNKS):
        header = bytes_at(file, place, 8)
        if len(header) < 8 or not header[4:].isalpha():
            raise _damaged()
        length, kind = int.from_bytes(header[:4], "big"), header[4:]
        yield kind, length
        if kind == b"IEND":
            return
        place += length + 12
    raise _damaged()


def _check_png_header(kind: bytes, body: bytes) -> None:
    if kind != b"IHDR" or len(body) != 13:
        raise _damaged()
    width, height = struct.unpack_from(">II", body)
    _check_pixels(width, height)


def _jpeg_frame(file: File) -> tuple[int, int]:
    """Return width and height, which stand before the first scan."""
    size = (0, 0)
    place = 2
    for _number in range(MAXIMUM_SEGMENTS):
        marker = bytes_at(file, place, 9)
        if len(marker) < 4 or marker[0] != 0xFF:
            raise _damaged()
        if marker[1] == 0xFF:
            place += 1
            continue
        if marker[1] in _FRAMES and len(marker) == 9:
            height, width = struct.unpack_from(">HH", marker, 5)
            size = max(size, (width, height), key=lambda one: one[0] * one[1])
        if marker[1] == _SCAN:
            return size
        place += 2 + int.from_bytes(marker[2:4], "big")
    raise _damaged()


def _check_pixels(width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise _damaged()
    if width * height > MAXIMUM_PIXELS:
        raise AttachmentRefused(
            _(
                "The picture has more than ${maximum} million pixels. Please make it "
                "smaller and attach the new file.",
                mapping={"maximum": MAXIMUM_PIXELS // 1_000_000},
            )
        )


def _not_a_picture() -> AttachmentRefused:
    return AttachmentRefused(
        _(
            "The file is not the kind of picture that its name says. Please save it as "
            "JPEG or PNG and attach the new file."
        )
    )


def _damaged() -> AttachmentRefused:
    return AttachmentRefused(
        _(
            "The picture is damaged or incomplete. Please save it anew and attach the "
            "new file."
        )
    )
