"""Public keys come as PEM or base64; other things are refused."""

from base64 import b64encode
from collective.servicekonto.postbox.receipts import signing
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from tests.postbox.receipts.strategies import KEYS
import pytest


def of_another_kind():
    """Return the PEM of a public key that is no Ed25519."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def test_keys_are_read_from_pem_with_text_around():
    text = "Schlüssel der Stadt\n" + "bis 2026:\n".join(map(signing.as_pem, KEYS))
    assert signing.read_public_keys(text) == KEYS


def test_keys_are_read_from_lines_of_base64():
    text = "\n".join(b64encode(one).decode() for one in KEYS)
    assert signing.read_public_keys(text) == KEYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Schlüssel",
        "AAAA",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        of_another_kind(),
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(signing.NoPublicKey):
        signing.read_public_keys(text)


def test_two_keys_have_two_ids():
    assert len(signing.by_id(KEYS)) == 2
