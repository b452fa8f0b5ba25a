"""Files as citizens attach them, and as nobody should."""

from collective.servicekonto.postbox.attachments.checks import check
from collective.servicekonto.postbox.attachments.checks import KINDS
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from io import BytesIO
from PIL import Image
from pypdf import PdfWriter
from zipfile import ZIP_DEFLATED
from zipfile import ZIP_STORED
from zipfile import ZipFile
from zipfile import ZipInfo
import pytest
import struct
import zlib


LIMITS = Limits(
    frozenset(KINDS), file_bytes=20_000_000, files=3, total_bytes=50_000_000
)

ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."
WORD = f"{OOXML}wordprocessingml.document.main+xml"
EXCEL = f"{OOXML}spreadsheetml.sheet.main+xml"


def taken(content: bytes, name: str):
    """Return what the check says of a file with this content and name."""
    return check(BytesIO(content), name, LIMITS)


def refused(content: bytes, name: str) -> str:
    """Return why a file is refused."""
    with pytest.raises(AttachmentRefused) as caught:
        taken(content, name)
    return caught.value.message


def _picture() -> Image.Image:
    return Image.effect_noise((64, 48), 40).convert("RGB")


def _saved(save) -> bytes:
    buffer = BytesIO()
    save(buffer)
    return buffer.getvalue()


def pdf(user: str | None = None, algorithm: str = "AES-256") -> bytes:
    """Return a PDF; with ``user`` encrypted, and opened by this password."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    if user is not None:
        writer.encrypt(user, "owner", algorithm=algorithm)
    return _saved(writer.write)


def png() -> bytes:
    """Return a PNG."""
    return _saved(lambda file: _picture().save(file, "PNG"))


def jpeg(**options) -> bytes:
    """Return a JPEG."""
    return _saved(lambda file: _picture().save(file, "JPEG", **options))


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    check_sum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check_sum)


def archive(entries: dict[str, bytes | str], stored: tuple[str, ...] = ()) -> bytes:
    """Return a ZIP archive with these entries."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in entries.items():
            method = ZIP_STORED if name in stored else ZIP_DEFLATED
            made.writestr(ZipInfo(name), content, method)
    return buffer.getvalue()


def odf(word: str = "text", manifest: str = "", **entries: bytes | str) -> bytes:
    """Return an OpenDocument with ``manifest`` inside its manifest."""
    root = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    text = (
        f'<m:manifest xmlns:m="{root}"><m:file-entry m:full-path="/" '
        f'm:media-type="{ODF}{word}"/>{manifest}</m:manifest>'
    )
    parts = {
        "mimetype": ODF + word,
        "content.xml": f"<a>{'<b>Hallo</b>' * 100}</a>",
        "META-INF/manifest.xml": text,
    }
    return archive(parts | entries, stored=("mimetype",))


def ooxml(main: str = WORD, types: str = "", **entries: bytes | str) -> bytes:
    """Return a document of Microsoft Office with ``types`` among its content types."""
    root = "http://schemas.openxmlformats.org/package/2006/content-types"
    text = (
        f'<Types xmlns="{root}"><Default Extension="xml" ContentType="text/xml"/>'
        f'<Override PartName="/main.xml" ContentType="{main}"/>{types}</Types>'
    )
    parts = {"[Content_Types].xml": text, "main.xml": f"<a>{'<b>Hallo</b>' * 100}</a>"}
    return archive(parts | entries)


# The content of an allowed file for each ending.
GOOD = {
    "csv": "Name;Betrag\nJürgen;-12,50\n".encode("cp1252"),
    "docx": ooxml(),
    "jpeg": jpeg(),
    "jpg": jpeg(),
    "ods": odf("spreadsheet"),
    "odt": odf(),
    "pdf": pdf(),
    "png": png(),
    "txt": "Grüße aus Ęłk, 1 < 2. <max@example.de>".encode(),
    "xlsx": ooxml(EXCEL),
}
