"""The hook for virus scanning: a client of clamd's INSTREAM protocol.

The daemon is named by the environment, ``SERVICEKONTO_CLAMD``, as
``unix:/run/clamav/clamd.ctl`` or ``tcp:127.0.0.1:3310``.
"""

from collections.abc import Iterable
from collective.servicekonto import logger
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import read
from enum import Enum
import os
import re
import socket
import struct
import time


ENVIRONMENT = "SERVICEKONTO_CLAMD"

CONNECT_SECONDS = 5.0

# From the first byte sent to the last byte of the answer.
SCAN_SECONDS = 120.0

LONGEST_REPLY = 1024

_CLEAN = b"stream: OK"
_FOUND = re.compile(rb"stream: ([\x21-\x7e]{1,200}) FOUND")

# How clamd names what it could not look into, where it is told to (Alert…).
_NOT_LOOKED_INTO = (b"Heuristics.Limits.Exceeded", b"Heuristics.Encrypted")

_TCP = re.compile(r"tcp:(?P<host>[^\s/]+):(?P<port>[0-9]{1,5})")


class Verdict(Enum):
    """What is known about a file. Only CLEAN lets it through where a scanner is."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_POSSIBLE = "not-possible"
    NO_SCANNER = "no-scanner"


def is_configured() -> bool:
    """Tell whether the environment names a scanner, be it reachable or not."""
    return bool(os.environ.get(ENVIRONMENT))


def scan(attachment: Attachment, seconds: float = SCAN_SECONDS) -> Verdict:
    """Return what the scanner says of the content, within so many seconds.

    NOT_POSSIBLE: the daemon is not there, slow, does not look into this file, breaks
    off, or answers something else; it may be asked again later. Why is in the log,
    without anything about the file.
    """
    address = os.environ.get(ENVIRONMENT)
    if not address:
        return Verdict.NO_SCANNER
    deadline = time.monotonic() + seconds
    try:
        with _connect(address, min(CONNECT_SECONDS, seconds)) as connection:
            _send(connection, read(attachment), deadline)
            return _judge(_reply(connection, deadline))
    except (OSError, ValueError) as error:
        logger.warning("Virus scan not possible: %s", error)
        return Verdict.NOT_POSSIBLE


def _connect(address: str, seconds: float) -> socket.socket:
    kind, _colon, path = address.partition(":")
    if kind == "unix" and path:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(seconds)
            connection.connect(path)
        except OSError:
            connection.close()
            raise
        return connection
    tcp = _TCP.fullmatch(address)
    if tcp is None:
        raise ValueError(f"{ENVIRONMENT} is neither unix:PATH nor tcp:HOST:PORT")
    return socket.create_connection((tcp["host"], int(tcp["port"])), seconds)


def _send(connection: socket.socket, pieces: Iterable[bytes], deadline: float) -> None:
    """Send each piece behind its length, and zero for the end."""
    _send_all(connection, b"zINSTREAM\0", deadline)
    for piece in pieces:
        _send_all(connection, struct.pack("!I", len(piece)) + piece, deadline)
    _send_all(connection, struct.pack("!I", 0), deadline)


def _send_all(connection: socket.socket, content: bytes, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(content)


def _reply(connection: socket.socket, deadline: float) -> bytes:
    """Return the answer without the zero byte at its end."""
    answer = b""
    while not answer.endswith(b"\0"):
        connection.settimeout(_left(deadline))
        part = connection.recv(LONGEST_REPLY)
        answer += part
        if not part or len(answer) > LONGEST_REPLY:
            raise ValueError("the scanner broke off or said too much")
    return answer[:-1]


def _judge(answer: bytes) -> Verdict:
    if answer == _CLEAN:
        return Verdict.CLEAN
    found = _FOUND.fullmatch(answer)
    if found is None or found[1].startswith(_NOT_LOOKED_INTO):
        raise ValueError(f"the scanner answered {answer[:100]!r}")
    logger.warning("Virus scan found %s in an attachment", found[1].decode())
    return Verdict.INFECTED


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner is too slow")
    return left
