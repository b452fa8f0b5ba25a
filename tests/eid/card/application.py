"""Functions of the eID application: comparisons and restricted identification."""

from collections.abc import Callable
from hashlib import sha256
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.groups import latest_birthday
from tests.eid.card.persons import Person
from tests.eid.card.session import NOT_ALLOWED
from tests.eid.card.session import Session
from tests.eid.card.session import Terminal


UNKNOWN, FAILED, INVALID = 0x6A88, 0x6300, 0x6A80
PSEUDONYM, BLOCKING = 1, 2


class Application:
    """What a card answers about a person without telling the data themselves."""

    def __init__(self, person: Person) -> None:
        self._keys = {
            PSEUDONYM: _secret("pseudonym", person.seed),
            BLOCKING: _secret("blocking", person.seed),
        }
        self._born = f"{latest_birthday(person.born):%Y%m%d}".encode()
        self._expires = f"{person.expires:%Y%m%d}".encode()
        self._community = bytes.fromhex(person.community)
        self._comparisons: dict[bytes, Callable[[Terminal, bytes], bool]] = {
            oids.DATE_OF_BIRTH: self._old_enough,
            oids.DATE_OF_EXPIRY: self._valid,
            oids.COMMUNITY: self._lives_there,
        }

    def verify(self, session: Session, command: Command) -> bytes:
        """Compare what the terminal committed to (TR-03110-3, B.14.10)."""
        terminal = self._terminal(session)
        name = tlv.one(command.data, 0x06).value
        if name not in self._comparisons or name not in terminal.auxiliary:
            raise Refused(UNKNOWN)
        if not self._comparisons[name](terminal, terminal.auxiliary[name]):
            raise Refused(FAILED)
        return b""

    def identify(self, session: Session, data: bytes) -> bytes:
        """Return the identifiers for the terminal's sectors (TR-03110-3, B.4)."""
        terminal = self._terminal(session)
        if session.key_reference not in self._keys:
            raise Refused(UNKNOWN)
        restricted = terminal.rights.allows(terminal.rights.RESTRICTED_IDENTIFICATION)
        if session.key_reference == PSEUDONYM and not restricted:
            raise Refused(NOT_ALLOWED)
        key = self._keys[session.key_reference]
        found = b""
        for number, (sector, identifier) in enumerate(((0xA0, 0x81), (0xA2, 0x83))):
            public = tlv.optional(data, sector)
            if public:
                point = _sector_point(public.value, terminal, number)
                found += tlv.encode(
                    identifier, sha256(curve.agree(key, point)).digest()
                )
        if not found:
            raise Refused(INVALID)
        return found

    def _terminal(self, session: Session) -> Terminal:
        if not session.in_application:
            raise Refused(NOT_ALLOWED)
        return session.secured_terminal()

    def _old_enough(self, terminal: Terminal, required: bytes) -> bool:
        if not terminal.rights.allows(terminal.rights.AGE):
            raise Refused(NOT_ALLOWED)
        return self._born <= required

    def _valid(self, terminal: Terminal, today: bytes) -> bool:
        return self._expires >= today

    def _lives_there(self, terminal: Terminal, community: bytes) -> bool:
        if not terminal.rights.allows(terminal.rights.COMMUNITY):
            raise Refused(NOT_ALLOWED)
        return self._community.startswith(community)


def _secret(purpose: str, seed: str) -> curve.Key:
    # The same card gives the same pseudonym in every run of the tests.
    digest = sha256(f"{purpose} {seed}".encode()).digest()
    return curve.key_of(int.from_bytes(digest, "big"))


def _sector_point(key: bytes, terminal: Terminal, number: int) -> curve.Point:
    sectors = terminal.certificate.sectors
    if number >= len(sectors):
        raise Refused(NOT_ALLOWED)
    if sha256(tlv.encode(0x7F49, key)).digest() != sectors[number]:
        raise Refused(FAILED)
    values = {each.tag: each.value for each in tlv.parse(key)}
    domain = curve.domain_parameters()
    if any(values.get(tag) != value for tag, value in domain.items()):
        raise Refused(INVALID)
    return curve.decode(values.get(0x86, b""))
