"""Secret keys. They come from a file or the environment, never from the database.

Losing the file ends sessions and open forms, and no card is known again: citizens
register their Online-Ausweis anew. Receipts of messages stay verifiable with the public
key (see postbox.receipts.service).
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
import hmac
import os
import secrets


ENVIRONMENT = "SERVICEKONTO_SECRET_FILE"
FILE_NAME = "servicekonto-secret"
MINIMUM_BYTES = 32


class SecretTooShort(RuntimeError):
    """The configured file does not hold a secret of at least 32 bytes."""


def key(purpose: str) -> bytes:
    """Return the secret key for one purpose, 32 bytes.

    All Zope processes of a site must see the same file; name it with
    SERVICEKONTO_SECRET_FILE. Without that it is made in the client home on
    first use, readable by its owner only. Raises SecretTooShort.
    """
    return key_of(secret_file(), purpose)


def key_of(file: Path, purpose: str) -> bytes:
    """Return the key for the purpose that this secret file gives.

    Raises SecretTooShort.
    """
    return hmac.digest(_master(file), purpose.encode(), sha256)


def signature(purpose: str, text: str) -> str:
    """Return the keyed hash of the text as 64 hexadecimal digits."""
    return hmac.new(key(purpose), text.encode(), sha256).hexdigest()


def is_signed(purpose: str, text: str, candidate: str) -> bool:
    """Tell in constant time whether the candidate is the text's signature."""
    return hmac.compare_digest(
        signature(purpose, text).encode(), candidate.encode("utf-8", "replace")
    )


def secret_file() -> Path:
    """Return the path of the file that holds the secret."""
    configured = os.environ.get(ENVIRONMENT)
    if configured:
        return Path(configured)
    return Path(_client_home()) / FILE_NAME


def _client_home() -> str:
    from App.config import getConfiguration

    home: str = getConfiguration().clienthome
    return home


@cache
def _master(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_hex(MINIMUM_BYTES))
    secret = path.read_bytes().strip()
    if len(secret) < MINIMUM_BYTES:
        raise SecretTooShort(str(path))
    return secret
