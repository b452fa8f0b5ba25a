"""A real mail server at the other end of the line, whose answers a test sets."""

from aiosmtpd.controller import Controller
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.mail.outbox import OutboxThread
from collective.servicekonto.mail.outbox import queue_directory
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass(frozen=True)
class Taken:
    """A mail that the server took; ``sender`` is where it reports that it came back."""

    sender: str
    recipient: str
    mail: EmailMessage


class PostOffice:
    """What it answers is set by the test; ``mails`` are their recipients, as taken."""

    def __init__(self, site, port: int) -> None:
        self.answer = "250 OK"
        self.taken: list[Taken] = []
        self._site = site
        self._port = port

    @property
    def mails(self) -> list[str]:
        """Return to whom the mails were sent."""
        return [one.recipient for one in self.taken]

    async def handle_DATA(self, server, session, envelope):
        """Take a mail (called by the server)."""
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=default)
            recipient = envelope.rcpt_tos[0]
            self.taken.append(Taken(envelope.mail_from, recipient, mail))
        return self.answer

    def collect(self) -> None:
        """Let the queue be sent once, as its thread does."""
        registry = self._site.portal_registry
        registry["plone.smtp_host"] = "127.0.0.1"
        registry["plone.smtp_port"] = self._port
        queue = queue_directory(self._site)
        thread = OutboxThread(queue)
        thread.setMailer(self._site.MailHost._makeMailer())
        thread.setQueuePath(str(queue))
        thread.run(forever=False)
        registry["plone.smtp_host"] = ""


@contextmanager
def post_office(site):
    """Run the mail server."""
    port = free_port()
    office = PostOffice(site, port)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
