"""PDF files: complete, readable without a password, and nothing else beside."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.disguises import refuse_second_face
from collective.servicekonto.postbox.attachments.files import Bounded
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import chunks
from collective.servicekonto.postbox.attachments.files import contains
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from pypdf import apply_configuration
from pypdf import PasswordType
from pypdf import PdfReader
from typing import cast
from typing import IO
import re


_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_END = re.compile(rb"startxref\s{1,8}([0-9]{1,12})\s{1,8}%%EOF[\s\0]*\Z")
_TABLE = re.compile(rb"\s{0,8}(?:xref\b|[0-9]+\s+[0-9]+\s+obj\b)")
_PROTECTED = re.compile(
    rb"/Encrypt\s{0,32}(?:<<|[0-9]{1,10}\s{1,32}[0-9]{1,5}\s{1,32}R)"
)

_TAIL = 2048
_LONGEST_PROTECTED = 128

# What the library may use to find and try the lock, in bytes and in objects.
_MOST_READ = 2_000_000
_MOST_INFLATED = 4_000_000
_MOST_OBJECTS = 100_000


def check_pdf(file: File, size: int) -> None:
    """Raise AttachmentRefused unless it is a PDF from its first to its last byte."""
    if not _HEADER.match(bytes_at(file, 0, 16)):
        raise _not_a_pdf()
    end = _END.search(bytes_at(file, size - _TAIL, _TAIL))
    if end is None or not _TABLE.match(bytes_at(file, int(end[1]), 64)):
        raise AttachmentRefused(
            _(
                "The PDF file is damaged or incomplete. Please save it anew and "
                "attach the new file."
            )
        )
    refuse_second_face(file, size)
    if contains(chunks(file), _PROTECTED, _LONGEST_PROTECTED) and not _opens(file):
        raise AttachmentRefused(
            _(
                "The PDF file is protected with a password, so nobody can check it "
                "for viruses. Please save it without protection, or print it into a "
                "new PDF file, and attach that."
            )
        )


def _opens(file: File) -> bool:
    """Tell whether it opens without a password; many only forbid to print or change."""
    limits = apply_configuration(
        zlib_maximum_output_length=_MOST_INFLATED,
        zlib_maximum_recovery_input_length=0,
        lzw_maximum_output_length=_MOST_INFLATED,
        run_length_maximum_output_length=_MOST_INFLATED,
    )
    source = cast(IO[bytes], Bounded(file, _MOST_READ))
    try:
        with limits:
            reader = PdfReader(source, xref_stream_maximum_entries=_MOST_OBJECTS)
            return reader.decrypt("") is not PasswordType.NOT_DECRYPTED
    except Exception:
        # Whatever a hostile file makes the library raise: nobody opens it here.
        return False


def _not_a_pdf() -> AttachmentRefused:
    return AttachmentRefused(
        _(
            "The name of the file ends with .pdf, but it is not a PDF file. Please save "
            "the document as PDF and attach the new file."
        )
    )
