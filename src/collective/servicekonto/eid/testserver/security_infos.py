"""What EF.CardAccess and EF.CardSecurity say about a card (TR-03110-3, A.1)."""

from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import tlv
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass


CA_ECDH = "0.4.0.127.0.7.2.2.3.2"
CA_ECDH_AES_128 = f"{CA_ECDH}.2"
PK_ECDH = "0.4.0.127.0.7.2.2.1.2"
PRIVILEGED = "0.4.0.127.0.7.2.2.8"
STANDARDIZED_DOMAIN = "0.4.0.127.0.7.1.2"
VERSION = 2
LARGEST_KEY_NUMBER = 0xFF

# Standardized domain parameters of A.2.1.1 that are not deprecated.
CURVES: dict[int, ec.EllipticCurve] = {
    12: ec.SECP256R1(),
    13: ec.BrainpoolP256R1(),
    15: ec.SECP384R1(),
    16: ec.BrainpoolP384R1(),
    17: ec.BrainpoolP512R1(),
}


@dataclass(frozen=True)
class PseudonymKey:
    """A key for restricted identification; without authorization it only revokes."""

    number: int
    authorized_only: bool


@dataclass(frozen=True)
class SecurityInfos:
    """The parts of the SecurityInfos that the server needs.

    ``protocols``  of chip authentication version 2, with the numbers of their keys
    ``domains``    curve for each number of a key
    ``points``     encoded public key for each number of a key
    """

    protocols: dict[int, str]
    domains: dict[int, ec.EllipticCurve]
    points: dict[int, bytes]
    pseudonym_keys: tuple[PseudonymKey, ...]

    def chip_key(self) -> int:
        """Return the number of the key to authenticate the chip with.

        Raises Malformed if there is none with a protocol and a curve that we know.
        """
        for number, protocol in self.protocols.items():
            if protocol == CA_ECDH_AES_128 and number in self.domains:
                return number
        raise tlv.Malformed("No chip authentication that is supported.")

    def chip_public_key(self) -> ec.EllipticCurvePublicKey:
        """Return that key itself; only EF.CardSecurity has it. Raises Malformed."""
        number = self.chip_key()
        if number not in self.points:
            raise tlv.Malformed("The public key of the chip is missing.")
        return curves.load_point(self.domains[number], self.points[number])

    def pseudonym_key(self, *, authorized_only: bool) -> int | None:
        """Return the number of the key of that kind, or None."""
        for key in self.pseudonym_keys:
            if key.authorized_only is authorized_only:
                return key.number
        return None


def _number(node: tlv.Node) -> int:
    if node.tag != 0x02 or not node.value:
        raise tlv.Malformed("Not a number.")
    return int.from_bytes(node.value, "big")


def _curve(algorithm: tlv.Node) -> ec.EllipticCurve | None:
    """Return the curve of an AlgorithmIdentifier, or None if it is not for us."""
    identifier, *parameters = algorithm.children() or [algorithm]
    if tlv.dotted(identifier) != STANDARDIZED_DOMAIN or len(parameters) != 1:
        return None
    return CURVES.get(_number(parameters[0]))


def _key_number(rest: list[tlv.Node]) -> int:
    """Return the optional number of a key; it may lack where there is one key."""
    number = _number(rest[0]) if rest else 0
    if number > LARGEST_KEY_NUMBER:
        raise tlv.Malformed("Not the number of a key.")
    return number


class _Reader:
    """Collects what is known; everything else is left out, as A.1 wants it."""

    def __init__(self) -> None:
        self.protocols: dict[int, str] = {}
        self.domains: dict[int, ec.EllipticCurve] = {}
        self.points: dict[int, bytes] = {}
        self.pseudonym_keys: list[PseudonymKey] = []

    def read(self, info: tlv.Node) -> None:
        identifier, *content = info.children() or [info]
        protocol = tlv.dotted(identifier)
        if not content:
            return
        if protocol.startswith(f"{CA_ECDH}."):
            self._protocol(protocol, content)
        elif protocol == CA_ECDH:
            self._domain(content)
        elif protocol == PK_ECDH:
            self._key(content)
        elif protocol == curves.RI_ECDH_SHA_256:
            self._pseudonym_key(content)

    def _protocol(self, protocol: str, content: list[tlv.Node]) -> None:
        version, *rest = content
        if _number(version) == VERSION:
            self.protocols[_key_number(rest)] = protocol

    def _domain(self, content: list[tlv.Node]) -> None:
        algorithm, *rest = content
        curve = _curve(algorithm)
        if curve:
            self.domains[_key_number(rest)] = curve

    def _key(self, content: list[tlv.Node]) -> None:
        key, *rest = content
        bits = key.child(0x03).value
        if bits[:1] != b"\x00":
            raise tlv.Malformed("A public key that does not end with an octet.")
        self.points[_key_number(rest)] = bits[1:]

    def _pseudonym_key(self, content: list[tlv.Node]) -> None:
        parameters = content[0].children()
        if len(parameters) != 3:
            raise tlv.Malformed("Not parameters of restricted identification.")
        number = _key_number(parameters[1:])
        self.pseudonym_keys.append(
            PseudonymKey(number, parameters[2].value not in (b"", b"\x00"))
        )


def confirms(signed: bytes, unsigned: bytes) -> bool:
    """Tell whether signed SecurityInfos contain those that anybody could have changed.

    What is for privileged terminals may lack (A.1.2.2). Raises Malformed.
    """
    known = {info.encoded for info in _infos(signed)}
    said = {
        info.encoded
        for info in _infos(unsigned)
        if tlv.dotted((info.children() or [info])[0]) != PRIVILEGED
    }
    return said <= known


def _infos(encoded: bytes) -> list[tlv.Node]:
    return tlv.parse_one(encoded, 0x31).children()


def read(encoded: bytes) -> SecurityInfos:
    """Return what a SET OF SecurityInfo says. Raises Malformed."""
    reader = _Reader()
    for info in _infos(encoded):
        reader.read(info)
    return SecurityInfos(
        protocols=reader.protocols,
        domains=reader.domains,
        points=reader.points,
        pseudonym_keys=tuple(reader.pseudonym_keys),
    )
