"""The queue of mails, with a real mail server that comes and goes."""

from aiosmtpd.controller import Controller
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.mail import outbox
from email.message import EmailMessage
from email.policy import SMTP
import pytest
import time
import transaction


SENDER = "servicekonto@musterstadt.example"
RECIPIENT = "erika@example.org"


class Keeper:
    """Keeps what arrives; may refuse everything for good."""

    def __init__(self, answer="250 OK"):
        self.answer = answer
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        """Take a mail (called by the server)."""
        self.mails.append(envelope.content)
        return self.answer


@pytest.fixture
def port():
    """A port that nobody listens on."""
    return free_port()


@pytest.fixture
def mail_host(functional, site, port):
    """The site's own mail settings, pointing to that port."""
    site.portal_registry["plone.smtp_host"] = "127.0.0.1"
    site.portal_registry["plone.smtp_port"] = port
    return site.MailHost


@pytest.fixture
def queue(tmp_path, mail_host):
    """A queue with a mail, and a thread that tries to send it."""
    queue = tmp_path / "queue"
    message = EmailMessage(policy=SMTP)
    message["To"] = RECIPIENT
    message["Subject"] = "Bitte aktivieren"
    message.set_content("Guten Tag")
    outbox.put(message, SENDER, RECIPIENT, queue)
    transaction.commit()
    yield queue
    outbox._threads.pop(str(queue)).stop()


def wait_until(condition, seconds=30):
    """Wait for what another thread does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def our_words(caplog):
    """Return what was logged, but for the words of the mail server."""
    return [
        record.getMessage() for record in caplog.records if record.name != "mail.log"
    ]


def waiting(queue):
    """Return the files that wait in the queue."""
    return [*queue.glob("new/*"), *queue.glob("cur/*"), *queue.glob("*/.sending-*")]


def test_a_mail_waits_while_the_server_is_down_and_is_sent_once(
    mail_host, queue, port, caplog
):
    caplog.set_level("INFO")
    outbox.send_queued(mail_host, queue)
    wait_until(lambda: "stays in the queue" in caplog.text)
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        wait_until(lambda: not waiting(queue))
        time.sleep(outbox.FIRST_PAUSE)  # a second attempt would come now
    finally:
        controller.stop()
    assert len(keeper.mails) == 1
    assert RECIPIENT not in str(our_words(caplog))


def test_a_mail_that_is_refused_for_good_is_put_aside(mail_host, queue, port, caplog):
    caplog.set_level("INFO")
    controller = Controller(Keeper("550 Nobody here"), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        outbox.send_queued(mail_host, queue)
        wait_until(lambda: list(queue.glob("*/.rejected-*")))
    finally:
        controller.stop()
    assert RECIPIENT not in str(our_words(caplog))
