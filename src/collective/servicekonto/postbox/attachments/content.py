"""Attachments as they are kept: a few words in the store, the content in a blob."""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto import logger
from collective.servicekonto.postbox.attachments.checks import check
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.files import CHUNK
from collective.servicekonto.postbox.attachments.files import chunks
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.store.service import get_store
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from persistent import Persistent
from tempfile import mkstemp
from typing import Any
from weakref import finalize
from ZODB.blob import Blob
import os
import secrets


ID_BYTES = 16


class Attachment(Persistent):
    """A file of a message.

    ``id``          unguessable
    ``name``        Unicode normal form C; never used as a path
    ``media_type``  what the check found, not what the sender said
    ``size``        bytes
    ``sha256``      of the content, 64 hexadecimal digits
    ``blob``        the content
    ``is_clean``    whether a scanner found nothing in it
    """

    is_clean = False

    def __init__(
        self, name: str, media_type: str, size: int, digest: str, blob: Blob
    ) -> None:
        self.id = secrets.token_urlsafe(ID_BYTES)
        self.name = name
        self.media_type = media_type
        self.size = size
        self.sha256 = digest
        self.blob = blob

    def getSize(self) -> int:
        """Return the size in bytes; plone.namedfile asks for it this way."""
        return self.size

    def reader(self) -> Callable[[], Iterator[bytes]]:
        """Return what reads the committed content in pieces, without the database."""
        path = self.blob.committed()

        def read() -> Iterator[bytes]:
            with open(path, "rb") as file:
                yield from _pieces(file)

        return read


def take_in(upload: File, name: str, limits: Limits) -> Attachment:
    """Check the file and return it as an attachment for a message of this site.

    It is copied into the directory of the store's blobs, 64 KiB at a time. Raises
    AttachmentRefused where the file is not allowed, or could not be kept.
    """
    checked = check(upload, name, limits)
    storage = get_store()._p_jar.db().storage
    try:
        path, digest = _copy(upload, storage.temporaryDirectory())
    except OSError as error:
        logger.error("An attachment could not be stored: %s", error.strerror)
        raise _not_kept() from error
    blob = _blob_of(path)
    return Attachment(checked.name, checked.media_type, checked.size, digest, blob)


def keep(content: bytes, name: str, media_type: str) -> Attachment:
    """Return a file of our own making as an attachment: there is nothing to check."""
    storage = get_store()._p_jar.db().storage
    path, digest = _copy(BytesIO(content), storage.temporaryDirectory())
    made = Attachment(name, media_type, len(content), digest, _blob_of(path))
    made.is_clean = True
    return made


def read(attachment: Attachment) -> Iterator[bytes]:
    """Yield the content in pieces of 64 KiB, also before it is committed."""
    with attachment.blob.open("r") as file:
        yield from _pieces(file)


def _copy(upload: File, directory: str) -> tuple[str, str]:
    """Return the path of a copy in the directory, and the SHA-256 of the content."""
    digest = sha256()
    handle, path = mkstemp(dir=directory, prefix="attachment-")
    try:
        with os.fdopen(handle, "wb") as copy:
            for chunk in chunks(upload):
                digest.update(chunk)
                copy.write(chunk)
    except BaseException:
        os.unlink(path)
        raise
    return path, digest.hexdigest()


def _blob_of(path: str) -> Blob:
    """Return a new blob that owns the file, and removes it when it is given up.

    A blob without connection would move it to /tmp, and the commit would copy it back
    while others wait; one that was added to a connection would be stored even where no
    message refers to it in the end.
    """
    blob = Blob()
    blob._p_blob_uncommitted = path
    finalize(blob, Path(path).unlink, missing_ok=True)
    return blob


def _pieces(file: Any) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _not_kept() -> AttachmentRefused:
    return AttachmentRefused(
        _("The file could not be stored; the fault is ours. Please try again later.")
    )
