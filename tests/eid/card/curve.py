"""Points on brainpoolP256r1, calculated by OpenSSL.

PACE's mapping needs whole points, while a key agreement gives only the x coordinate.
The sign of y is found by a second agreement: x(k·(Q + G)) is x(k·Q + k·G).
"""

from cryptography.hazmat.primitives.asymmetric import ec
from functools import cache


# RFC 5639, section 3.4.
CURVE = ec.BrainpoolP256R1()
PRIME = 0xA9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377
A = 0x7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9
B = 0x26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6
ORDER = 0xA9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7
BASE = (
    0x8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262,
    0x547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997,
)
OCTETS = 32

Point = tuple[int, int]
Key = ec.EllipticCurvePrivateKey


def random_key() -> Key:
    """Return a new private key."""
    return ec.generate_private_key(CURVE)


def key_of(number: int) -> Key:
    """Return the private key with this number."""
    return ec.derive_private_key(number % ORDER, CURVE)


def own_point(key: Key) -> Point:
    """Return the public point of a key."""
    numbers = key.public_key().public_numbers()
    return numbers.x, numbers.y


def public_key(point: Point) -> ec.EllipticCurvePublicKey:
    """Return the point as a key; raises ValueError where it is not on the curve."""
    return ec.EllipticCurvePublicNumbers(*point, CURVE).public_key()


def agree(key: Key, point: Point) -> bytes:
    """Return x(key·point); raises ValueError where the point is not on the curve."""
    return key.exchange(ec.ECDH(), public_key(point))


def multiply(key: Key, point: Point) -> Point:
    """Return key·point; raises ValueError where the point is not on the curve."""
    x = int.from_bytes(agree(key, point), "big")
    y = pow(pow(x, 3, PRIME) + A * x + B, (PRIME + 1) // 4, PRIME)
    beside = int.from_bytes(agree(key, add(point, BASE)), "big")
    if add((x, y), own_point(key))[0] == beside:
        return x, y
    return x, PRIME - y


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points with different x coordinates."""
    slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, PRIME)
    x = (slope * slope - one[0] - other[0]) % PRIME
    return x, (slope * (one[0] - x) - one[1]) % PRIME


def encode(point: Point) -> bytes:
    """Return the uncompressed point."""
    return b"\x04" + b"".join(each.to_bytes(OCTETS, "big") for each in point)


def decode(octets: bytes) -> Point:
    """Return the point; raises ValueError unless it is uncompressed and on the curve."""
    if len(octets) != 2 * OCTETS + 1 or octets[0] != 4:
        raise ValueError("not an uncompressed point")
    x, y = octets[1 : OCTETS + 1], octets[OCTETS + 1 :]
    point = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    public_key(point)
    return point


def compressed(point: Point) -> bytes:
    """Return Comp(): the x coordinate (TR-03110-3, A.2.2.3)."""
    return point[0].to_bytes(OCTETS, "big")


@cache
def domain_parameters() -> dict[int, bytes]:
    """Return the data objects of the curve by their tags (TR-03110-3, D.3.3)."""
    return {
        0x81: PRIME.to_bytes(OCTETS, "big"),
        0x82: A.to_bytes(OCTETS, "big"),
        0x83: B.to_bytes(OCTETS, "big"),
        0x84: encode(BASE),
        0x85: ORDER.to_bytes(OCTETS, "big"),
    }
