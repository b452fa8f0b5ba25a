"""Extended Access Control: terminal and chip prove who they are (TR-03110-2, 3.3, 3.4)."""

from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import messaging
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.security_infos import CA_ECDH_AES_128
from cryptography.hazmat.primitives.asymmetric import ec
from datetime import date
from hashlib import sha1
from hmac import compare_digest


DATE_OF_BIRTH = "0.4.0.127.0.7.3.1.4.1"
DATE_OF_EXPIRY = "0.4.0.127.0.7.3.1.4.2"
MUNICIPALITY = "0.4.0.127.0.7.3.1.4.3"

NONCE_SIZE = 8


class NotGenuine(Exception):
    """The chip does not have the key that its signed file names."""


def auxiliary_data(entries: dict[str, bytes]) -> bytes:
    """Return data that the card compares with its own (A.7.5), by object identifier."""
    return tlv.encode(
        0x67,
        *(
            tlv.encode(0x73, tlv.oid(identifier), tlv.encode(0x53, value))
            for identifier, value in entries.items()
        ),
    )


def compact_date(day: date) -> bytes:
    """Return a day as the card knows it."""
    return f"{day:%Y%m%d}".encode()


def years_before(day: date, years: int) -> date:
    """Return the latest date of birth of those who have completed so many years.

    Who was born on 29 February has in other years on 1 March (§ 188 Abs. 2 BGB).
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def terminal_signature(
    terminal_key: ec.EllipticCurvePrivateKey,
    id_picc: bytes,
    challenge: bytes,
    ephemeral: ec.EllipticCurvePublicKey,
    auxiliary: bytes,
) -> bytes:
    """Return the proof that the terminal has the key of its certificate."""
    signed = id_picc + challenge + curves.x_coordinate(ephemeral) + auxiliary
    return curves.sign(terminal_key, signed)


def _derived(secret: bytes, nonce: bytes, number: int) -> bytes:
    """Return a key of 128 bits (A.2.3.2)."""
    digest = sha1(secret + nonce + number.to_bytes(4, "big"), usedforsecurity=False)
    return digest.digest()[:16]


def agree(
    ephemeral: ec.EllipticCurvePrivateKey,
    chip: ec.EllipticCurvePublicKey,
    nonce: bytes,
    token: bytes,
) -> messaging.SecureMessaging:
    """Return the channel to a chip that has proven its key (chip authentication 2).

    Raises NotGenuine if the token does not verify, Malformed if the nonce is none.
    """
    # What the file without a signature said of the curve was not true.
    if chip.curve.name != ephemeral.curve.name:
        raise NotGenuine
    if len(nonce) != NONCE_SIZE:
        raise tlv.Malformed("Not a nonce of the chip.")
    secret = ephemeral.exchange(ec.ECDH(), chip)
    key_mac = _derived(secret, nonce, 2)
    proven = tlv.encode(
        0x7F49, curves.public_key(CA_ECDH_AES_128, ephemeral.public_key())
    )
    if not compare_digest(messaging.mac(key_mac, proven), token):
        raise NotGenuine
    return messaging.SecureMessaging(_derived(secret, nonce, 1), key_mac)
