"""Callers without a log-in, such as cron: they know a secret and send it in a header."""

from pathlib import Path
from typing import Any
import hmac
import os


MINIMUM_LENGTH = 16


def knows_secret(request: Any, header: str, environment: str) -> bool:
    """Tell whether the header holds the secret of the file that a variable names.

    A file that is not there, or holds less than 16 characters, lets nobody in.
    """
    sent = request.getHeader(header)
    secret = _secret(environment)
    if not sent or secret is None:
        return False
    return hmac.compare_digest(sent.encode("utf-8", "replace"), secret)


def _secret(environment: str) -> bytes | None:
    configured = os.environ.get(environment)
    if not configured:
        return None
    try:
        secret = Path(configured).read_bytes().strip()
    except OSError:
        return None
    return secret if len(secret) >= MINIMUM_LENGTH else None
