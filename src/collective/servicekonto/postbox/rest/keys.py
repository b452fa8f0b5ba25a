"""The header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header)."""

from collective.servicekonto import _
from collective.servicekonto.portal.rest import Refused
from typing import Any
import re


HEADER = "Idempotency-Key"

# The draft wants a string in quotation marks (RFC 9651); many programs leave them out.
_WORD = r"[\x21\x23-\x5b\x5d-\x7e]{1,255}"
_KEY = re.compile(rf'"({_WORD})"|({_WORD})')


class KeyRefused(Refused):
    """The key was used for something else."""

    def __init__(self) -> None:
        super().__init__(
            422,
            "KeyReused",
            _("This Idempotency-Key was used for something else. Choose a new one."),
        )


def query_key(request: Any) -> str | None:
    """Return the key that the request brings, None for none. Raises Refused."""
    header = request.getHeader(HEADER)
    if header is None:
        return None
    match = _KEY.fullmatch(header.strip())
    if match is None:
        raise _no_key()
    return match.group(1) or match.group(2)


def demand_key(request: Any) -> str:
    """Return the key that the request brings. Raises Refused where there is none."""
    key = query_key(request)
    if key is None:
        raise _no_key()
    return key


def _no_key() -> Refused:
    return Refused(
        400,
        "KeyMissing",
        _(
            "Please send the header Idempotency-Key: a new one for each message, for "
            "example a UUID, and the same one when you send again."
        ),
    )
