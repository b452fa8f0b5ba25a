"""What a card knows from power-on to power-off, or until secure messaging breaks."""

from dataclasses import dataclass
from dataclasses import field
from tests.eid.card.apdu import Refused
from tests.eid.card.certificates import Authorization
from tests.eid.card.certificates import Certificate
from tests.eid.card.messaging import Channel
from tests.eid.card.pace import Pace
from tests.eid.card.passwords import Reference


NOT_ALLOWED = 0x6982
NOTHING = Authorization(0)


@dataclass(frozen=True)
class Terminal:
    """An authenticated terminal: what it may do and what it committed to."""

    certificate: Certificate
    rights: Authorization
    auxiliary: dict[bytes, bytes]
    ephemeral: bytes


@dataclass
class Session:
    """The state of the protocols; ``mechanism`` is what General Authenticate does."""

    channel: Channel | None = None
    next_channel: Channel | None = None
    mechanism: bytes = b""
    key_reference: int = 1
    pace: Pace | None = None
    password: Reference | None = None
    verified: Reference | None = None
    requested: Authorization | None = None
    granted: Authorization | None = None
    identity: bytes = b""
    authority: bytes = b""
    challenge: bytes = b""
    announced: dict[int, bytes] = field(default_factory=dict)
    terminal: Terminal | None = None
    chip_authenticated: bool = False
    in_application: bool = False
    file: bytes | None = None

    def secured_terminal(self) -> Terminal:
        """Return who passed TA and CA; raises Refused (6982)."""
        if not self.terminal or not self.chip_authenticated:
            raise Refused(NOT_ALLOWED)
        return self.terminal

    def require_password(self) -> None:
        """Raise Refused (6982) before PACE."""
        if self.verified is None:
            raise Refused(NOT_ALLOWED)

    def switch(self) -> None:
        """Go over to the keys that the last command agreed on."""
        if self.next_channel:
            self.channel, self.next_channel = self.next_channel, None
