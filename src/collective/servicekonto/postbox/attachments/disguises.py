"""Files with two faces: an allowed type to one program, something else to another."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
import re
import struct


# So many bytes browsers look at when they guess a type (WHATWG MIME Sniffing §5).
SNIFFED = 1445

# PDF readers accept their header anywhere within these.
PDF_HEAD = 1024

END_OF_ZIP = b"PK\x05\x06"
IN_DIRECTORY = b"PK\x01\x02"
END_SIZE = 22
LONGEST_COMMENT = 0xFFFF

# What a browser or a web server takes for a page of the web.
PAGE = re.compile(
    rb"<(?:!doctype\s+html|\?php|(?:body|frameset|head|html|iframe|script|svg)[\s/>])",
    re.IGNORECASE,
)


def refuse_second_face(file: File, size: int) -> None:
    """Refuse a PDF or a picture that is also a web page or an archive."""
    if PAGE.search(bytes_at(file, 0, SNIFFED)) or ends_as_zip(file, size):
        raise ambiguous()


def refuse_hidden_pdf(file: File) -> None:
    """Refuse a file that is no PDF, but one to a PDF reader."""
    if b"%PDF-" in bytes_at(file, 0, PDF_HEAD + len(b"%PDF-")):
        raise ambiguous()


def ends_as_zip(file: File, size: int) -> bool:
    """Tell whether programs for ZIP archives find a directory at the end."""
    start = max(size - END_SIZE - LONGEST_COMMENT, 0)
    tail = bytes_at(file, start, END_SIZE + LONGEST_COMMENT)
    return any(
        _is_directory(file, start + found.start(), tail[found.start() :])
        for found in re.finditer(re.escape(END_OF_ZIP), tail)
    )


def ambiguous() -> AttachmentRefused:
    """Return the refusal of a file that is of two types at once."""
    return AttachmentRefused(
        _(
            "The file contains another file or a web page in disguise. Please save or "
            "scan the document anew and attach the new file."
        )
    )


def _is_directory(file: File, place: int, record: bytes) -> bool:
    if len(record) < END_SIZE:
        return False
    entries, length, offset = struct.unpack_from("<HII", record, 10)
    if entries == 0 or 0xFFFFFFFF in (length, offset):
        return True
    begins = (bytes_at(file, where, 4) for where in (place - length, offset))
    return IN_DIRECTORY in begins
