"""Files that come with a form. Those that are in order survive the mistakes beside them.

The form has a field for several files, and for each file that was taken before a box
that removes it again. Whoever handles the form keeps what is returned: citizens have a
draft for it.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collective.servicekonto.postbox.attachments.checks import check_together
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.files import size_of
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from dataclasses import dataclass
from typing import Any
from ZPublisher.HTTPRequest import FileUpload


# Names of the fields.
FILES = "dateien"
REMOVED = "entfernen"


@dataclass(frozen=True)
class Refused:
    """A file that was not taken; ``name`` is what the sender called it."""

    name: str
    message: Any


@dataclass(frozen=True)
class Uploaded:
    """The files that the message has now, and those that were not taken."""

    attachments: tuple[Attachment, ...]
    refused: tuple[Refused, ...] = ()


def take(
    form: Mapping[str, Any], kept: Sequence[Attachment], limits: Limits
) -> Uploaded:
    """Return the files of the form behind those that were kept before."""
    removed = set(_texts(form.get(REMOVED)))
    attachments = [one for one in kept if one.id not in removed]
    refused = []
    for upload in _uploads(form):
        try:
            sizes = [one.size for one in attachments]
            check_together([*sizes, size_of(upload)], limits)
            attachments.append(take_in(upload, upload.filename, limits))
        except AttachmentRefused as error:
            refused.append(Refused(upload.filename, error.message))
    return Uploaded(tuple(attachments), tuple(refused))


def mark(form: Mapping[str, Any]) -> list[Any]:
    """Return what tells the files of this form from those of another, as plain JSON."""
    files = [[one.filename, size_of(one)] for one in _uploads(form)]
    return [files, sorted(_texts(form.get(REMOVED)))]


def _uploads(form: Mapping[str, Any]) -> Iterator[Any]:
    sent = form.get(FILES)
    for one in sent if isinstance(sent, list) else [sent]:
        if isinstance(one, FileUpload) and one.filename:
            yield one


def _texts(sent: Any) -> list[str]:
    values = sent if isinstance(sent, list) else [sent]
    return [one for one in values if isinstance(one, str)]
