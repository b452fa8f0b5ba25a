"""The queue of mails: a Maildir that survives restarts, and the thread that sends.

A mail enters the queue when its transaction is committed, so that a request that
is tried again mails once. The thread is zope.sendmail's, with two differences:
it logs no addresses, and it tries again soon after the mail server was down.
"""

from collections import defaultdict
from collective.servicekonto import logger
from collective.servicekonto.mail.receipts import NotingMailer
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zope.sendmail.delivery import QueuedMailDelivery
from zope.sendmail.queue import QueueProcessorThread
import os
import threading
import time


ENVIRONMENT = "SERVICEKONTO_MAILQUEUE"
DIRECTORY_NAME = "servicekonto-mailqueue"

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0

# An attempt that took longer died with its process.
LONGEST_ATTEMPT = 600.0


class QueueLog:
    """Takes what zope.sendmail logs, writes it without addresses, notes failures."""

    failed = False

    def info(self, message: str, *args: Any) -> None:
        logger.info("A mail was sent.")

    def error(self, message: str, *args: Any) -> None:
        logger.error("The mail server refused a mail for good.")

    def exception(self, message: str, *args: Any) -> None:
        self.failed = True
        logger.warning("A mail could not be sent yet. It stays in the queue.")


class OutboxThread(QueueProcessorThread):
    """Sends the mails of one queue, one after the other."""

    def __init__(self, queue: Path) -> None:
        super().__init__()
        self.log = QueueLog()
        self._queue = queue
        self._failures: dict[str, int] = defaultdict(int)
        self._not_before: dict[str, float] = {}

    def setMailer(self, mailer: Any) -> None:
        """Send with this mailer from now on, and note what became of the mails."""
        super().setMailer(NotingMailer(mailer, self._queue))

    def _process_one_file(self, filename: str) -> None:
        if time.monotonic() < self._not_before.get(filename, 0):
            return
        lock = _lock_of(filename)
        _remove_stale(lock)
        self.log.failed = False
        super()._process_one_file(filename)
        if self.log.failed:
            lock.unlink(missing_ok=True)
            self._postpone(filename)
        else:
            self._failures.pop(filename, None)
            self._not_before.pop(filename, None)

    def _postpone(self, filename: str) -> None:
        pause = min(FIRST_PAUSE * 2 ** self._failures[filename], LONGEST_PAUSE)
        self._failures[filename] += 1
        self._not_before[filename] = time.monotonic() + pause


_threads: dict[str, OutboxThread] = {}
_threads_lock = threading.Lock()


def put(message: EmailMessage, sender: str, recipient: str, queue: Path) -> None:
    """Queue the mail when the present transaction is committed."""
    queue.parent.mkdir(parents=True, exist_ok=True)
    QueuedMailDelivery(str(queue)).send(sender, (recipient,), message.as_bytes())


def send_queued(mail_host: Any, queue: Path) -> None:
    """See to it that a thread sends what is in the queue.

    It uses the site's present mail settings; without a mail server the mails wait.
    """
    mailer = mail_host._makeMailer()
    if not mailer.hostname:
        return
    queue.parent.mkdir(parents=True, exist_ok=True)
    with _threads_lock:
        thread = _threads.get(str(queue))
        if thread is not None and thread.is_alive():
            thread.setMailer(mailer)
            return
        thread = _threads[str(queue)] = OutboxThread(queue)
        thread.setMailer(mailer)
        thread.setQueuePath(str(queue))
        thread.start()


def queue_directory(site: Any) -> Path:
    """Return the Maildir of the site's mails to citizens."""
    name = "-".join(filter(None, site.getPhysicalPath()))
    return _base_directory() / name


def _base_directory() -> Path:
    configured = os.environ.get(ENVIRONMENT)
    if configured:
        return Path(configured)
    from App.config import getConfiguration

    return Path(getConfiguration().clienthome) / DIRECTORY_NAME


def _lock_of(filename: str) -> Path:
    head, tail = os.path.split(filename)
    return Path(head) / f".sending-{tail}"


def _remove_stale(lock: Path) -> None:
    try:
        age = time.time() - lock.stat().st_mtime
    except FileNotFoundError:
        return
    if age > LONGEST_ATTEMPT:
        lock.unlink(missing_ok=True)
