"""The demo's cron: it runs the cleanup over HTTP, as a town's own would."""

from collections.abc import Iterator
from collective.servicekonto.demo.instance import Instance
from contextlib import contextmanager
from threading import Event
from threading import Thread
from urllib.error import URLError
from urllib.request import Request
from urllib.request import urlopen
import os
import secrets


PAUSE = 60.0
PATIENCE = 300.0
ENDING = 5.0

HEADER = "X-Servicekonto-Cron"
ENVIRONMENT = "SERVICEKONTO_CRON_SECRET_FILE"
PAGE = "buergerportal/@@servicekonto-cleanup"


class Cron(Thread):
    """Calls the cleanup every minute until it is stopped.

    What goes wrong is in the log of Zope; the next call tries again.
    """

    def __init__(self, address: str, secret: str, pause: float = PAUSE) -> None:
        super().__init__(name="demo-cron", daemon=True)
        self._request = Request(
            f"{address}/{PAGE}", data=b"", headers={HEADER: secret}, method="POST"
        )
        self._pause = pause
        self._stopped = Event()

    def run(self) -> None:
        """Wait, call, and wait again."""
        while not self._stopped.wait(self._pause):
            try:
                with urlopen(self._request, timeout=PATIENCE):
                    pass
            except (URLError, OSError):
                continue

    def stop(self) -> None:
        """Make no further call; one under way may end within a few seconds."""
        self._stopped.set()
        self.join(ENDING)


@contextmanager
def cron(instance: Instance) -> Iterator[None]:
    """Run cron with a secret that nobody else learns, made anew at each start."""
    secret = secrets.token_urlsafe(32)
    instance.cron_secret.touch(mode=0o600)
    instance.cron_secret.write_text(secret, encoding="ascii")
    os.environ[ENVIRONMENT] = str(instance.cron_secret)
    thread = Cron(instance.address, secret)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
