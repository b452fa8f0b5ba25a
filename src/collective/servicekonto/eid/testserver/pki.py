"""The certificates of the test eID-Server, made at its first start.

They prove nothing to anybody but a card or an AusweisApp that was told to trust them.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver.cvc import Chat
from collective.servicekonto.eid.testserver.cvc import Description
from collective.servicekonto.eid.testserver.cvc import DESCRIPTION_EXTENSION
from collective.servicekonto.eid.testserver.cvc import extension
from collective.servicekonto.eid.testserver.cvc import Issuer
from collective.servicekonto.eid.testserver.cvc import Role
from collective.servicekonto.eid.testserver.cvc import SECTOR_EXTENSION
from collective.servicekonto.eid.testserver.cvc import Validity
from collective.servicekonto.eid.testserver.documents import DocumentSigner
from collective.servicekonto.eid.testserver.passive import Anchor
from collective.servicekonto.eid.testserver.tlv import encode
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from ipaddress import ip_address
from pathlib import Path


# The trust point that the simulator of the AusweisApp says it has.
CVCA_REFERENCE = "DETESTeID00005"
DV_REFERENCE = "DETESTSKDV0001"
TERMINAL_REFERENCE = "DETESTSKAT0001"

EVERYTHING = frozenset(Operation)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

CVCA_YEARS = 15
TERMINAL_DAYS = 30
TLS_DAYS = 800

# Who signed the simulator's EF.CardSecurity: the test CSCA of the Federal Republic. Its
# certificate is not in the AusweisApp; this is the key whose hash the signer's
# certificate names as that of its authority, and which verifies that certificate.
SIMULATOR_CSCA = Anchor(
    name=bytes.fromhex(
        "3046310b3009060355040613024445310d300b060355040a0c0462756e64310c300a0603550"
        "40b0c03627369311a301806035504030c115445535420637363612d6765726d616e79"
    ),
    key=ec.EllipticCurvePublicKey.from_encoded_point(
        ec.BrainpoolP512R1(),
        bytes.fromhex(
            "04"
            "2e92667cd27e0dbba6ed51c0e9ddb1bd60d9fc9fd4307713b5d36521d85194ae"
            "adad4502119c6a5f4573719908fa87b023ff8b26be836bfa0c29f42ddb0ad233"
            "0372f774415f610a3e1d6e02f5feb1e9df3a81f5e5712c92e044fbe695703c97"
            "b686666224454aab8aac6a4994e424cef1736a6bf88b206977d6444e5071b0d4"
        ),
    ),
    until=datetime(2030, 8, 22, tzinfo=UTC),
)


@dataclass(frozen=True)
class Terminal:
    """Who authenticates towards the card in one session.

    ``certificates``  its own and that of its document verifier
    """

    key: ec.EllipticCurvePrivateKey
    certificates: tuple[bytes, bytes]
    description: bytes


@dataclass(frozen=True)
class Certified:
    """Where a certificate and its key are, and the certificate itself in DER."""

    path: Path
    certificate: bytes


class PKI:
    """All keys of the test eID-Server, kept in a directory.

    ``cvca``    the certificate that a card has to trust
    ``sector``  public key that pseudonyms are made with; nobody has its private key
    ``tls``     for 127.0.0.1 and localhost
    ``psk_tls`` the same, of the kind that goes with pre-shared keys
    ``signer``  signs cards that the simulator is given
    ``anchors`` authorities whose documents are accepted: those of the simulator, the
                signer's, and the certificates (PEM) in the directory ``csca``
    """

    def __init__(self, directory: Path, now: datetime) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o700)
        self._directory = directory
        self._issuer = Issuer(CVCA_REFERENCE, self._private_key("cvca.pem"))
        self.cvca = self._cvca(now.date())
        self.sector = self._sector()
        self._dv = Issuer(DV_REFERENCE, curves.new_key())
        self.tls = self._certified("tls.pem", now)
        authority = self._certified("csca.pem", now)
        self.signer = _document_signer(authority, now)
        own = Anchor.of(authority.certificate)
        self.anchors = (SIMULATOR_CSCA, own, *self._added_anchors())

    @property
    def psk_tls(self) -> Certified:
        """Return the TLS certificate for connections with pre-shared keys."""
        return self._certified("psk-tls.pem", datetime.now(UTC))

    def terminal(self, description: Description, today: date) -> Terminal:
        """Return a terminal that may ask for everything, for one session."""
        # Who is behind in time takes a certificate of today for one of tomorrow.
        validity = Validity(
            today - timedelta(days=1), today + timedelta(days=TERMINAL_DAYS)
        )
        key = curves.new_key()
        described = description.encoded()
        sector = curves.public_key_with_domain(curves.RI_ECDH_SHA_256, self.sector)
        certificate = self._dv.issue(
            TERMINAL_REFERENCE,
            curves.public_key(curves.TA_ECDSA_SHA_256, key.public_key()),
            Chat.of(Role.TERMINAL, EVERYTHING),
            validity,
            extension(DESCRIPTION_EXTENSION, described)
            + extension(SECTOR_EXTENSION, encode(0x7F49, sector)),
        )
        return Terminal(key, (certificate, self._dv_certificate(validity)), described)

    def _dv_certificate(self, validity: Validity) -> bytes:
        return self._issuer.issue(
            self._dv.reference,
            curves.public_key(curves.TA_ECDSA_SHA_256, self._dv.key.public_key()),
            Chat.of(Role.DV, EVERYTHING),
            validity,
        )

    def _cvca(self, today: date) -> bytes:
        path = self._directory / "cvca.cvcert"
        if not path.exists():
            key = self._issuer.key.public_key()
            first = today - timedelta(days=1)
            certificate = self._issuer.issue(
                CVCA_REFERENCE,
                curves.public_key_with_domain(curves.TA_ECDSA_SHA_256, key),
                Chat.of(Role.CVCA, EVERYTHING),
                Validity(first, first + timedelta(days=365 * CVCA_YEARS)),
            )
            path.write_bytes(certificate)
        return path.read_bytes()

    def _private_key(self, name: str) -> ec.EllipticCurvePrivateKey:
        path = self._directory / name
        if not path.exists():
            path.write_bytes(_pem(curves.new_key()))
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{path} is not a key of the test eID-Server.")
        return key

    def _sector(self) -> ec.EllipticCurvePublicKey:
        path = self._directory / "sector.der"
        if not path.exists():
            path.write_bytes(curves.point(curves.new_key().public_key()))
        return curves.load_point(curves.CURVE, path.read_bytes())

    def _certified(self, name: str, now: datetime) -> Certified:
        path = self._directory / name
        if not path.exists() or _certificate(path).not_valid_after_utc < now:
            _write(path, _KINDS[name], now)
        return Certified(path, _der(_certificate(path)))

    def _added_anchors(self) -> Iterator[Anchor]:
        for path in sorted((self._directory / "csca").glob("*.pem")):
            yield Anchor.of(_der(_certificate(path)))


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def _nist() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class _Kind:
    """What a self-signed certificate is for, and how its key is made."""

    new_key: Callable[[], Key]
    days: int
    extension: x509.ExtensionType


_HOSTS = x509.SubjectAlternativeName(
    [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
)
# Pre-shared keys go with RSA only.
_KINDS = {
    "tls.pem": _Kind(_nist, TLS_DAYS, _HOSTS),
    "psk-tls.pem": _Kind(_rsa, TLS_DAYS, _HOSTS),
    "csca.pem": _Kind(
        curves.new_key, 365 * CVCA_YEARS, x509.BasicConstraints(ca=True, path_length=0)
    ),
}


def _builder(
    subject: x509.Name, key: Key, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
    )


def _write(path: Path, kind: _Kind, now: datetime) -> None:
    """Write a self-signed certificate and its key."""
    key = kind.new_key()
    name = _name(f"Test-eID-Server {path.stem}")
    certificate = (
        _builder(name, key, now, kind.days)
        .issuer_name(name)
        .add_extension(kind.extension, critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + _pem(key))


def _document_signer(authority: Certified, now: datetime) -> DocumentSigner:
    content = authority.path.read_bytes()
    root = serialization.load_pem_private_key(content, password=None)
    if not isinstance(root, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{authority.path} has no key of the test eID-Server.")
    key = curves.new_key()
    certificate = (
        _builder(_name("Test-eID-Server signer"), key, now, TLS_DAYS)
        .issuer_name(_certificate(authority.path).subject)
        .sign(root, hashes.SHA256())
    )
    return DocumentSigner(key, _der(certificate))
