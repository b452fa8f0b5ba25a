"""Commands and their answers (ISO 7816-4)."""

from dataclasses import dataclass
from dataclasses import replace


OK = 0x9000


class Refused(Exception):
    """The card answers with a status other than 9000, and with no data."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


@dataclass(frozen=True)
class Command:
    """``le`` is None where no answer is expected, and 0 for as much as there is."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    @property
    def header(self) -> bytes:
        """The first four octets."""
        return bytes([self.cla, self.ins, self.p1, self.p2])

    @property
    def kind(self) -> tuple[int, int, int]:
        """What tells the command from others."""
        return self.ins, self.p1, self.p2

    @property
    def secured(self) -> bool:
        """Whether the class octet announces secure messaging."""
        return self.cla & 0x0C == 0x0C

    def plain(self, data: bytes, le: int | None) -> "Command":
        """Return the command that was carried by this one."""
        return replace(self, cla=self.cla & ~0x0C, data=data, le=le)


def parse(octets: bytes) -> Command:
    """Return the command in short or extended form; raises Refused (6700)."""
    if len(octets) < 4:
        raise Refused(0x6700)
    header, body = octets[:4], octets[4:]
    data, le = _extended(body) if _is_extended(body) else _short(body)
    return Command(*header, data, le)


def encode(command: Command) -> bytes:
    """Return the octets, extended only where it must be."""
    data, le = command.data, command.le
    if len(data) > 255 or (le or 0) > 256:
        parts = b"\x00" + len(data).to_bytes(2, "big") + data if data else b""
        if le is not None:
            parts += (b"" if data else b"\x00") + (le % 65536).to_bytes(2, "big")
        return command.header + parts
    parts = bytes([len(data)]) + data if data else b""
    if le is not None:
        parts += bytes([le % 256])
    return command.header + parts


def answer(data: bytes = b"", status: int = OK) -> bytes:
    """Return the octets of an answer."""
    return data + status.to_bytes(2, "big")


def _is_extended(body: bytes) -> bool:
    return len(body) > 2 and body[0] == 0


def _extended(body: bytes) -> tuple[bytes, int | None]:
    number = int.from_bytes(body[1:3], "big")
    if len(body) == 3:
        return b"", number
    data, rest = body[3 : 3 + number], body[3 + number :]
    if len(data) < number or len(rest) not in (0, 2):
        raise Refused(0x6700)
    return data, int.from_bytes(rest, "big") if rest else None


def _short(body: bytes) -> tuple[bytes, int | None]:
    if len(body) < 2:
        return b"", body[0] if body else None
    data, rest = body[1 : 1 + body[0]], body[1 + body[0] :]
    if len(data) < body[0] or len(rest) > 1:
        raise Refused(0x6700)
    return data, rest[0] if rest else None
