"""Secure messaging with AES between server and card (TR-03110-3, F)."""

from collections.abc import Iterable
from collective.servicekonto.eid.testserver import tlv
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.cmac import CMAC
from dataclasses import dataclass
from hmac import compare_digest


BLOCK = 16
MAC_SIZE = 8

OK = 0x9000
ENDS_EARLY = 0x6282
NOT_VERIFIED = 0x6300


class Tampered(Exception):
    """A response was not made by the card, or not for this command."""


@dataclass(frozen=True)
class Command:
    """A command for the card, before it is protected.

    ``expects``  whether data come back; then as many as there are
    """

    header: bytes
    data: bytes = b""
    expects: bool = False


@dataclass(frozen=True)
class Response:
    """What the card answered: data, and the two status bytes as a number."""

    data: bytes
    status: int


def mac(key: bytes, data: bytes) -> bytes:
    """Return the CMAC of eight octets (A.2.4.2, F.4.2.2)."""
    code = CMAC(AES(key))
    code.update(data)
    return code.finalize()[:MAC_SIZE]


def pad(data: bytes) -> bytes:
    """Return data with the padding of ISO 7816-4, always at least one octet."""
    return data + b"\x80" + bytes(-(len(data) + 1) % BLOCK)


def unpad(data: bytes) -> bytes:
    """Return data without their padding. Raises Malformed."""
    content, mark, rest = data.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00"):
        raise tlv.Malformed("Data without padding.")
    return content


class SecureMessaging:
    """A channel to one card. Its counter makes each message valid in one place only.

    Commands are protected in one batch, and their responses opened in one.
    """

    def __init__(self, key_enc: bytes, key_mac: bytes) -> None:
        self._key_enc = key_enc
        self._key_mac = key_mac

    def protect(self, commands: Iterable[Command]) -> list[bytes]:
        """Return commands as they go to the card, in extended length if need be."""
        return [
            self._protect(command, _counter(2 * number + 1))
            for number, command in enumerate(commands)
        ]

    def open(self, responses: Iterable[bytes]) -> list[Response]:
        """Return what the card answered to the batch, in the same order.

        Raises Tampered if one does not verify, Malformed if it is not understood.
        """
        return [
            self._open(response, _counter(2 * number + 2))
            for number, response in enumerate(responses)
        ]

    def _cipher(self, counter: bytes) -> Cipher[CBC]:
        block = Cipher(AES(self._key_enc), ECB()).encryptor()  # noqa: S305 (one block)
        return Cipher(AES(self._key_enc), CBC(block.update(counter)))

    def _mac(self, counter: bytes, *parts: bytes) -> bytes:
        padded = b"".join(pad(part) for part in parts if part)
        return mac(self._key_mac, counter + padded)

    def _protect(self, command: Command, counter: bytes) -> bytes:
        header = bytes([command.header[0] | 0x0C]) + command.header[1:]
        objects = b""
        if command.data:
            encryptor = self._cipher(counter).encryptor()
            cryptogram = encryptor.update(pad(command.data)) + encryptor.finalize()
            objects += tlv.encode(0x87, b"\x01" + cryptogram)
        if command.expects:
            objects += tlv.encode(0x97, b"\x00\x00")
        objects += tlv.encode(0x8E, self._mac(counter, header, objects))
        if command.expects or len(objects) > 0xFF:
            size = b"\x00" + len(objects).to_bytes(2, "big")
            return header + size + objects + b"\x00\x00"
        return header + bytes([len(objects)]) + objects + b"\x00"

    def _open(self, protected: bytes, counter: bytes) -> Response:
        objects = tlv.parse(protected[:-2])
        if [each.tag for each in objects] not in ([0x87, 0x99, 0x8E], [0x99, 0x8E]):
            raise Tampered
        parts = {each.tag: each.value for each in objects}
        covered = b"".join(each.encoded for each in objects[:-1])
        if not compare_digest(parts[0x8E], self._mac(counter, covered)):
            raise Tampered
        if parts[0x99] != protected[-2:]:
            raise Tampered
        data = self._decrypt(counter, parts[0x87]) if 0x87 in parts else b""
        return Response(data, int.from_bytes(parts[0x99], "big"))

    def _decrypt(self, counter: bytes, value: bytes) -> bytes:
        if value[:1] != b"\x01" or len(value) % BLOCK != 1 or len(value) == 1:
            raise tlv.Malformed("Not a cryptogram with padding.")
        decryptor = self._cipher(counter).decryptor()
        return unpad(decryptor.update(value[1:]) + decryptor.finalize())


def _counter(number: int) -> bytes:
    """Return the send sequence counter: 1 for the first command, 2 for its answer."""
    return number.to_bytes(BLOCK, "big")
