"""Requests with files: multipart/form-data with one part of JSON, and the files.

The server lays the parts on the disk while they arrive, and each file is copied in
small pieces from there, so that the memory does not grow with what is sent. Files in
the JSON (base64) would be in memory several times over. The protocol tus, which
plone.restapi offers, makes catalogued content of each upload and keeps its state
outside of the transaction; messages need neither.
"""

from collections.abc import Iterable
from collective.servicekonto import _
from collective.servicekonto.portal.rest import check_is_json
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.postbox.attachments.checks import check_together
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.files import chunks
from collective.servicekonto.postbox.attachments.files import size_of
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from hashlib import sha256
from typing import Any
from ZPublisher.HTTPRequest import FileUpload


JSON_PART = "message"
FILES_PART = "files"

_MULTIPART = "multipart/form-data"

# More than any message has: 20,000 characters of text, each of them escaped.
LONGEST_JSON = 1_000_000


class FileRefused(Refused):
    """A file cannot be sent; ``file`` is its name, empty for all of them together."""

    def __init__(self, cause: AttachmentRefused, name: str) -> None:
        super().__init__(400, "FileRefused", cause.message, file=name)


def is_multipart(request: Any) -> bool:
    """Tell whether the request brings files."""
    media_type = (request.getHeader("Content-Type") or "").partition(";")[0]
    return bool(media_type.strip().lower() == _MULTIPART)


def check_form(request: Any) -> None:
    """Raise Refused unless the body is JSON, or JSON and files."""
    if not is_multipart(request):
        check_is_json(request)


def json_of(request: Any) -> bytes:
    """Return the JSON of the request. Raises Refused."""
    if not is_multipart(request):
        return request.get("BODY") or b""
    part = request.form.get(JSON_PART)
    if isinstance(part, FileUpload):
        part.seek(0)
        content: bytes = part.read(LONGEST_JSON + 1)
    else:
        content = str(part or "").encode("utf-8", "replace")
    if len(content) > LONGEST_JSON:
        raise Refused(400, "Malformed", _("The message is too long."))
    return content


def uploads(request: Any) -> list[FileUpload]:
    """Return the files of a request, none where it is only JSON. Raises Refused."""
    if not is_multipart(request):
        return []
    found = request.form.get(FILES_PART, [])
    files = found if isinstance(found, list) else [found]
    if not all(isinstance(one, FileUpload) for one in files):
        message = _("Each part named files must be a file with a name.")
        raise Refused(400, "Malformed", message)
    return files


def digests(files: Iterable[FileUpload]) -> list[list[str]]:
    """Return name and SHA-256 of each file; nothing is kept of it."""
    return [[one.filename, _digest(one)] for one in files]


def attachments(files: list[FileUpload], limits: Limits) -> tuple[Attachment, ...]:
    """Return the files as a message carries them. Raises FileRefused."""
    try:
        check_together(map(size_of, files), limits)
    except AttachmentRefused as refused:
        raise FileRefused(refused, "") from None
    return tuple(_attachment(one, limits) for one in files)


def _attachment(file: FileUpload, limits: Limits) -> Attachment:
    try:
        return take_in(file, file.filename, limits)
    except AttachmentRefused as refused:
        raise FileRefused(refused, file.filename) from None


def _digest(file: FileUpload) -> str:
    digest = sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    return digest.hexdigest()
