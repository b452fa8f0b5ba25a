"""Keys that sign receipts (Ed25519), and the forms in which the public ones are given.

An entry names its key by the first 8 bytes of the SHA-256 of the public key. Receipts
of a former key stay verifiable for whoever has its public key.
"""

from base64 import b64decode
from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto.postbox.receipts.chain import Sign
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.hazmat.primitives.serialization import PublicFormat
from hashlib import sha256
import re


KEY_SIZE = 32

_PEM = re.compile(
    r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL | re.ASCII
)


class NoPublicKey(ValueError):
    """The text holds no public key of this kind."""


def signer(secret: bytes) -> Sign:
    """Return what signs with the key that the 32 secret bytes are."""
    private = Ed25519PrivateKey.from_private_bytes(secret)
    key = key_id(public_key(secret))

    def sign(text: bytes, /) -> tuple[str, bytes]:
        return key, private.sign(text)

    return sign


def public_key(secret: bytes) -> bytes:
    """Return the public key of a secret one, 32 bytes."""
    return _raw(Ed25519PrivateKey.from_private_bytes(secret).public_key())


def key_id(public: bytes) -> str:
    """Return the short id of a public key, 16 hexadecimal digits."""
    return sha256(public).hexdigest()[:16]


def by_id(public_keys: Iterable[bytes]) -> Mapping[str, Ed25519PublicKey]:
    """Return the public keys by their short ids. Raises ValueError for what is none."""
    return {key_id(one): Ed25519PublicKey.from_public_bytes(one) for one in public_keys}


def is_signed(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    """Tell whether the signature is the key's, of this text."""
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def as_pem(public: bytes) -> str:
    """Return the public key as it is written in a file."""
    key = Ed25519PublicKey.from_public_bytes(public)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem.decode("ascii")


def read_public_keys(text: str) -> list[bytes]:
    """Return the public keys of a text: PEM, or one in base64 on each line.

    Raises NoPublicKey where there is none, or one of another kind.
    """
    blocks = _PEM.findall(text)
    try:
        found = (
            [_of_pem(block) for block in blocks]
            if blocks
            else [b64decode(line, validate=True) for line in text.split()]
        )
    except ValueError:
        raise NoPublicKey from None
    if not found or any(len(one) != KEY_SIZE for one in found):
        raise NoPublicKey
    return found


def _of_pem(block: str) -> bytes:
    key = load_pem_public_key(block.encode("ascii"))
    if not isinstance(key, Ed25519PublicKey):
        raise NoPublicKey
    return _raw(key)


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
