"""A mail server on the loopback interface that keeps every mail as a file."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from aiosmtpd.smtp import Session
from aiosmtpd.smtp import SMTP
from collections.abc import Iterator
from collective.servicekonto.demo.mailbox import Mailbox
from contextlib import contextmanager
import socket


HOST = "127.0.0.1"


class Keeper:
    """Puts what arrives into a mailbox; nothing leaves the machine."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Accept a mail (called by aiosmtpd)."""
        self.mailbox.keep(envelope.original_content or b"")
        return "250 Message kept"


def free_port() -> int:
    """Return a loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[int]:
    """Run a mail server in a thread of its own; yields its port."""
    port = free_port()
    controller = Controller(Keeper(mailbox), hostname=HOST, port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
