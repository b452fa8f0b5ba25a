"""Password hashes (Argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerifyMismatchError
import unicodedata


LONGEST_MATERIAL = 1024

# The first choice of the OWASP Password Storage Cheat Sheet. The library's default
# (RFC 9106, 64 MiB and four lanes) takes seven times as much of the processor, which
# is the site's own; and with 16 citizens logging in at once a gigabyte of memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its salt and parameters.

    The whole password counts. It is hashed in Unicode normal form C, so that it
    fits however a keyboard composes its letters (NIST SP 800-63B, 3.1.1.2).
    """
    return _HASHER.hash(_material(password))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether the password belongs to the hash.

    Without a hash, which is how an unknown log-in arrives here, the answer is
    False after the same work. No password fits a text that is no Argon2 hash.
    """
    if password_hash is None:
        _HASHER.hash(_material(password))
        return False
    try:
        return _HASHER.verify(password_hash, _material(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def _material(password: str) -> bytes:
    # No password is longer; whatever comes at a log-in must not cost more.
    password = password[:LONGEST_MATERIAL]
    # Lone surrogates can arrive as JSON escapes; no password may raise an error.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
