"""What a card says without any PIN, and what that means (TR-03110-3, B.14.1)."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


# id-TA, which only cards with Online-Ausweis announce; a passport does not.
_TERMINAL_AUTHENTICATION = bytes.fromhex("04007F0007020202")
_VERSION = bytes.fromhex("020102")

_TRIES = {0x9000: 3, 0x63C2: 2, 0x63C1: 1, 0x63C0: 0}
_DEACTIVATED = 0x6283


class State(Enum):
    """How far away the Online-Ausweis is; the later, the nearer."""

    NOT_INSTALLED = "not-installed"
    NO_SERVICE = "no-service"
    NO_READER = "no-reader"
    NO_CARD = "no-card"
    UNREADABLE = "unreadable"
    OTHER_CARD = "other-card"
    IN_USE = "in-use"
    SWITCHED_OFF = "switched-off"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"
    ONE_WRONG_PIN = "one-wrong-pin"
    READY = "ready"

    @property
    def usable(self) -> bool:
        """Whether an authentication can begin now."""
        return self in (State.READY, State.ONE_WRONG_PIN)


_NEARNESS = {state: number for number, state in enumerate(State)}
_BY_TRIES = {
    3: State.READY,
    2: State.ONE_WRONG_PIN,
    1: State.SUSPENDED,
    0: State.BLOCKED,
}


@dataclass(frozen=True)
class Answer:
    """What a card answered.

    ``card_access``  content of EF.CardAccess, empty if there is none
    ``pin``          status to the selection of the PIN, None if it was not asked
    """

    card_access: bytes
    pin: int | None = None


@dataclass(frozen=True)
class Finding:
    """The state of one reader, and the PIN's remaining tries where a card told them."""

    state: State
    reader: str = ""
    tries: int | None = None


def is_eid_card(card_access: bytes) -> bool:
    """Tell whether EF.CardAccess announces terminal authentication 2 (A.1.1.3)."""
    return any(
        protocol == _TERMINAL_AUTHENTICATION and data.startswith(_VERSION)
        for protocol, data in _security_infos(card_access)
    )


def finding(reader: str, answer: Answer) -> Finding:
    """Return what the answer of a card means."""
    if not is_eid_card(answer.card_access):
        return Finding(State.OTHER_CARD, reader)
    if answer.pin == _DEACTIVATED:
        return Finding(State.SWITCHED_OFF, reader)
    if answer.pin not in _TRIES:
        return Finding(State.UNREADABLE, reader)
    tries = _TRIES[answer.pin]
    return Finding(_BY_TRIES[tries], reader, tries)


def nearest(findings: Iterable[Finding]) -> Finding:
    """Return the finding of the reader that is nearest to being ready."""
    return max(
        findings,
        key=lambda each: _NEARNESS[each.state],
        default=Finding(State.NO_READER),
    )


def _security_infos(encoded: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield protocol and data of each SecurityInfo; a broken file yields none."""
    for tag, infos in _objects(encoded):
        if tag == 0x31:
            for _tag, info in _objects(infos):
                yield from _protocols(info)


def _protocols(info: bytes) -> Iterator[tuple[bytes, bytes]]:
    for tag, value in _objects(info):
        if tag == 0x06:
            yield value, info[2 + len(value) :]
        return


def _objects(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and value of data objects with tags of one octet."""
    while len(encoded) >= 2:
        length, start = encoded[1], 2
        if length > 0x80:
            start += length & 0x7F
            length = int.from_bytes(encoded[2:start], "big")
        if start + length > len(encoded):
            return
        yield encoded[0], encoded[start : start + length]
        encoded = encoded[start + length :]
