"""Files that come with a form: one for each field, kept with the draft."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto.postbox.attachments.checks import check_together
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.files import size_of
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.services.filling.entries import PREFIX
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from ZPublisher.HTTPRequest import FileUpload


# Names of the fields whose files are removed.
REMOVED = "entfernen"


@dataclass(frozen=True)
class Taken:
    """The files by field, and why others were not taken."""

    files: Mapping[str, Attachment]
    refused: Mapping[str, Any] = field(default_factory=dict)


def take(
    form: Mapping[str, Any],
    kept: Mapping[str, Attachment],
    fields: Collection[str],
    limits: Limits,
    allow: Callable[[int], None],
    note: Callable[[int], None],
) -> Taken:
    """Return the files of the draft with those of the form in their place.

    ``allow`` gets the bytes of each file and may raise AttachmentRefused; ``note`` gets
    those of each file that was taken.
    """
    removed = form.get(REMOVED, [])
    removed = removed if isinstance(removed, list) else [removed]
    files = {name: one for name, one in kept.items() if name not in removed}
    refused = {}
    for name in fields:
        upload = form.get(f"{PREFIX}{name}")
        if not isinstance(upload, FileUpload) or not upload.filename:
            continue
        others = [one.size for each, one in files.items() if each != name]
        size = size_of(upload)
        try:
            check_together([*others, size], limits)
            allow(size)
            files[name] = take_in(upload, upload.filename, limits)
            note(size)
        except AttachmentRefused as error:
            refused[name] = error.message
    return Taken(files, refused)
