"""Terminal Authentication 2 and Chip Authentication 2 (TR-03110-2, 3.3 and 3.4)."""

from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.certificates import Authorization
from tests.eid.card.certificates import Certificate
from tests.eid.card.certificates import Trust
from tests.eid.card.certificates import Untrusted
from tests.eid.card.certificates import verify
from tests.eid.card.messaging import Channel
from tests.eid.card.passwords import Reference
from tests.eid.card.session import NOT_ALLOWED
from tests.eid.card.session import Session
from tests.eid.card.session import Terminal
import os


UNKNOWN, INVALID, FAILED = 0x6A88, 0x6A80, 0x6300
AUXILIARY, EPHEMERAL, HOLDER, MECHANISM = 0x67, 0x91, 0x83, 0x80


class Terminals:
    """Lets terminals in that the trust points lead to, and proves the chip to them."""

    def __init__(self, trust: Trust, chip_key: curve.Key) -> None:
        self._trust = trust
        self._chip_key = chip_key

    def select_authority(self, session: Session, command: Command) -> bytes:
        """MSE:Set DST."""
        session.require_password()
        holder = tlv.one(command.data, HOLDER).value
        if not self._trust.knows(holder):
            raise Refused(UNKNOWN)
        session.authority = holder
        return b""

    def verify_certificate(self, session: Session, command: Command) -> bytes:
        """PSO:Verify Certificate."""
        if not session.authority:
            raise Refused(0x6985)
        authority, session.authority = session.authority, b""
        try:
            self._trust.take(command.data, authority)
        except Untrusted as error:
            raise Refused(FAILED) from error
        return b""

    def announce(self, session: Session, command: Command) -> bytes:
        """MSE:Set AT for terminal authentication."""
        session.require_password()
        values = {each.tag: each.encoded for each in tlv.parse(command.data)}
        if tlv.one(command.data, MECHANISM).value != oids.TERMINAL_SHA_256:
            raise Refused(INVALID)
        self._imported(tlv.one(command.data, HOLDER).value)
        session.announced = values
        return b""

    def challenge(self, session: Session, command: Command) -> bytes:
        """Get Challenge; what was given stays until it is used."""
        session.require_password()
        session.challenge = os.urandom(8)
        return session.challenge

    def authenticate(self, session: Session, command: Command) -> bytes:
        """External Authenticate; raises Refused."""
        if session.terminal or not session.granted:
            raise Refused(NOT_ALLOWED)
        if not session.challenge or EPHEMERAL not in session.announced:
            raise Refused(0x6985)
        session.terminal = self._terminal(session, command.data, session.granted)
        session.challenge = b""
        return b""

    def prove_chip(self, session: Session, data: bytes) -> bytes:
        """General Authenticate for chip authentication."""
        if not session.terminal or session.chip_authenticated:
            raise Refused(NOT_ALLOWED)
        point = curve.decode(tlv.one(data, 0x80).value)
        if curve.compressed(point) != session.terminal.ephemeral:
            raise Refused(FAILED)
        nonce = os.urandom(8)
        channel = Channel(curve.agree(self._chip_key, point) + nonce)
        session.next_channel, session.chip_authenticated = channel, True
        token = channel.token(oids.CHIP, curve.encode(point))
        return tlv.encode(0x81, nonce) + tlv.encode(0x82, token)

    def _terminal(
        self, session: Session, signature: bytes, granted: Authorization
    ) -> Terminal:
        announced = session.announced
        certificate, chain = self._imported(tlv.one(announced[HOLDER], HOLDER).value)
        ephemeral = tlv.one(announced[EPHEMERAL], EPHEMERAL).value
        auxiliary = announced.get(AUXILIARY, b"")
        signed = session.identity + session.challenge + ephemeral + auxiliary
        try:
            verify(certificate.point, signature, signed)
        except Untrusted as error:
            raise Refused(FAILED) from error
        rights = chain.confined(granted)
        if session.verified is Reference.CAN and not rights.allows(rights.CAN_ALLOWED):
            raise Refused(NOT_ALLOWED)
        return Terminal(certificate, rights, _committed(auxiliary), ephemeral)

    def _imported(self, holder: bytes) -> tuple[Certificate, Authorization]:
        try:
            return self._trust.terminal(holder)
        except Untrusted as error:
            raise Refused(UNKNOWN) from error


def _committed(auxiliary: bytes) -> dict[bytes, bytes]:
    """Return authenticated auxiliary data; of twins the last counts (A.7.5)."""
    if not auxiliary:
        return {}
    templates = tlv.one(auxiliary, AUXILIARY).children()
    return {each.child(0x06).value: each.child(0x53).value for each in templates}
