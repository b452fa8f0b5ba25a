"""CV certificates as the card reads and checks them (TR-03110-3, appendix C)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv


class Role(IntEnum):
    """The two first bits of an authorization."""

    TERMINAL = 0
    FOREIGN_VERIFIER = 1
    VERIFIER = 2
    AUTHORITY = 3


class Untrusted(Exception):
    """The certificate or signature is not accepted."""


@dataclass(frozen=True)
class Authorization:
    """A CHAT of an authentication terminal: role and rights (TR-03110-4, 2.2.3.2)."""

    bits: int

    CAN_ALLOWED = 4
    RESTRICTED_IDENTIFICATION = 2
    COMMUNITY = 1
    AGE = 0

    @property
    def role(self) -> Role:
        """What the holder is."""
        return Role(self.bits >> 38)

    def allows(self, bit: int) -> bool:
        """Tell whether a right is granted."""
        return bool(self.bits >> bit & 1)

    def reads(self, group: int) -> bool:
        """Tell whether a data group may be read."""
        return self.allows(7 + group)

    def confined(self, other: "Authorization") -> "Authorization":
        """Return what both allow."""
        return Authorization(self.bits & other.bits)


@dataclass(frozen=True)
class Certificate:
    """What the card keeps of a certificate."""

    authority: bytes
    holder: bytes
    point: curve.Point
    authorization: Authorization
    effective: date
    expires: date
    sectors: tuple[bytes, ...]
    has_domain: bool


def parse(body: tlv.DataObject) -> Certificate:
    """Return a certificate body (7F4E); raises Malformed, Untrusted."""
    if body.tag != 0x7F4E or body.child(0x5F29).value != b"\x00":
        raise Untrusted("profile")
    key = body.child(0x7F49)
    return Certificate(
        authority=body.child(0x42).value,
        holder=body.child(0x5F20).value,
        point=_point(key),
        authorization=authorization(body.child(0x7F4C)),
        effective=day(body.child(0x5F25).value),
        expires=day(body.child(0x5F24).value),
        sectors=_sectors(body),
        has_domain=_has_domain(key),
    )


def authorization(template: tlv.DataObject) -> Authorization:
    """Return what a CHAT (7F4C) says; raises Malformed, Untrusted."""
    if template.child(0x06).value != oids.AUTHENTICATION_TERMINAL:
        raise Untrusted("terminal type")
    mask = template.child(0x53).value
    if len(mask) != 5:
        raise Untrusted("authorization")
    return Authorization(int.from_bytes(mask, "big"))


def day(octets: bytes) -> date:
    """Return a date in unpacked BCD, YYMMDD (TR-03110-3, D.2.1.3)."""
    if len(octets) != 6 or max(octets) > 9:
        raise Untrusted("date")
    year, month, number = (octets[i] * 10 + octets[i + 1] for i in (0, 2, 4))
    try:
        return date(2000 + year, month, number)
    except ValueError as error:
        raise Untrusted("date") from error


def verify(point: curve.Point, signature: bytes, message: bytes) -> None:
    """Check a plain ECDSA signature with SHA-256; raises Untrusted."""
    if len(signature) != 2 * curve.OCTETS:
        raise Untrusted("signature")
    r, s = signature[: curve.OCTETS], signature[curve.OCTETS :]
    encoded = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    key = curve.public_key(point)
    try:
        key.verify(encoded, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Untrusted("signature") from error


def _point(key: tlv.DataObject) -> curve.Point:
    if key.child(0x06).value != oids.TERMINAL_SHA_256:
        raise Untrusted("algorithm")
    try:
        return curve.decode(key.child(0x86).value)
    except ValueError as error:
        raise Untrusted("point") from error


def _has_domain(key: tlv.DataObject) -> bool:
    given = {each.tag: each.value for each in key.children() if 0x80 < each.tag < 0x86}
    if given and given != curve.domain_parameters():
        raise Untrusted("domain parameters")
    return bool(given)


def _sectors(body: tlv.DataObject) -> tuple[bytes, ...]:
    extensions = tlv.optional(body.value, 0x65)
    for template in extensions.children() if extensions else ():
        if template.child(0x06).value == oids.SECTOR:
            return tuple(each.value for each in template.children() if each.tag != 0x06)
    return ()


class Trust:
    """The trust points of a card, its date, and what it imported in this session."""

    def __init__(self, root: bytes, today: date) -> None:
        body, _ = _parts(root)
        self._points = {body.holder: body}
        self._imported: dict[bytes, tuple[Certificate, Authorization]] = {}
        self.today = max(today, body.effective)

    @property
    def newest(self) -> bytes:
        """The reference that the card tells to terminals."""
        return list(self._points)[-1]

    def knows(self, holder: bytes) -> bool:
        """Tell whether a key can be selected for checking a certificate."""
        return holder in self._points or holder in self._imported

    def take(self, certificate: bytes, authority: bytes) -> None:
        """Check a certificate by the selected key and import it; raises Untrusted."""
        new, verified = _parts(certificate)
        issuer, granted = self._issuer(authority)
        if new.authority != authority:
            raise Untrusted("authority")
        verify(issuer.point, *verified)
        _check_roles(issuer, new)
        link = new.authorization.role is Role.AUTHORITY
        if not link and min(new.expires, issuer.expires) < self.today:
            raise Untrusted("expired")
        if link or new.authorization.role is not Role.TERMINAL:
            self.today = max(self.today, new.effective)
        if link:
            self._points[new.holder] = new
        else:
            confined = granted.confined(new.authorization)
            self._imported = {new.holder: (new, confined)}

    def terminal(self, holder: bytes) -> tuple[Certificate, Authorization]:
        """Return an imported terminal and what its chain allows; raises Untrusted."""
        found = self._imported.get(holder)
        if not found or found[0].authorization.role is not Role.TERMINAL:
            raise Untrusted("no terminal")
        return found

    def forget(self) -> None:
        """Forget what was imported."""
        self._imported.clear()

    def _issuer(self, holder: bytes) -> tuple[Certificate, Authorization]:
        if holder in self._points:
            return self._points[holder], self._points[holder].authorization
        return self._imported[holder]


def _parts(certificate: bytes) -> tuple[Certificate, tuple[bytes, bytes]]:
    outer = tlv.parse(certificate)
    if len(outer) == 1 and outer[0].tag == 0x7F21:
        outer = outer[0].children()
    if [each.tag for each in outer] != [0x7F4E, 0x5F37]:
        raise Untrusted("form")
    body, signature = outer
    return parse(body), (signature.value, body.encoded)


def _check_roles(issuer: Certificate, new: Certificate) -> None:
    verifiers = {Role.VERIFIER, Role.FOREIGN_VERIFIER}
    allowed = {
        Role.AUTHORITY: verifiers | {Role.AUTHORITY},
        Role.VERIFIER: {Role.TERMINAL},
        Role.FOREIGN_VERIFIER: {Role.TERMINAL},
        Role.TERMINAL: set(),
    }
    if new.authorization.role not in allowed[issuer.authorization.role]:
        raise Untrusted("role")
    if new.has_domain and new.authorization.role is not Role.AUTHORITY:
        raise Untrusted("domain parameters where none may be")
