"""Card verifiable certificates and what they allow (TR-03110-3 C, TR-03110-4 2.2.3)."""

from collections.abc import Iterable
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import tlv
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import reduce
from hashlib import sha256
from operator import or_


AUTHENTICATION_TERMINAL = "0.4.0.127.0.7.3.1.2.2"
DESCRIPTION_EXTENSION = "0.4.0.127.0.7.3.1.3.1"
PLAIN_DESCRIPTION = "0.4.0.127.0.7.3.1.3.1.1"
SECTOR_EXTENSION = "0.4.0.127.0.7.3.1.3.2"

DATA_GROUPS = {
    Operation.DOCUMENT_TYPE: 1,
    Operation.ISSUING_STATE: 2,
    Operation.DATE_OF_EXPIRY: 3,
    Operation.GIVEN_NAMES: 4,
    Operation.FAMILY_NAMES: 5,
    Operation.ARTISTIC_NAME: 6,
    Operation.ACADEMIC_TITLE: 7,
    Operation.DATE_OF_BIRTH: 8,
    Operation.PLACE_OF_BIRTH: 9,
    Operation.NATIONALITY: 10,
    Operation.BIRTH_NAME: 13,
    Operation.PLACE_OF_RESIDENCE: 17,
    Operation.COMMUNITY_ID: 18,
    Operation.RESIDENCE_PERMIT_I: 19,
}
FUNCTIONS = {
    Operation.AGE_VERIFICATION: 0,
    Operation.PLACE_VERIFICATION: 1,
    Operation.RESTRICTED_ID: 2,
}
# Bit 8 of the authorization allows data group 1.
BITS = FUNCTIONS | {each: number + 7 for each, number in DATA_GROUPS.items()}


class Role(Enum):
    """Whose certificate it is; the value are the two upper bits (TR-03110-4, 2.2.3.2)."""

    CVCA = 0b11 << 38
    DV = 0b10 << 38
    TERMINAL = 0


ROLE_BITS = 0b11 << 38


@dataclass(frozen=True)
class Chat:
    """Certificate Holder Authorization Template of an authentication terminal."""

    bits: int

    @classmethod
    def of(cls, role: Role, operations: Iterable[Operation]) -> "Chat":
        """Return the template that allows a role these operations."""
        return cls(reduce(or_, (1 << BITS[each] for each in operations), role.value))

    @classmethod
    def from_node(cls, node: tlv.Node) -> "Chat":
        """Return the template in a data object 7F4C. Raises Malformed."""
        terminal_type = tlv.dotted(node.child(0x06))
        value = node.child(0x53).value
        if terminal_type != AUTHENTICATION_TERMINAL or len(value) != 5:
            raise tlv.Malformed("Not rights of an authentication terminal.")
        return cls(int.from_bytes(value, "big"))

    def encoded(self) -> bytes:
        """Return the data object 7F4C."""
        return tlv.encode(
            0x7F4C,
            tlv.oid(AUTHENTICATION_TERMINAL),
            tlv.encode(0x53, self.bits.to_bytes(5, "big")),
        )

    def operations(self) -> frozenset[Operation]:
        """Return what it allows."""
        return frozenset(each for each, bit in BITS.items() if self.bits >> bit & 1)


@dataclass(frozen=True)
class Description:
    """What the citizen reads about the one who asks (TR-03110-4, 2.2.6).

    ``url``           origin of TC token and refresh address
    ``certificates``  TLS certificates in DER that the eID-Client may meet
    """

    issuer: str
    subject: str
    url: str
    terms: str
    certificates: tuple[bytes, ...]

    def encoded(self) -> bytes:
        """Return the CertificateDescription."""
        hashes = sorted(
            tlv.encode(0x04, sha256(each).digest()) for each in set(self.certificates)
        )
        return tlv.encode(
            0x30,
            tlv.oid(PLAIN_DESCRIPTION),
            tlv.encode(0xA1, _utf8(self.issuer)),
            tlv.encode(0xA3, _utf8(self.subject)),
            tlv.encode(0xA4, tlv.encode(0x13, self.url.encode("ascii"))),
            tlv.encode(0xA5, _utf8(self.terms)),
            tlv.encode(0xA7, tlv.encode(0x31, *hashes)),
        )


