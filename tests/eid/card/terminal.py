"""A terminal that is authenticated at a card, in its shortest form."""

from collections.abc import Sequence
from tests.eid.card import apdu
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.authority import Authority
from tests.eid.card.client import Client
from tests.eid.card.groups import APPLICATION
from tests.eid.card.issuer import issuer
from tests.eid.card.messaging import Channel


class Terminal:
    """The server's end of the channel after both authentications."""

    def __init__(self, client: Client, channel: Channel) -> None:
        self._client = client
        self._channel = channel

    def send(self, command: Command) -> bytes:
        """Return the data of the answer; raises Refused."""
        secured = apdu.encode(self._channel.close_command(command))
        data, status = self._channel.open_answer(self._client.carry(secured))
        if status != apdu.OK:
            raise Refused(status)
        return data

    def select_application(self) -> None:
        """Select the eID application."""
        self.send(Command(0, 0xA4, 0x04, 0x0C, APPLICATION))

    def read(self, group: int) -> bytes:
        """Return a data group; raises Refused."""
        return self.send(Command(0, 0xB0, 0x80 | group, 0, le=0))

    def verify(self, name: bytes) -> bool:
        """Return what a comparison says; raises Refused."""
        try:
            self.send(Command(0x80, 0x20, 0x80, 0, tlv.encode(0x06, name)))
        except Refused as refusal:
            if refusal.status != 0x6300:
                raise
            return False
        return True

    def identify(self, sector: bytes, key: int = 1, tag: int = 0xA0) -> bytes:
        """Return the identifier of restricted identification; raises Refused."""
        data = tlv.encode(0x80, oids.RESTRICTED) + tlv.encode(0x84, bytes([key]))
        self.send(Command(0, 0x22, 0x41, 0xA4, data))
        body = tlv.encode(0x7C, tlv.encode(tag, sector))
        answer = self.send(Command(0, 0x86, 0, 0, body, le=0))
        return tlv.one(answer, 0x7C).children()[0].value


def auxiliary(values: dict[bytes, bytes]) -> bytes:
    """Return authenticated auxiliary data (TR-03110-3, A.7.5)."""
    templates = [
        tlv.encode(0x73, tlv.encode(0x06, name), tlv.encode(0x53, value))
        for name, value in values.items()
    ]
    return tlv.encode(0x67, *templates) if templates else b""


def enter(
    client: Client,
    authority: Authority,
    committed: bytes = b"",
    *,
    chain: Sequence[bytes] | None = None,
    signed: bytes | None = None,
) -> curve.Key:
    """Do terminal authentication after PACE; return the ephemeral key; raises Refused.

    ``signed`` is what the terminal signs in place of what it should.
    """
    key = curve.random_key()
    point = curve.own_point(key)
    message = client.identity + client.challenge() + curve.compressed(point) + committed
    signature = authority.terminal.sign(message if signed is None else signed)
    client.let_in(chain or authority.chain, committed, curve.encode(point), signature)
    return key


def authenticated(
    client: Client, authority: Authority, committed: bytes = b""
) -> Terminal:
    """Do both authentications after PACE; raises Refused."""
    key = enter(client, authority, committed)
    own = curve.encode(curve.own_point(key))
    nonce, token = client.prove_chip(own)
    chip = curve.own_point(issuer().chip_key)
    channel = Channel(curve.agree(key, chip) + nonce)
    assert token == channel.token(oids.CHIP, own)
    return Terminal(client, channel)
