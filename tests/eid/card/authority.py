"""Who lets terminals read cards: a CVCA, its verifier and a terminal, all for tests."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from functools import cache
from hashlib import sha256
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.certificates import Role


EVERYTHING = (1 << 38) - 1
DESCRIPTION = b"\x30\x00"


@dataclass(frozen=True)
class Holder:
    """Who has a certificate: what it says, and the key."""

    name: bytes
    role: Role
    rights: int = EVERYTHING
    first: date = field(default_factory=lambda: date.today() - timedelta(days=1))
    last: date = field(default_factory=lambda: date.today() + timedelta(days=30))
    key: curve.Key = field(default_factory=curve.random_key)

    def sign(self, message: bytes) -> bytes:
        """Return a plain signature (TR-03110-3, A.7.4.1)."""
        encoded = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        numbers = decode_dss_signature(encoded)
        return b"".join(each.to_bytes(curve.OCTETS, "big") for each in numbers)

    def certify(self, holder: "Holder", extensions: bytes = b"") -> bytes:
        """Return a certificate for the holder, signed by this one."""
        bits = holder.role << 38 | holder.rights
        body = tlv.encode(
            0x7F4E,
            tlv.encode(0x5F29, b"\x00"),
            tlv.encode(0x42, self.name),
            _public_key(holder),
            tlv.encode(0x5F20, holder.name),
            tlv.encode(
                0x7F4C,
                tlv.encode(0x06, oids.AUTHENTICATION_TERMINAL),
                tlv.encode(0x53, bits.to_bytes(5, "big")),
            ),
            tlv.encode(0x5F25, _date(holder.first)),
            tlv.encode(0x5F24, _date(holder.last)),
            tlv.encode(0x65, extensions) if extensions else b"",
        )
        return tlv.encode(0x7F21, body, tlv.encode(0x5F37, self.sign(body)))


class Authority:
    """A chain from the root to a terminal; parts of it may be given."""

    def __init__(
        self,
        verifier: Holder | None = None,
        terminal: Holder | None = None,
        root: Holder | None = None,
    ) -> None:
        self.root = root or Holder(b"DETESTeID00005", Role.AUTHORITY)
        self.verifier = verifier or Holder(b"DETESTVER00001", Role.VERIFIER)
        self.terminal = terminal or Holder(b"DETESTTRM00001", Role.TERMINAL)
        self.sector = curve.random_key()
        self.root_certificate = self.root.certify(self.root)
        self.chain = [
            self.root.certify(self.verifier),
            self.verifier.certify(self.terminal, self._extensions()),
        ]

    def sector_key(self) -> bytes:
        """Return the value of the public key data object of the terminal's sector."""
        point = curve.encode(curve.own_point(self.sector))
        domain = curve.domain_parameters().items()
        return (
            tlv.encode(0x06, oids.RESTRICTED)
            + b"".join(tlv.encode(tag, value) for tag, value in domain)
            + tlv.encode(0x86, point)
            + tlv.encode(0x87, b"\x01")
        )

    def _extensions(self) -> bytes:
        sector = tlv.encode(0x7F49, self.sector_key())
        return _extension(oids.DESCRIPTION, DESCRIPTION) + _extension(
            oids.SECTOR, sector
        )


@cache
def authority() -> Authority:
    """Return the authority of all tests that do not need another one."""
    return Authority()


def _extension(kind: bytes, content: bytes) -> bytes:
    digest = tlv.encode(0x80, sha256(content).digest())
    return tlv.encode(0x73, tlv.encode(0x06, kind), digest)


def _date(day: date) -> bytes:
    return bytes(int(each) for each in f"{day:%y%m%d}")


def _public_key(holder: Holder) -> bytes:
    domain = curve.domain_parameters() if holder.role is Role.AUTHORITY else {}
    cofactor = tlv.encode(0x87, b"\x01") if domain else b""
    return tlv.encode(
        0x7F49,
        tlv.encode(0x06, oids.TERMINAL_SHA_256),
        *(tlv.encode(tag, value) for tag, value in domain.items()),
        tlv.encode(0x86, curve.encode(curve.own_point(holder.key))),
        cofactor,
    )
