"""Plain text and tables as CSV: to be read, never to be executed."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.disguises import refuse_hidden_pdf
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import chunks
from collective.servicekonto.postbox.attachments.files import contains
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
import re


# All control characters except tabulator, line feed, form feed, carriage return.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

# All that executes, loads or hides something once a program takes it for HTML.
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|\?php|\?xml|/?(?:a|base|body|embed|form|frame|frameset|head|"
    rb"html|iframe|img|input|link|math|meta|object|script|style|svg|table|title|video)"
    rb"[\s/>])",
    re.IGNORECASE,
)
_LONGEST_MARKUP = 64

# A cell that makes a spreadsheet start a program (DDE): =cmd|' /C calc'!A0
_STARTS_PROGRAM = re.compile(
    rb"(?:^|[;,\t\r\n\"'])\s{0,8}[=+@-][^;,\t\r\n|]{1,64}\|[^;\t\r\n|]{0,256}!"
)
_LONGEST_CELL = 384

_BYTE_ORDER = b"\xef\xbb\xbf"


def check_text(file: File, _size: int) -> None:
    """Raise AttachmentRefused unless it is text without markup and scripts.

    UTF-8 and the older encodings of one byte for a character are taken.
    """
    head = bytes_at(file, 0, 8).removeprefix(_BYTE_ORDER)
    if contains(chunks(file), _CONTROL, 1):
        raise AttachmentRefused(
            _(
                "The file is not plain text. Please save it as text in the encoding "
                "UTF-8 and attach the new file."
            )
        )
    if head.startswith(b"#!") or contains(chunks(file), _MARKUP, _LONGEST_MARKUP):
        raise AttachmentRefused(
            _(
                "The file contains a web page or a program. Please attach it as a PDF "
                "file."
            )
        )
    refuse_hidden_pdf(file)


def check_csv(file: File, size: int) -> None:
    """Raise AttachmentRefused unless it is text without cells that start programs."""
    check_text(file, size)
    if contains(chunks(file), _STARTS_PROGRAM, _LONGEST_CELL):
        raise AttachmentRefused(
            _(
                "The file contains a cell that could start a program. Please remove "
                "the cell, or attach the table as a PDF file."
            )
        )
