"""The eID-Client's part between card and eID-Server (TR-03112-7, TR-03110-2, 2.3).

It does PACE with what the citizen types, hands the server's certificates and signature to
the card, and carries the server's commands to and fro.
"""

from collections.abc import Callable
from collections.abc import Sequence
from hashlib import sha256
from tests.eid.card import apdu
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import OK
from tests.eid.card.apdu import Refused
from tests.eid.card.files import CARD_ACCESS
from tests.eid.card.files import CARD_SECURITY
from tests.eid.card.files import MASTER_FILE
from tests.eid.card.messaging import Channel
from tests.eid.card.pace import mapped
from tests.eid.card.pace import nonce_cipher
from tests.eid.card.passwords import Reference


CHAINED = 0x10
PIECE = 224


class Deceived(Exception):
    """What the server sent does not fit together."""


class Client:
    """An eID-Client that speaks to one card."""

    def __init__(self, transmit: Callable[[bytes], bytes]) -> None:
        self._transmit = transmit
        self._channel: Channel | None = None
        self.identity = b""
        self.authority = b""

    def pin_state(self) -> int:
        """Return the status by which a card tells about its PIN."""
        return self._set_password(Reference.PIN, None)

    def card_access(self) -> bytes:
        """Return EF.CardAccess."""
        return self._file(CARD_ACCESS)

    def card_security(self) -> bytes:
        """Return EF.CardSecurity; PACE must have been done."""
        return self._file(CARD_SECURITY)

    def open(self, reference: Reference, password: str, chat: bytes = b"") -> None:
        """Do PACE; raises Refused with the status that the card gives.

        ``chat`` are the five octets of what the citizen allows; without them no terminal
        can follow.
        """
        self._set_password(reference, chat or None)
        nonce = nonce_cipher(password).decryptor().update(self._step(0x80))
        key = curve.random_key()
        theirs = self._step(0x82, curve.encode(curve.own_point(key)))
        generator = mapped(nonce, key, curve.decode(theirs))
        key = curve.random_key()
        own = curve.encode(curve.multiply(key, generator))
        theirs = self._step(0x84, own)
        channel = Channel(curve.agree(key, curve.decode(theirs)))
        token = channel.token(oids.PACE, theirs)
        answer = self._authenticate(tlv.encode(0x85, token), chained=False)
        if tlv.one(answer, 0x86).value != channel.token(oids.PACE, own):
            raise Deceived("the card does not know the password")
        authority = tlv.optional(answer, 0x87)
        self.authority = authority.value if authority else b""
        self.identity = curve.compressed(curve.decode(theirs))
        self._channel = channel

    def challenge(self) -> bytes:
        """Return the card's challenge for the terminal."""
        return self._send(Command(0, 0x84, 0, 0, le=8))

    def check_description(self, description: bytes, terminal: bytes) -> None:
        """Raise Deceived unless the certificate holds the description's hash."""
        body = tlv.one(terminal, 0x7F21).child(0x7F4E)
        hashes = [
            template.child(0x80).value
            for template in body.child(0x65).children()
            if template.child(0x06).value == oids.DESCRIPTION
        ]
        if hashes != [sha256(description).digest()]:
            raise Deceived("description")

    def let_in(
        self,
        chain: Sequence[bytes],
        auxiliary: bytes,
        ephemeral: bytes,
        signature: bytes,
    ) -> None:
        """Do terminal authentication; ``auxiliary`` is the whole data object or empty.

        ``ephemeral`` is the server's uncompressed public key. Raises Refused.
        """
        for certificate in chain:
            self._import(certificate)
        holder = tlv.one(chain[-1], 0x7F21).child(0x7F4E, 0x5F20).value
        compressed = curve.compressed(curve.decode(ephemeral))
        data = (
            tlv.encode(0x80, oids.TERMINAL_SHA_256)
            + tlv.encode(0x83, holder)
            + auxiliary
            + tlv.encode(0x91, compressed)
        )
        self._send(Command(0, 0x22, 0x81, 0xA4, data))
        self._send(Command(0, 0x82, 0, 0, signature))

    def prove_chip(self, ephemeral: bytes) -> tuple[bytes, bytes]:
        """Do chip authentication; return the card's nonce and token; raises Refused."""
        data = tlv.encode(0x80, oids.CHIP) + tlv.encode(0x84, b"\x01")
        self._send(Command(0, 0x22, 0x41, 0xA4, data))
        answer = self._authenticate(tlv.encode(0x80, ephemeral), chained=False)
        self._channel = None
        return tlv.one(answer, 0x81).value, tlv.one(answer, 0x82).value

    def carry(self, command: bytes) -> bytes:
        """Return the card's answer to a command that the server secured."""
        return self._transmit(command)

    def unblock(self) -> None:
        """Set the PIN's tries back after PACE with the PUK; raises Refused."""
        self._send(Command(0, 0x2C, 0x03, 0x03))

    def change_pin(self, new: str) -> None:
        """Set a new PIN after PACE with the old one; raises Refused."""
        self._send(Command(0, 0x2C, 0x02, 0x03, new.encode()))

    def select_master(self) -> None:
        """Select the master file, inside the channel if there is one."""
        self._send(Command(0, 0xA4, 0x00, 0x0C, MASTER_FILE))

    def _set_password(self, reference: Reference, chat: bytes | None) -> int:
        data = tlv.encode(0x80, oids.PACE) + tlv.encode(0x83, bytes([reference]))
        if chat is not None:
            role = tlv.encode(0x06, oids.AUTHENTICATION_TERMINAL)
            data += tlv.encode(0x7F4C, role, tlv.encode(0x53, chat))
        _, status = self._exchange(Command(0, 0x22, 0xC1, 0xA4, data))
        if status != OK and status >> 8 not in (0x62, 0x63):
            raise Refused(status)
        return status

    def _step(self, expected: int, value: bytes = b"") -> bytes:
        data = tlv.encode(expected - 1, value) if value else b""
        return tlv.one(self._authenticate(data, chained=True), expected).value

    def _authenticate(self, data: bytes, *, chained: bool) -> bytes:
        body = tlv.encode(0x7C, data)
        command = Command(CHAINED if chained else 0, 0x86, 0, 0, body, le=0)
        return tlv.one(self._send(command), 0x7C).value

    def _import(self, certificate: bytes) -> None:
        outer = tlv.one(certificate, 0x7F21)
        authority = outer.child(0x7F4E, 0x42).value
        self._send(Command(0, 0x22, 0x81, 0xB6, tlv.encode(0x83, authority)))
        self._send(Command(0, 0x2A, 0x00, 0xBE, outer.value))

    def _file(self, identifier: int) -> bytes:
        name = identifier.to_bytes(2, "big")
        self.select_master()
        self._send(Command(0, 0xA4, 0x02, 0x0C, name))
        content = b""
        while True:
            offset = len(content).to_bytes(2, "big")
            piece = self._send(Command(0, 0xB0, *offset, le=PIECE))
            content += piece
            if len(piece) < PIECE:
                return content

    def _send(self, command: Command) -> bytes:
        data, status = self._exchange(command)
        if status != OK:
            raise Refused(status)
        return data

    def _exchange(self, command: Command) -> tuple[bytes, int]:
        if self._channel:
            secured = apdu.encode(self._channel.close_command(command))
            return self._channel.open_answer(self._transmit(secured))
        answer = self._transmit(apdu.encode(command))
        return answer[:-2], int.from_bytes(answer[-2:], "big")
