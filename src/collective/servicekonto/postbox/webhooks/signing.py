"""Signatures of webhooks, as the specification “Standard Webhooks” 1.0 has them."""

from base64 import b64decode
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
import hmac
import os


DIRECTORY = "SERVICEKONTO_WEBHOOK_SECRETS"

_PREFIX = "whsec_"
_SHORTEST = 24


class NoSecret(LookupError):
    """The office has no usable secret on this server."""


def secrets_of(office: str) -> list[bytes]:
    """Return the secrets with which the office's webhooks are signed.

    The directory that SERVICEKONTO_WEBHOOK_SECRETS names holds a file for each office,
    called by its id, with a secret on each line: ``whsec_`` and at least 24 bytes in
    base64. There are two while a secret is exchanged. Raises NoSecret.
    """
    directory = os.environ.get(DIRECTORY, "")
    if not directory or not office.isalnum():
        raise NoSecret
    try:
        lines = (Path(directory) / office).read_text(encoding="ascii").split()
        found = [_decoded(line) for line in lines]
    except (OSError, ValueError):
        raise NoSecret from None
    if not found:
        raise NoSecret
    return found


def signature(secrets: list[bytes], key: str, timestamp: int, body: bytes) -> str:
    """Return the header ``webhook-signature``, which holds one for each secret."""
    signed = b".".join((key.encode(), str(timestamp).encode(), body))
    return " ".join(
        "v1," + b64encode(hmac.digest(one, signed, sha256)).decode() for one in secrets
    )


def _decoded(line: str) -> bytes:
    if not line.startswith(_PREFIX):
        raise ValueError("No secret of a webhook")
    secret = b64decode(line.removeprefix(_PREFIX), validate=True)
    if len(secret) < _SHORTEST:
        raise ValueError("The secret is too short")
    return secret
