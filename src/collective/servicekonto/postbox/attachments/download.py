"""The answer that carries an attachment: saved by the browser, never shown by it.

Whoever calls this has checked whose attachment it is.
"""

from collective.servicekonto.postbox.attachments.content import Attachment
from plone.namedfile.browser import Download
from plone.namedfile.utils import filestream_range_iterator
from typing import Any
from urllib.parse import quote
from ZPublisher.Iterators import filestream_iterator


def send(attachment: Attachment, request: Any) -> Any:
    """Set the headers of the answer and return what the publisher streams.

    The content must be committed. A single range (RFC 9110 §14) is answered with 206.
    """
    response = request.response
    response.setHeader("Content-Type", attachment.media_type)
    response.setHeader("Content-Length", str(attachment.size))
    response.setHeader("Content-Disposition", _disposition(attachment.name))
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'")
    response.setHeader("Cache-Control", "no-store")
    response.setHeader("Accept-Ranges", "bytes")
    path = attachment.blob.committed()
    part = Download(attachment, request).handle_request_range(attachment)
    if part:
        return filestream_range_iterator(path, **part)
    # The server sends a real file by itself; pieces it would collect, 16 MB of them.
    return filestream_iterator(path)


def _disposition(name: str) -> str:
    """Return the header with the name in every character (RFC 6266, RFC 8187)."""
    plain = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "_"
        for one in name
    )
    encoded = quote(name, safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
