"""PACE with the generic mapping (TR-03110-2, 3.2; TR-03110-3, B.1), the card's side."""

from cryptography.hazmat.primitives.ciphers import Cipher
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card.messaging import cbc
from tests.eid.card.messaging import Channel
from tests.eid.card.messaging import derived_key
import os


NONCE_OCTETS = 16


class WrongPassword(Exception):
    """The other side's token does not fit."""


def nonce_cipher(password: str) -> Cipher:
    """Return the cipher that hides the nonce: KDF(password, 3)."""
    return cbc(derived_key(password.encode("latin-1"), 3))


def mapped(nonce: bytes, key: curve.Key, point: curve.Point) -> curve.Point:
    """Return the generator of this session: s·G + H (TR-03110-3, A.3.4.1)."""
    shared = curve.multiply(key, point)
    return curve.add(
        curve.own_point(curve.key_of(int.from_bytes(nonce, "big"))), shared
    )


class Pace:
    """One run: nonce, mapping, agreement, tokens; the steps are numbered from 0."""

    def __init__(self, password: str) -> None:
        self._nonce = os.urandom(NONCE_OCTETS)
        self._cipher = nonce_cipher(password)
        self._steps = [self._hide_nonce, self._map, self._agree, self._authenticate]
        self._done = 0
        self.own_identity = b""
        self.channel: Channel | None = None

    @property
    def expected(self) -> int:
        """The tag of the other side's next value; the answer's is one more."""
        return 0x7F + 2 * self._done

    @property
    def last_step(self) -> bool:
        """Whether the next step is the one that judges the password."""
        return self._done == 3

    def step(self, value: bytes) -> bytes:
        """Return the answer to the other side's value.

        Raises ValueError for values out of place and WrongPassword in the last step.
        """
        step = self._steps[self._done]
        self._done += 1
        return step(value)

    def _hide_nonce(self, value: bytes) -> bytes:
        if value:
            raise ValueError("nothing is expected")
        return self._cipher.encryptor().update(self._nonce)

    def _map(self, value: bytes) -> bytes:
        key = curve.random_key()
        self._generator = mapped(self._nonce, key, curve.decode(value))
        return curve.encode(curve.own_point(key))

    def _agree(self, value: bytes) -> bytes:
        key = curve.random_key()
        own = curve.multiply(key, self._generator)
        self._other = curve.decode(value)
        if self._other == own:
            raise ValueError("our own key came back")
        self._own = curve.encode(own)
        self._channel = Channel(curve.agree(key, self._other))
        self.own_identity = curve.compressed(own)
        return self._own

    def _authenticate(self, value: bytes) -> bytes:
        if value != self._channel.token(oids.PACE, self._own):
            raise WrongPassword
        self.channel = self._channel
        return self._channel.token(oids.PACE, curve.encode(self._other))