def _utf8(text: str) -> bytes:
    return tlv.encode(0x0C, text.encode())


def extension(identifier: str, content: bytes) -> bytes:
    """Return the certificate extension that holds the hash of a content (C.3)."""
    return tlv.encode(
        0x73, tlv.oid(identifier), tlv.encode(0x80, sha256(content).digest())
    )


def _date(value: date) -> bytes:
    return bytes(int(digit) for digit in f"{value:%y%m%d}")


def _read_date(node: tlv.Node) -> date:
    digits = node.value
    if len(digits) != 6 or max(digits) > 9:
        raise tlv.Malformed("Not a date.")
    year, month, day = (10 * digits[i] + digits[i + 1] for i in (0, 2, 4))
    try:
        return date(2000 + year, month, day)
    except ValueError as error:
        raise tlv.Malformed("Not a date of the calendar.") from error


def _read_text(node: tlv.Node) -> str:
    return node.value.decode("latin-1")


@dataclass(frozen=True)
class Certificate:
    """A card verifiable certificate that was read; nothing about it is verified yet."""

    encoded: bytes
    body: bytes
    signature: bytes
    issuer: str
    holder: str
    public_point: bytes
    chat: Chat
    valid_from: date
    valid_until: date
    extensions: bytes

    @classmethod
    def parse(cls, encoded: bytes) -> "Certificate":
        """Return a certificate that stands alone. Raises Malformed."""
        certificate = tlv.parse_one(encoded, 0x7F21)
        body = certificate.child(0x7F4E)
        key = body.child(0x7F49)
        extensions = body.find(0x65)
        if tlv.dotted(key.child(0x06)) != curves.TA_ECDSA_SHA_256:
            raise tlv.Malformed("Not an algorithm that is supported.")
        return cls(
            encoded=encoded,
            body=body.encoded,
            signature=certificate.child(0x5F37).value,
            issuer=_read_text(body.child(0x42)),
            holder=_read_text(body.child(0x5F20)),
            public_point=key.child(0x86).value,
            chat=Chat.from_node(body.child(0x7F4C)),
            valid_from=_read_date(body.child(0x5F25)),
            valid_until=_read_date(body.child(0x5F24)),
            extensions=extensions.value if extensions else b"",
        )

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Return its key, on our curve. Raises Malformed."""
        return curves.load_point(curves.CURVE, self.public_point)

    def issued_by(self, other: "Certificate") -> bool:
        """Return whether the other's key signed this one. Raises Malformed."""
        return self.issuer == other.holder and curves.verifies(
            other.public_key, self.signature, self.body
        )


@dataclass(frozen=True)
class Validity:
    """The first and the last day of a certificate."""

    first: date
    last: date


@dataclass(frozen=True)
class Issuer:
    """Who signs certificates: its reference and its key."""

    reference: str
    key: ec.EllipticCurvePrivateKey

    def issue(
        self,
        holder: str,
        public_key: bytes,
        chat: Chat,
        validity: Validity,
        extensions: bytes = b"",
    ) -> bytes:
        """Return a signed certificate. ``public_key`` is as in curves, without tag."""
        parts = [
            tlv.encode(0x5F29, b"\x00"),
            tlv.encode(0x42, self.reference.encode("latin-1")),
            tlv.encode(0x7F49, public_key),
            tlv.encode(0x5F20, holder.encode("latin-1")),
            chat.encoded(),
            tlv.encode(0x5F25, _date(validity.first)),
            tlv.encode(0x5F24, _date(validity.last)),
        ]
        if extensions:
            parts.append(tlv.encode(0x65, extensions))
        body = tlv.encode(0x7F4E, *parts)
        return tlv.encode(0x7F21, body, tlv.encode(0x5F37, curves.sign(self.key, body)))
