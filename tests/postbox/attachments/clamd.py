"""A real virus scanner with a signature of our own; nothing is fetched."""

from collections.abc import Iterator
from collective.servicekonto.demo.smtp import free_port
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
import shutil
import socket
import subprocess
import time


PROGRAM = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")

# A harmless text that our signature takes for a virus.
MARKER = b"Servicekonto-Testvirus, ganz harmlos"

LARGEST_STREAM = 2_000_000
LARGEST_FILE = 1_000_000
PATIENCE = 60

CONFIGURATION = """
Foreground yes
DatabaseDirectory {directory}/signatures
TemporaryDirectory {directory}
LocalSocket {directory}/clamd.ctl
TCPAddr 127.0.0.1
TCPSocket {port}
LogFile {directory}/clamd.log
StreamMaxLength {stream}
MaxFileSize {file}
AlertExceedsMax yes
SelfCheck 0
"""


@dataclass(frozen=True)
class Daemon:
    """Where the scanner listens."""

    directory: Path
    port: int

    @property
    def unix(self) -> str:
        """Return its socket as the environment names it."""
        return f"unix:{self.directory}/clamd.ctl"

    @property
    def tcp(self) -> str:
        """Return its port as the environment names it."""
        return f"tcp:127.0.0.1:{self.port}"


@contextmanager
def running(directory: Path) -> Iterator[Daemon]:
    """Run the scanner with its files in the directory."""
    assert PROGRAM, "Please install Debian's clamav-daemon; make test does it for root."
    daemon = Daemon(directory, free_port())
    signatures = directory / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Servicekonto.Test:0:*:{MARKER.hex()}\n")
    configuration = directory / "clamd.conf"
    configuration.write_text(
        CONFIGURATION.format(
            directory=directory,
            port=daemon.port,
            stream=LARGEST_STREAM,
            file=LARGEST_FILE,
        )
    )
    process = subprocess.Popen(
        [PROGRAM, "--config-file", configuration],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(daemon, process)
        yield daemon
    finally:
        process.terminate()
        process.wait()


def _wait_for(daemon: Daemon, process: subprocess.Popen) -> None:
    stop = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", daemon.port)).close()
        except ConnectionRefusedError:
            assert process.poll() is None, (daemon.directory / "clamd.log").read_text()
            assert time.monotonic() < stop
            time.sleep(0.1)
        else:
            return
