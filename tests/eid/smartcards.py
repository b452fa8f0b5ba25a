"""A smart card service of our own with a virtual reader (pcscd and vpcd)."""

from collections.abc import Iterator
from collective.servicekonto.demo.smtp import free_port
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
import os
import shutil
import socket
import subprocess
import time


PROGRAM = shutil.which("pcscd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
PATIENCE = 30

CONFIGURATION = """
FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:{port}
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID {port}
"""


@dataclass(frozen=True)
class Service:
    """Where cards connect, and where programs find the service."""

    port: int
    socket: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the programs that shall use this service have to be told."""
        return {"PCSCLITE_CSOCK_NAME": str(self.socket)}


@contextmanager
def running(directory: Path) -> Iterator[Service]:
    """Run the service; the machine's own one, if there is any, is left alone."""
    assert PROGRAM, "Please install Debian's pcscd and vsmartcard-vpcd (make system)."
    port = free_port()
    configuration = directory / "reader.conf"
    configuration.write_text(CONFIGURATION.format(port=hex(port)))
    files = directory / "run"
    files.mkdir()
    service = Service(port, files / "pcscd" / "pcscd.comm")
    with (directory / "pcscd.log").open("wb") as log:
        process = subprocess.Popen(
            [*_apart(files), PROGRAM, "--foreground", "--config", configuration],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(service, process, directory / "pcscd.log")
        yield service
    finally:
        process.terminate()
        process.wait()


def _apart(files: Path) -> list[str]:
    """Return the beginning of a command that sees ``files`` as its /run.

    The service knows one place for its socket, so there could be only one of it.
    """
    namespace = ["--mount"] if os.geteuid() == 0 else ["--map-root-user", "--mount"]
    script = 'mount --bind "$0" /run && exec "$@"'
    return ["unshare", *namespace, "sh", "-c", script, str(files)]


def _wait_for(service: Service, process: subprocess.Popen, log: Path) -> None:
    stop = time.monotonic() + PATIENCE
    while not _listens(service):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < stop, log.read_text()
        time.sleep(0.05)


def _listens(service: Service) -> bool:
    with socket.socket(socket.AF_UNIX) as programs, socket.socket() as cards:
        return (
            programs.connect_ex(str(service.socket)) == 0
            and cards.connect_ex(("127.0.0.1", service.port)) == 0
        )
