"""Secure messaging with AES-128 (TR-03110-3, appendix F), for both sides."""

from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers import modes
from cryptography.hazmat.primitives.cmac import CMAC
from hashlib import sha1
from tests.eid.card import tlv
from tests.eid.card.apdu import answer
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import OK
from tests.eid.card.apdu import Refused


BLOCK = 16
MISSING, INCORRECT = 0x6987, 0x6988


def derived_key(secret: bytes, counter: int) -> bytes:
    """Return KDF(secret, counter) for AES-128 (TR-03110-3, A.2.3)."""
    return sha1(secret + counter.to_bytes(4, "big")).digest()[:BLOCK]


def cmac(key: bytes, *parts: bytes) -> bytes:
    """Return the first eight octets of the CMAC."""
    code = CMAC(algorithms.AES(key))
    for part in parts:
        code.update(part)
    return code.finalize()[:8]


def cbc(key: bytes, vector: bytes = bytes(BLOCK)) -> Cipher:
    """Return AES in CBC mode."""
    return Cipher(algorithms.AES(key), modes.CBC(vector))


class Channel:
    """Keys and send sequence counter of one side of a secured session."""

    def __init__(self, secret: bytes) -> None:
        self._encryption = derived_key(secret, 1)
        self._authentication = derived_key(secret, 2)
        self._counter = 0

    def token(self, protocol: bytes, point: bytes) -> bytes:
        """Return the authentication token for the other side's key (A.2.4)."""
        body = tlv.encode(0x06, protocol) + tlv.encode(0x86, point)
        return cmac(self._authentication, tlv.encode(0x7F49, body))

    def open_command(self, command: Command) -> Command:
        """Return the command inside; raises Refused (6987, 6988)."""
        self._counter += 1
        header = command.header + b"\x80" + bytes(11)
        objects = self._verified(command.data, header)
        le = objects.get(0x97)
        data = self._decrypted(objects.get(0x87))
        return command.plain(data, None if le is None else int.from_bytes(le, "big"))

    def close_answer(self, data: bytes, status: int) -> bytes:
        """Return the answer that carries data and status."""
        self._counter += 1
        objects = self._encrypted(data)
        objects += tlv.encode(0x99, status.to_bytes(2, "big"))
        return answer(objects + self._checksum(objects), status)

    def close_command(self, command: Command) -> Command:
        """Return the command that carries this one."""
        self._counter += 1
        secured = Command(command.cla | 0x0C, *command.kind)
        objects = self._encrypted(command.data)
        if command.le is not None:
            octets = 2 if command.le > 256 else 1
            objects += tlv.encode(0x97, (command.le % 256**octets).to_bytes(octets))
        header = secured.header + b"\x80" + bytes(11)
        body = objects + self._checksum(objects, header)
        return Command(
            secured.cla, *secured.kind, body, 65536 if len(body) > 255 else 0
        )

    def open_answer(self, octets: bytes) -> tuple[bytes, int]:
        """Return data and status inside; raises Refused (6987, 6988, or as sent)."""
        if len(octets) == 2 and octets != answer(status=OK):
            raise Refused(int.from_bytes(octets, "big"))
        self._counter += 1
        objects = self._verified(octets[:-2], b"")
        if 0x99 not in objects:
            raise Refused(MISSING)
        status = int.from_bytes(objects[0x99], "big")
        return self._decrypted(objects.get(0x87)), status

    def _verified(self, body: bytes, header: bytes) -> dict[int, bytes]:
        try:
            objects = tlv.parse(body)
        except tlv.Malformed as error:
            raise Refused(INCORRECT) from error
        values = {each.tag: each.value for each in objects}
        if 0x8E not in values:
            raise Refused(MISSING)
        signed = b"".join(each.encoded for each in objects if each.tag != 0x8E)
        if self._code(signed, header) != values[0x8E]:
            raise Refused(INCORRECT)
        return values

    def _checksum(self, objects: bytes, header: bytes = b"") -> bytes:
        return tlv.encode(0x8E, self._code(objects, header))

    def _code(self, objects: bytes, header: bytes) -> bytes:
        body = _padded(objects) if objects else b""
        return cmac(self._authentication, self._sequence(), header, body)

    def _sequence(self) -> bytes:
        return self._counter.to_bytes(BLOCK, "big")

    def _cipher(self) -> Cipher:
        single = Cipher(algorithms.AES(self._encryption), modes.ECB()).encryptor()
        return cbc(self._encryption, single.update(self._sequence()))

    def _encrypted(self, data: bytes) -> bytes:
        if not data:
            return b""
        return tlv.encode(
            0x87, b"\x01", self._cipher().encryptor().update(_padded(data))
        )

    def _decrypted(self, value: bytes | None) -> bytes:
        if value is None:
            return b""
        if len(value) % BLOCK != 1 or value[0] != 1:
            raise Refused(INCORRECT)
        padded = self._cipher().decryptor().update(value[1:])
        data = padded.rstrip(b"\x00")
        if not data.endswith(b"\x80"):
            raise Refused(INCORRECT)
        return data[:-1]


def _padded(data: bytes) -> bytes:
    return data + b"\x80" + bytes(-(len(data) + 1) % BLOCK)
