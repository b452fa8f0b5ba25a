"""PIN, CAN and PUK, and what wrong ones lead to (TR-03110-2, 2.2 and 2.4)."""

from dataclasses import dataclass
from enum import IntEnum
from tests.eid.card.apdu import OK
from tests.eid.card.apdu import Refused


TRIES = 3
DEACTIVATED, BLOCKED, NOT_USABLE, SUSPENDED = 0x6283, 0x6983, 0x6984, 0x6985
NOT_ALLOWED, UNKNOWN, FAILED = 0x6982, 0x6A88, 0x6300


class Reference(IntEnum):
    """How PACE names the passwords."""

    CAN = 2
    PIN = 3
    PUK = 4


@dataclass
class Passwords:
    """The passwords of a card; ``resets`` are those that the PUK can still do."""

    pin: str = "123456"
    can: str = "500540"
    puk: str = "9876543210"
    tries: int = TRIES
    active: bool = True
    resets: int = 10
    resumed: bool = False

    def named(self, reference: Reference) -> str:
        """Return a password."""
        return {
            Reference.CAN: self.can,
            Reference.PIN: self.pin,
            Reference.PUK: self.puk,
        }[reference]

    def state(self, reference: Reference) -> int:
        """Return the status with which the card answers that it is selected."""
        if reference is not Reference.PIN:
            return OK
        if not self.active:
            return DEACTIVATED
        return OK if self.tries == TRIES else 0x63C0 | self.tries

    def check_usable(self, reference: Reference) -> None:
        """Raise Refused where no try is allowed."""
        if reference is not Reference.PIN:
            return
        if not self.active:
            raise Refused(NOT_USABLE)
        if self.tries == 0:
            raise Refused(BLOCKED)
        if self.tries == 1 and not self.resumed:
            raise Refused(SUSPENDED)

    def spend_try(self, reference: Reference) -> None:
        """Count a try before it is judged, so that pulling the card saves none."""
        if reference is Reference.PIN:
            self.tries -= 1

    def failed(self, reference: Reference) -> int:
        """Return the status that tells of a wrong password."""
        if reference is not Reference.PIN:
            return FAILED
        self.resumed = False
        return 0x63C0 | self.tries

    def succeeded(self, reference: Reference) -> None:
        """Take note of a right password."""
        if reference is Reference.PIN:
            self.tries = TRIES
            self.resumed = False
        elif reference is Reference.CAN:
            self.resumed = True

    def unblock(self) -> None:
        """Set the tries back, as the PUK allows ten times; raises Refused."""
        if self.resets == 0:
            raise Refused(NOT_ALLOWED)
        self.resets -= 1
        self.tries = TRIES

    def power_down(self) -> None:
        """Forget that the CAN was right."""
        self.resumed = False
