"""Who makes the cards: a test CSCA, its document signer, and EF.CardSecurity."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import cache
from hashlib import sha256
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card.tlv import encode
from tests.eid.card.tlv import integer
from tests.eid.card.tlv import oid


SEQUENCE, SET, OBJECT, OCTETS, BITS = 0x30, 0x31, 0x06, 0x04, 0x03
SIGNED_DATA = oid("1.2.840.113549.1.7.2")
CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
SHA_256 = oid("2.16.840.1.101.3.4.2.1")
ECDSA_SHA_256 = oid("1.2.840.10045.4.3.2")


class Issuer:
    """A CSCA with a document signer, both made anew."""

    def __init__(self) -> None:
        root = curve.random_key()
        self._signer = curve.random_key()
        self.csca = _certificate("Test CSCA", "Test CSCA", root, root)
        self.document_signer = _certificate("Test DS", "Test CSCA", self._signer, root)
        # One key for many cards, so that it is no trace (TR-03127, 3.4.5).
        self.chip_key = curve.random_key()

    def card_security(self) -> bytes:
        """Return EF.CardSecurity: the signed SecurityInfos (TR-03110-3, A.1.2.5)."""
        infos = security_infos(self.chip_key)
        return encode(
            SEQUENCE,
            encode(OBJECT, SIGNED_DATA),
            encode(0xA0, self._signed_data(infos)),
        )

    def _signed_data(self, content: bytes) -> bytes:
        return encode(
            SEQUENCE,
            integer(3),
            encode(SET, encode(SEQUENCE, encode(OBJECT, SHA_256))),
            encode(
                SEQUENCE,
                encode(OBJECT, oids.SECURITY_OBJECT),
                encode(0xA0, encode(OCTETS, content)),
            ),
            encode(0xA0, self.document_signer.public_bytes(Encoding.DER)),
            encode(SET, self._signer_info(content)),
        )

    def _signer_info(self, content: bytes) -> bytes:
        digest = encode(OCTETS, sha256(content).digest())
        attributes = b"".join(
            sorted(
                (
                    _attribute(CONTENT_TYPE, encode(OBJECT, oids.SECURITY_OBJECT)),
                    _attribute(MESSAGE_DIGEST, digest),
                )
            )
        )
        signed = encode(SET, attributes)
        signature = self._signer.sign(signed, ec.ECDSA(hashes.SHA256()))
        return encode(
            SEQUENCE,
            integer(1),
            encode(
                SEQUENCE,
                self.document_signer.issuer.public_bytes(),
                integer(self.document_signer.serial_number),
            ),
            encode(SEQUENCE, encode(OBJECT, SHA_256)),
            encode(0xA0, attributes),
            encode(SEQUENCE, encode(OBJECT, ECDSA_SHA_256)),
            encode(OCTETS, signature),
        )


@cache
def issuer() -> Issuer:
    """Return the issuer of all cards that do not name another one."""
    return Issuer()


def card_access() -> bytes:
    """Return EF.CardAccess: what everybody may know (TR-03110-3, A.1.2.1)."""
    return encode(SET, *sorted(_open_infos()))


def security_infos(chip_key: curve.Key) -> bytes:
    """Return the SecurityInfos of EF.CardSecurity (TR-03110-3, A.1.2.2)."""
    chip_public = encode(
        SEQUENCE,
        _standard_domain(),
        encode(BITS, b"\x00", curve.encode(curve.own_point(chip_key))),
    )
    own = [
        _info(oids.CHIP_KEY, chip_public, integer(1)),
        _info(oids.RESTRICTED, _restricted(key=1, authorized_only=True)),
        _info(oids.RESTRICTED, _restricted(key=2, authorized_only=False)),
        _info(oids.RESTRICTED_DOMAIN, _standard_domain()),
    ]
    return encode(SET, *sorted(_open_infos() + own))


def _open_infos() -> list[bytes]:
    return [
        _info(oids.TERMINAL, integer(2)),
        _info(oids.CHIP, integer(2), integer(1)),
        _info(oids.CHIP_DOMAIN, _standard_domain(), integer(1)),
        _info(oids.PACE, integer(2), integer(13)),
    ]


def _info(protocol: bytes, *parts: bytes) -> bytes:
    return encode(SEQUENCE, encode(OBJECT, protocol), *parts)


def _standard_domain() -> bytes:
    return encode(SEQUENCE, encode(OBJECT, oids.STANDARD_DOMAIN), integer(13))


def _restricted(*, key: int, authorized_only: bool) -> bytes:
    allowed = encode(0x01, b"\xff" if authorized_only else b"\x00")
    return encode(SEQUENCE, integer(1), integer(key), allowed)


def _attribute(kind: bytes, value: bytes) -> bytes:
    return encode(SEQUENCE, encode(OBJECT, kind), encode(SET, value))


def _certificate(
    subject: str, issued_by: str, key: curve.Key, signer: curve.Key
) -> x509.Certificate:
    now = datetime.now(UTC)
    authority = subject == issued_by
    signing = x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issued_by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(signing, critical=True)
    )
    if authority:
        limits = x509.BasicConstraints(ca=True, path_length=0)
        builder = builder.add_extension(limits, critical=True)
    return builder.sign(signer, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test cards"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
