"""SHA-256 over what a message holds, the same wherever it is computed.

Each text is preceded by its length, so that no two messages that differ have the same
bytes hashed: “ab” and “c” are not “a” and “bc”.
"""

from collections.abc import Iterable
from hashlib import sha256


SIZE = sha256().digest_size
SALT_SIZE = 16

_FORM = b"collective.servicekonto message 1"


def digest_of(
    salt: bytes,
    subject: str,
    body: str,
    attachments: Iterable[tuple[str, int, bytes]],
) -> bytes:
    """Return the digest of a message, 32 bytes.

    The salt is random and goes with the content. Whoever has the receipt alone cannot
    find out by trial what a short or usual text says. An attachment is its name, its size in bytes and the SHA-256 of its content; their
    order counts. Raises ValueError for what is no salt, no size and no SHA-256.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError("A salt has 16 bytes.")
    files = list(attachments)
    parts = [_FORM, salt, subject.encode(), body.encode(), number(len(files))]
    for name, size, content in files:
        if len(content) != SIZE:
            raise ValueError("A SHA-256 has 32 bytes.")
        parts += [name.encode(), number(size), content]
    return hashed(parts)


def hashed(parts: Iterable[bytes]) -> bytes:
    """Return the SHA-256 over the parts, each preceded by its length."""
    total = sha256()
    for part in parts:
        total.update(number(len(part)))
        total.update(part)
    return total.digest()


def number(value: int) -> bytes:
    """Return the number as 8 bytes. Raises ValueError below 0 and from 2**64 on."""
    try:
        return value.to_bytes(8, "big")
    except OverflowError:
        raise ValueError(value) from None
