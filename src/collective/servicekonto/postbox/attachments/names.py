"""Names of files: what people call them, never a path."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
import unicodedata


MAXIMUM_LENGTH = 150

# What a file system can keep of one name, in bytes.
MAXIMUM_BYTES = 255

_SEPARATORS = frozenset("/\\")

# Control, format, surrogate, private and unassigned characters; line and paragraph.
_INVISIBLE = ("C", "Zl", "Zp")


def clean_file_name(text: str) -> str:
    """Return the name in Unicode normal form C, otherwise unchanged.

    Every visible character survives, those of DIN 91379 among them. Raises
    AttachmentRefused for an empty name, one of more than 150 code points or 255
    bytes, invisible characters (also those that turn the direction of writing), parts
    of a path, and blanks or full stops at its ends.
    """
    _check_length(text, MAXIMUM_LENGTH * 4, MAXIMUM_BYTES * 4)
    name = unicodedata.normalize("NFC", text)
    _check_length(name, MAXIMUM_LENGTH, MAXIMUM_BYTES)
    if any(unicodedata.category(one).startswith(_INVISIBLE) for one in name):
        raise AttachmentRefused(
            _(
                "The name of the file contains invisible characters. Please rename "
                "the file and choose it again."
            )
        )
    if _SEPARATORS.intersection(name):
        raise AttachmentRefused(
            _(
                "The name of the file contains a slash. Please rename the file and "
                "choose it again."
            )
        )
    if name.strip().strip(".") != name or not name:
        raise AttachmentRefused(
            _(
                "The name of the file begins or ends with a blank or a full stop, or "
                "is missing. Please rename the file and choose it again."
            )
        )
    return name


def extension(name: str) -> str:
    """Return what stands behind the last full stop, in small letters, or ``""``."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _check_length(name: str, characters: int, size: int) -> None:
    if len(name) > characters or len(name.encode("utf-8", "replace")) > size:
        raise AttachmentRefused(
            _(
                "The name of the file is too long. Please rename the file; "
                "${maximum} characters are possible.",
                mapping={"maximum": MAXIMUM_LENGTH},
            )
        )
