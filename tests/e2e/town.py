"""The demo town in a process of its own, and the mails that it sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from subprocess import Popen
from typing import cast
import os
import re
import requests
import signal
import socket
import subprocess
import sys
import time


PATIENCE = 120.0
GLANCE = 0.1
MANAGER = ("admin", "admin")


class Town:
    """A demo that serves the site on a loopback port until it is closed."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = _free_port()
        self.site = f"http://localhost:{self.port}/Plone"
        self.portal = f"{self.site}/buergerportal"
        self._log = directory / "demo.log"
        self._clock = directory / "seconds-ahead"
        self._process: Popen[bytes] | None = None

    def open(self) -> None:
        """Start the demo and wait until it answers."""
        self._put_forward(timedelta())
        command = [sys.executable, "-m", "tests.e2e.clocked_town", "start"]
        command += ["--port", str(self.port), "--var", str(self.directory / "var")]
        with self._log.open("wb") as log:
            self._process = Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=self._environment()
            )
        _wait_for(self._answers, f"the demo, see {self._log}")
        self._prepare()

    def close(self) -> None:
        """Stop the demo as Ctrl-C does."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @contextmanager
    def later(self, **duration: float) -> Iterator[None]:
        """Let it be so many days, hours, minutes or seconds later meanwhile."""
        self._put_forward(timedelta(**duration))
        try:
            yield
        finally:
            self._put_forward(timedelta())

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails to an address, oldest first."""
        mails = [
            message_from_bytes(path.read_bytes(), policy=default)
            for path in sorted((self.directory / "var" / "mail").glob("*.eml"))
        ]
        return [cast(EmailMessage, mail) for mail in mails if mail["To"] == address]

    def link_of_mail(self, address: str, number: int) -> str:
        """Return the link in the text of the mail with this number, from 1."""
        _wait_for(
            lambda: len(self.mails_to(address)) >= number,
            f"mail number {number} to {address}",
        )
        body = self.mails_to(address)[number - 1].get_body(("plain",))
        found = re.search(r"https?://\S+", str(cast(EmailMessage, body).get_content()))
        assert found, "The mail has no link."
        return found.group()

    def decides(self, **settings: object) -> None:
        """Change settings in the control panel."""
        response = requests.patch(
            f"{self.site}/@controlpanels/servicekonto",
            json=settings,
            auth=MANAGER,
            headers={"Accept": "application/json"},
            timeout=60,
        )
        response.raise_for_status()

    def _put_forward(self, ahead: timedelta) -> None:
        # In one step: the demo may read at any moment.
        written = self._clock.with_suffix(".new")
        written.write_text(f"{ahead.total_seconds()}")
        written.replace(self._clock)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
        try:
            return requests.get(self.portal, timeout=60).ok
        except requests.ConnectionError:
            return False

    def _prepare(self) -> None:
        # A person takes minutes between two mails, the tests do not.
        self.decides(mail_interval=0)

    def _environment(self) -> dict[str, str]:
        # The test layers put their own files there.
        prefix = "SERVICEKONTO_"
        own = {k: v for k, v in os.environ.items() if not k.startswith(prefix)}
        return own | {"TOWN_CLOCK": str(self._clock)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain for {what}."
        time.sleep(GLANCE)
