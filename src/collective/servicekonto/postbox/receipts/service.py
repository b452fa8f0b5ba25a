"""The door to receipts: they are begun, continued, given out and verified here.

The key is derived from the secret file (see keys), so it is never in the database. Its
public half is noted in a file beside the secret, which keeps those of former secrets
as well: whoever replaces the secret need not think of it.
"""

from collections.abc import Iterable
from collective.servicekonto import keys
from collective.servicekonto import logger
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Entry
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.chain import Receipt
from collective.servicekonto.postbox.receipts.chain import Sign
from collective.servicekonto.postbox.receipts.digest import digest_of
from collective.servicekonto.postbox.receipts.verify import Problem
from collective.servicekonto.postbox.receipts.verify import verify
from datetime import datetime
from functools import cache
from pathlib import Path


FILE_NAME = "servicekonto-receipt-keys.pem"

_PURPOSE = "receipts"


def begin(
    message_id: str,
    salt: bytes,
    subject: str,
    body: str,
    attachments: Iterable[tuple[str, int, bytes]],
    now: datetime,
) -> Receipt:
    """Return the receipt of a message that is provided now.

    The salt is random and kept with the content. An attachment is its name, its size
    in bytes and the SHA-256 of its content.
    """
    digest = digest_of(salt, subject, body, attachments)
    return chain.begin(message_id, digest, int(now.timestamp()), _sign())


def note(receipt: Receipt, event: Event, now: datetime, text: str = "") -> Receipt:
    """Return the receipt with one event more. The text holds nothing personal."""
    return chain.add(receipt, event, int(now.timestamp()), _sign(), text)


def events(receipt: Receipt) -> tuple[Entry, ...]:
    """Return what happened to the message, oldest first."""
    return chain.events(receipt)


def problems(receipt: Receipt) -> list[Problem]:
    """Return what is wrong with a stored receipt; cut off entries do not show."""
    return verify(document.document(receipt), public_keys())


def public_keys() -> list[bytes]:
    """Return the public keys of today's secret and of all that were before it."""
    _sign()
    noted = _noted(_file(keys.secret_file()))
    today = signing.public_key(keys.key(_PURPOSE))
    return noted if today in noted else [*noted, today]


def public_keys_file() -> str:
    """Return the public keys as the town publishes them."""
    return "".join(map(signing.as_pem, public_keys()))


def _sign() -> Sign:
    return _signer(keys.secret_file())


@cache
def _signer(secret_file: Path) -> Sign:
    secret, file = keys.key_of(secret_file, _PURPOSE), _file(secret_file)
    public = signing.public_key(secret)
    try:
        if public not in _noted(file):
            with file.open("a", encoding="ascii") as noted:
                noted.write(signing.as_pem(public))
    except OSError:
        logger.warning(
            "%s cannot be written. Keep the public keys of the receipts before you "
            "replace the secret.",
            file,
        )
    return signing.signer(secret)


def _noted(file: Path) -> list[bytes]:
    if not file.exists():
        return []
    return signing.read_public_keys(file.read_text(encoding="ascii"))


def _file(secret_file: Path) -> Path:
    return secret_file.parent / FILE_NAME
