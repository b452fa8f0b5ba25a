"""Which files a message may carry (TR-03172-3: allow-list, size, number, content).

A type is decided twice, by the name and by the content, and both must say the same.
What is left out on purpose: SVG, HTML and XML, because programs execute or fetch what
is in them and no check can tell harmless ones apart; TIFF, whose gaps can hold
anything; the older types of Microsoft Office and those with macros; archives. Nothing
here replaces a virus scanner.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.files import size_of
from collective.servicekonto.postbox.attachments.images import check_jpeg
from collective.servicekonto.postbox.attachments.images import check_png
from collective.servicekonto.postbox.attachments.names import clean_file_name
from collective.servicekonto.postbox.attachments.names import extension
from collective.servicekonto.postbox.attachments.office import check_odf
from collective.servicekonto.postbox.attachments.office import check_ooxml
from collective.servicekonto.postbox.attachments.pdf import check_pdf
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.postbox.attachments.text import check_csv
from collective.servicekonto.postbox.attachments.text import check_text
from dataclasses import dataclass
from typing import Any


MEGABYTE = 1_000_000

_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A type of file: its media type, and what looks into the content."""

    media_type: str
    check: Callable[[File, int], None]


def _odf(word: str) -> Kind:
    return Kind(_ODF + word, check_odf(_ODF + word))


def _ooxml(word: str) -> Kind:
    return Kind(_OOXML + word, check_ooxml(f"{_OOXML}{word}.main+xml"))


_JPEG = Kind("image/jpeg", check_jpeg)

KINDS = {
    "csv": Kind("text/csv", check_csv),
    "docx": _ooxml("wordprocessingml.document"),
    "jpeg": _JPEG,
    "jpg": _JPEG,
    "ods": _odf("spreadsheet"),
    "odt": _odf("text"),
    "pdf": Kind("application/pdf", check_pdf),
    "png": Kind("image/png", check_png),
    "txt": Kind("text/plain", check_text),
    "xlsx": _ooxml("spreadsheetml.sheet"),
}


# What mobile phones make of a photo, beside JPEG.
_PHOTOS = frozenset({"avif", "dng", "heic", "heif", "webp"})


@dataclass(frozen=True)
class Limits:
    """What one message may carry; a megabyte has 1,000,000 bytes."""

    extensions: frozenset[str]
    file_bytes: int
    files: int
    total_bytes: int


@dataclass(frozen=True)
class Checked:
    """A file that is allowed: its clean name, its media type, its size in bytes."""

    name: str
    media_type: str
    size: int


def check(file: File, name: str, limits: Limits) -> Checked:
    """Return what the file is; raise AttachmentRefused where it is not allowed.

    The file is read in pieces and left at its beginning; memory does not grow with
    its size.
    """
    clean = clean_file_name(name)
    ending = extension(clean)
    if ending not in limits.extensions or ending not in KINDS:
        raise AttachmentRefused(_wrong_type(ending, limits))
    size = size_of(file)
    _check_size(size, limits)
    kind = KINDS[ending]
    kind.check(file, size)
    file.seek(0)
    return Checked(clean, kind.media_type, size)


def check_together(sizes: Iterable[int], limits: Limits) -> None:
    """Raise AttachmentRefused where the files are too many, or too large together.

    ``sizes`` are those of all files of one message, in bytes.
    """
    every = list(sizes)
    if len(every) > limits.files:
        raise AttachmentRefused(
            _(
                "A message can have at most ${maximum} files. Please remove some, or "
                "send them with a second message.",
                mapping={"maximum": limits.files},
            )
        )
    if sum(every) > limits.total_bytes:
        raise AttachmentRefused(
            _(
                "The files are larger than ${maximum} MB together. Please remove some, "
                "or send them with a second message.",
                mapping={"maximum": limits.total_bytes // MEGABYTE},
            )
        )


def _wrong_type(ending: str, limits: Limits) -> Any:
    if ending in _PHOTOS and "jpg" in limits.extensions:
        return _(
            "Photos of this type cannot be attached. Please save the photo as JPEG and "
            "attach that. On an iPhone, choose “Most Compatible” in Settings, Camera, "
            "Formats, and take the photo once more. On other phones, look in the "
            "settings of the camera for JPEG."
        )
    return _(
        "Files of this type cannot be attached. Possible are: ${extensions}. "
        "Please save the document as PDF and attach the PDF file.",
        mapping={"extensions": ", ".join(sorted(limits.extensions))},
    )


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise AttachmentRefused(
            _("The file is empty. Please check it and choose it again.")
        )
    if size > limits.file_bytes:
        raise AttachmentRefused(
            _(
                "The file is larger than ${maximum} MB. Please make it smaller, for "
                "example by scanning with fewer details, or split it.",
                mapping={"maximum": limits.file_bytes // MEGABYTE},
            )
        )
