"""An emulated German ID card, written from TR-03110 and TR-03127.

It checks what a card checks, and tells a terminal nothing more than a card tells.
"""

from datetime import date
from tests.eid.card import apdu
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import OK
from tests.eid.card.apdu import Refused
from tests.eid.card.application import Application
from tests.eid.card.certificates import authorization
from tests.eid.card.certificates import Trust
from tests.eid.card.certificates import Untrusted
from tests.eid.card.files import Files
from tests.eid.card.groups import groups_of
from tests.eid.card.issuer import Issuer
from tests.eid.card.issuer import issuer as common_issuer
from tests.eid.card.pace import Pace
from tests.eid.card.pace import WrongPassword
from tests.eid.card.passwords import Passwords
from tests.eid.card.passwords import Reference
from tests.eid.card.persons import ERIKA
from tests.eid.card.persons import Person
from tests.eid.card.session import NOT_ALLOWED
from tests.eid.card.session import Session
from tests.eid.card.terminals import Terminals


# Contactless, with the historical bytes of an ID card.
ATR = bytes.fromhex("3B8A80018031F873F741E082900075")
INVALID, UNKNOWN, UNSUPPORTED = 0x6A80, 0x6A88, 0x6D00
GENERAL_AUTHENTICATE = 0x86


class Card:
    """A card of a person that trusts one CVCA certificate.

    ``passwords`` may be looked at and changed from outside, as the state of the chip.
    """

    atr = ATR

    def __init__(
        self,
        root: bytes,
        person: Person = ERIKA,
        *,
        issuer: Issuer | None = None,
        passwords: Passwords | None = None,
        today: date | None = None,
    ) -> None:
        issuer = issuer or common_issuer()
        self.passwords = passwords or Passwords()
        self._trust = Trust(root, today or date.today())
        self._files = Files(issuer.card_security(), groups_of(person))
        self._application = Application(person)
        self._terminals = Terminals(self._trust, issuer.chip_key)
        self._session = Session()
        self._commands = self._all_commands()

    def power_on(self) -> None:
        """Begin a new session."""
        self._end_session()

    def transmit(self, octets: bytes) -> bytes:
        """Return the answer to a command."""
        try:
            return self._transmitted(apdu.parse(octets))
        except Refused as refusal:
            self._end_session()
            return apdu.answer(status=refusal.status)

    def _transmitted(self, command: Command) -> bytes:
        if self._session.channel and not command.secured:
            self._end_session()
        channel = self._session.channel
        if channel is None:
            return self._finished(apdu.answer(*self._answer(command)))
        inner = channel.open_command(command)
        return self._finished(channel.close_answer(*self._answer(inner)))

    def _finished(self, octets: bytes) -> bytes:
        self._session.switch()
        return octets

    def _end_session(self) -> None:
        self._session = Session()
        self._trust.forget()
        self.passwords.power_down()

    def _all_commands(self) -> dict:
        return {
            (0x22, 0xC1, 0xA4): self._select_password,
            (0x22, 0x81, 0xB6): self._terminals.select_authority,
            (0x22, 0x81, 0xA4): self._terminals.announce,
            (0x22, 0x41, 0xA4): self._select_mechanism,
            (0x2A, 0x00, 0xBE): self._terminals.verify_certificate,
            (0x84, 0x00, 0x00): self._terminals.challenge,
            (0x82, 0x00, 0x00): self._terminals.authenticate,
            (0x86, 0x00, 0x00): self._general_authenticate,
            (0x20, 0x80, 0x00): self._application.verify,
            (0x2C, 0x02, 0x03): self._change_pin,
            (0x2C, 0x03, 0x03): self._unblock_pin,
        }

    def _answer(self, command: Command) -> tuple[bytes, int]:
        try:
            return self._handler(command)(self._session, command), OK
        except Refused as refusal:
            return b"", refusal.status
        except (ValueError, Untrusted):
            return b"", INVALID

    def _handler(self, command: Command):
        if command.secured:
            raise Refused(0x6882)
        if command.ins == 0xA4:
            return self._files.select
        if command.ins == 0xB0:
            return self._files.read
        if command.kind not in self._commands:
            raise Refused(UNSUPPORTED)
        return self._commands[command.kind]

    def _select_password(self, session: Session, command: Command) -> bytes:
        if session.verified not in (None, Reference.CAN):
            raise Refused(NOT_ALLOWED)
        session.pace = None
        if tlv.one(command.data, 0x80).value != oids.PACE:
            raise Refused(INVALID)
        reference = _reference(tlv.one(command.data, 0x83).value)
        template = tlv.optional(command.data, 0x7F4C)
        session.requested = authorization(template) if template else None
        _check_password_allowed(session, reference)
        session.mechanism, session.password = oids.PACE, reference
        session.pace = Pace(self.passwords.named(reference))
        status = self.passwords.state(reference)
        if status != OK:
            raise Refused(status)
        return b""

    def _select_mechanism(self, session: Session, command: Command) -> bytes:
        session.require_password()
        mechanism = tlv.one(command.data, 0x80).value
        if mechanism not in (oids.CHIP, oids.RESTRICTED):
            raise Refused(INVALID)
        reference = tlv.optional(command.data, 0x84)
        session.key_reference = (
            int.from_bytes(reference.value, "big") if reference else 1
        )
        if mechanism == oids.CHIP and session.key_reference != 1:
            raise Refused(UNKNOWN)
        session.mechanism = mechanism
        return b""

    def _general_authenticate(self, session: Session, command: Command) -> bytes:
        mechanisms = {
            oids.PACE: self._pace_step,
            oids.CHIP: self._terminals.prove_chip,
            oids.RESTRICTED: self._application.identify,
        }
        if session.mechanism not in mechanisms:
            raise Refused(0x6985)
        data = tlv.one(command.data, 0x7C).value
        return tlv.encode(0x7C, mechanisms[session.mechanism](session, data))

    def _pace_step(self, session: Session, data: bytes) -> bytes:
        pace, reference = session.pace, session.password
        if pace is None or reference is None:
            raise Refused(0x6985)
        self.passwords.check_usable(reference)
        # Only a run that goes well leaves its state for the next step.
        session.pace = None
        value = tlv.one(data, pace.expected).value if data else b""
        if pace.last_step:
            return self._judged(session, pace, reference, value)
        answer = tlv.encode(pace.expected + 1, pace.step(value))
        session.pace = pace
        return answer

    def _judged(
        self, session: Session, pace: Pace, reference: Reference, value: bytes
    ) -> bytes:
        self.passwords.spend_try(reference)
        try:
            token = pace.step(value)
        except WrongPassword as error:
            raise Refused(self.passwords.failed(reference)) from error
        self.passwords.succeeded(reference)
        session.verified, session.granted = reference, session.requested
        session.identity, session.next_channel = pace.own_identity, pace.channel
        answer = tlv.encode(0x86, token)
        if session.requested:
            answer += tlv.encode(0x87, self._trust.newest)
        return answer

    def _change_pin(self, session: Session, command: Command) -> bytes:
        if session.verified is not Reference.PIN or session.terminal:
            raise Refused(NOT_ALLOWED)
        if len(command.data) != 6 or not command.data.isdigit():
            raise Refused(INVALID)
        self.passwords.pin = command.data.decode()
        return b""

    def _unblock_pin(self, session: Session, command: Command) -> bytes:
        if session.verified is not Reference.PUK:
            raise Refused(NOT_ALLOWED)
        self.passwords.unblock()
        return b""


def _reference(value: bytes) -> Reference:
    try:
        return Reference(int.from_bytes(value, "big"))
    except ValueError as error:
        raise Refused(UNKNOWN) from error


def _check_password_allowed(session: Session, reference: Reference) -> None:
    """Raise Refused (6A80) where a terminal may not use a password (B.14.1)."""
    wanted = session.requested
    if wanted is None or reference is Reference.PIN:
        return
    if reference is Reference.PUK or not wanted.allows(wanted.CAN_ALLOWED):
        raise Refused(INVALID)
