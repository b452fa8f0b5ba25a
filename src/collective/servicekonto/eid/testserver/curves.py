"""Elliptic curves of the guideline, and keys and signatures as it encodes them."""

from collective.servicekonto.eid.testserver import tlv
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import utils
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from dataclasses import dataclass


TA_ECDSA_SHA_256 = "0.4.0.127.0.7.2.2.2.2.3"
RI_ECDH_SHA_256 = "0.4.0.127.0.7.2.2.5.2.3"

# Our certificates and the pseudonyms stand on this curve.
CURVE = ec.BrainpoolP256R1()


@dataclass(frozen=True)
class Domain:
    """The domain parameters of a curve (RFC 5639, chapter 3.4)."""

    p: int
    a: int
    b: int
    g: bytes
    order: int


BRAINPOOL_P256 = Domain(
    p=0xA9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377,
    a=0x7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9,
    b=0x26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6,
    g=bytes.fromhex(
        "04"
        "8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262"
        "547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997"
    ),
    order=0xA9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7,
)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a new key on our curve."""
    return ec.generate_private_key(CURVE)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def x_coordinate(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the compressed public key of chapter A.2.2.3 (TR-03110-3)."""
    whole = point(key)
    return whole[1 : 1 + len(whole) // 2]


def load_point(curve: ec.EllipticCurve, encoded: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of a point, if it lies on the curve. Raises Malformed."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve, encoded)
    except ValueError as error:
        raise tlv.Malformed("Not a point of the curve.") from error


def _integer(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def public_key(purpose: str, key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key without domain parameters, in the order of D.3.3.

    It lacks its tag, which differs with the place where it is used.
    """
    return tlv.oid(purpose) + tlv.encode(0x86, point(key))


def public_key_with_domain(purpose: str, key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key with the parameters of our curve, without its tag (D.3.3)."""
    domain = BRAINPOOL_P256
    return b"".join(
        [
            tlv.oid(purpose),
            tlv.encode(0x81, _integer(domain.p)),
            tlv.encode(0x82, _integer(domain.a)),
            tlv.encode(0x83, _integer(domain.b)),
            tlv.encode(0x84, domain.g),
            tlv.encode(0x85, _integer(domain.order)),
            tlv.encode(0x86, point(key)),
            tlv.encode(0x87, b"\x01"),
        ]
    )


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """Return an ECDSA signature in the plain format of A.7.4.1."""
    r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    size = (key.curve.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def verifies(key: ec.EllipticCurvePublicKey, signature: bytes, data: bytes) -> bool:
    """Return whether a plain signature is one of that key over that data."""
    size = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * size:
        return False
    numbers = [
        int.from_bytes(half, "big") for half in (signature[:size], signature[size:])
    ]
    try:
        key.verify(
            utils.encode_dss_signature(*numbers), data, ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        return False
    return True
