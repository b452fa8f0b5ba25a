"""Files of a card and who may read them (TR-03127, 3.4)."""

from collections.abc import Callable
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.groups import APPLICATION
from tests.eid.card.issuer import card_access
from tests.eid.card.session import NOT_ALLOWED
from tests.eid.card.session import Session
from tests.eid.card.tlv import encode


NOT_FOUND, NO_FILE, BEHIND_END, SHORTER = 0x6A82, 0x6986, 0x6B00, 0x6282
EF_DIR, EF_ATR, CARD_ACCESS, CARD_SECURITY = 0x2F00, 0x2F01, 0x011C, 0x011D
MASTER_FILE = b"\x3f\x00"
# The number in five bits by which READ BINARY finds a file that is not selected.
SHORT = {0x1E: EF_DIR, 0x01: EF_ATR, 0x1C: CARD_ACCESS, 0x1D: CARD_SECURITY}
GROUP = 0x0100


class Files:
    """The master file and the eID application."""

    def __init__(self, card_security: bytes, groups: dict[int, bytes]) -> None:
        self._master = {
            EF_DIR: encode(0x61, encode(0x4F, APPLICATION)),
            # Extended length both ways, command chaining.
            EF_ATR: bytes.fromhex("47030000C07F66080202040002020400"),
            CARD_ACCESS: card_access(),
            CARD_SECURITY: card_security,
        }
        self._groups = groups

    def select(self, session: Session, command: Command) -> bytes:
        """Select the master file, the application or a file; raises Refused."""
        chosen: dict[int, Callable[[Session, bytes], None]] = {
            0x00: self._select_master,
            0x02: self._select_file,
            0x04: self._select_application,
        }
        if command.p1 not in chosen:
            raise Refused(0x6A86)
        chosen[command.p1](session, command.data)
        return b""

    def read(self, session: Session, command: Command) -> bytes:
        """Return a piece of the selected or the named file; raises Refused."""
        offset = command.p1 << 8 | command.p2
        if command.p1 & 0x80:
            self._open(session, self._identifier(session, command.p1 & 0x1F))
            offset = command.p2
        if session.file is None:
            raise Refused(NO_FILE)
        if offset > len(session.file):
            raise Refused(BEHIND_END)
        length = command.le or 65536
        return session.file[offset : offset + length]

    def _select_master(self, session: Session, name: bytes) -> None:
        if name not in (b"", MASTER_FILE):
            raise Refused(NOT_FOUND)
        session.in_application, session.file = False, None

    def _select_application(self, session: Session, name: bytes) -> None:
        if name != APPLICATION:
            raise Refused(NOT_FOUND)
        session.in_application, session.file = True, None

    def _select_file(self, session: Session, name: bytes) -> None:
        self._open(session, int.from_bytes(name, "big"))

    def _identifier(self, session: Session, short: int) -> int:
        if session.in_application:
            return GROUP | short
        if short not in SHORT:
            raise Refused(NOT_FOUND)
        return SHORT[short]

    def _open(self, session: Session, identifier: int) -> None:
        session.file = None
        if session.in_application:
            session.file = self._group(session, identifier - GROUP)
        else:
            session.file = self._master_file(session, identifier)

    def _master_file(self, session: Session, identifier: int) -> bytes:
        if identifier not in self._master:
            raise Refused(NOT_FOUND)
        if identifier == CARD_SECURITY:
            session.require_password()
        return self._master[identifier]

    def _group(self, session: Session, number: int) -> bytes:
        if not 1 <= number <= 22:
            raise Refused(NOT_FOUND)
        if not session.secured_terminal().rights.reads(number):
            raise Refused(NOT_ALLOWED)
        if number not in self._groups:
            raise Refused(NOT_FOUND)
        return self._groups[number]
