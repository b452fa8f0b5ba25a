"""Certificates and keys of both ends of the eID-Interface, made for a test eID-Server.

The one authority signs all four; each has its own key.
"""

from collective.servicekonto.eid.server.configuration import Configuration
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from cryptography.x509.oid import NameOID
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl


YEARS = timedelta(days=800)

# Whose certificates there are.
AUTHORITY = "authority"
SERVER = "eid-server"
SERVER_SIGNER = "eid-server-signature"
ESERVICE = "eservice"

# The test eID-Server is reached on its own machine only.
HOST = "127.0.0.1"


@dataclass(frozen=True)
class InterfaceFiles:
    """The files in a directory: a certificate ``….pem`` and a key ``….key`` for each."""

    directory: Path

    def certificate(self, name: str) -> Path:
        """Return the path of somebody's certificate."""
        return self.directory / f"{name}.pem"

    def key(self, name: str) -> Path:
        """Return the path of somebody's key."""
        return self.directory / f"{name}.key"

    def configuration(self, port: int) -> Configuration:
        """Return how our end finds a test eID-Server at this port."""
        return Configuration(
            address=f"https://{HOST}:{port}/eid-interface",
            certificate=str(self.certificate(ESERVICE)),
            key=str(self.key(ESERVICE)),
            signer=str(self.certificate(SERVER_SIGNER)),
            authority=str(self.certificate(AUTHORITY)),
        )

    def tls_context(self) -> ssl.SSLContext:
        """Return the TLS of the eID-Server's end: only our end may connect."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(self.certificate(AUTHORITY))
        context.load_cert_chain(self.certificate(SERVER), self.key(SERVER))
        return context


def make_files(directory: Path, now: datetime) -> InterfaceFiles:
    """Return the files of this directory; those that are missing are made."""
    files = InterfaceFiles(directory)
    if not files.key(ESERVICE).exists():
        directory.mkdir(parents=True, exist_ok=True)
        authority = ec.generate_private_key(ec.SECP256R1())
        for name in (AUTHORITY, SERVER, SERVER_SIGNER, ESERVICE):
            key = authority
            if name != AUTHORITY:
                key = ec.generate_private_key(ec.SECP256R1())
            certificate = issue(name, key, authority, now)
            write(files, name, certificate, key)
    return files


def issue(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    authority: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    """Return a certificate that begins an hour ago, for machines whose clocks differ."""
    builder = x509.CertificateBuilder(
        issuer_name=_name(AUTHORITY),
        subject_name=_name(name),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(hours=1),
        not_valid_after=now + YEARS,
    )
    is_authority = name == AUTHORITY
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=is_authority, path_length=None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
            False,
        ),
        (_usage(is_authority), True),
        (x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False),
    ]
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    return builder.sign(authority, SHA256())


def write(
    files: InterfaceFiles,
    name: str,
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
) -> None:
    """Write both; the key is for its owner only."""
    files.certificate(name).write_bytes(certificate.public_bytes(Encoding.PEM))
    path = files.key(name)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


def load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return a key that was written before."""
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 (we wrote it)
    return key


def _name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Servicekonto (Test)"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
