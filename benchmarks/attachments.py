"""Memory of a server while a file of 100 MB goes up and down again."""

from benchmarks.attachments_page import FIELD
from benchmarks.attachments_page import PAGE
from benchmarks.flows import wait_for
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
import os
import re
import requests
import signal
import subprocess
import sys
import time


# More than the server has threads, each of which may keep some memory.
ROUNDS = 6

LARGE = 100_000_000
SMALL = 100_000
BOUND = 32.0
MEBIBYTE = 1024.0

# Resets the peak of a process (proc_pid_clear_refs(5)).
RESET_PEAK = "5"

PATIENCE = 120
CHUNK = 1 << 20


@dataclass(frozen=True)
class Passage:
    """One way of the file: peak in MiB above the idle server, and its time."""

    peak: float
    seconds: float


def measure(directory: Path) -> list[Measure]:
    """Measure the peak of the server's process over what it uses when idle."""
    instance = Instance(directory, free_port())
    large = directory / "large.pdf"
    large.write_bytes(_pdf(LARGE))
    small = directory / "small.pdf"
    small.write_bytes(_pdf(SMALL))
    digest = sha256(large.read_bytes()).hexdigest()
    with _served(instance) as server:
        page = f"{instance.address}/{PAGE}"
        _down(page, _up(page, small))
        idle = _memory(server.pid, "VmRSS")
        rounds = [_round(server.pid, idle, page, large) for _number in range(ROUNDS)]
    ups, downs, digests = zip(*rounds, strict=True)
    return [
        at_most("attachments.MiB above idle, 100 MB up", _highest(ups), BOUND),
        at_most("attachments.MiB above idle, 100 MB down", _highest(downs), BOUND),
        at_most(
            "attachments.files that came back changed",
            sum(one != {digest} for one in digests),
            0,
        ),
        Measure("attachments.seconds, 100 MB up", median(one.seconds for one in ups)),
        Measure(
            "attachments.seconds, 100 MB down twice",
            median(one.seconds for one in downs),
        ),
        Measure("attachments.MiB of the idle server", idle),
    ]


def _round(
    pid: int, idle: float, page: str, file: Path
) -> tuple[Passage, Passage, set[str]]:
    watch = _Watch(pid, idle)
    key = _up(page, file)
    up = watch.stop()
    watch = _Watch(pid, idle)
    whole = _down(page, key)
    in_part = _down(page, key, Range="bytes=0-")
    return up, watch.stop(), {whole, in_part}


def _highest(passages: Iterable[Passage]) -> float:
    return max(one.peak for one in passages)


class _Watch:
    """Watches a process that uses ``idle`` MiB when nothing happens."""

    def __init__(self, pid: int, idle: float) -> None:
        self._pid = pid
        self._idle = idle
        self._started = time.monotonic()
        Path(f"/proc/{pid}/clear_refs").write_text(RESET_PEAK)

    def stop(self) -> Passage:
        """Return what was seen."""
        seconds = time.monotonic() - self._started
        return Passage(_memory(self._pid, "VmHWM") - self._idle, seconds)


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) / MEBIBYTE


def _up(page: str, file: Path) -> str:
    """Send the file as a browser does; return the id of the attachment."""
    with file.open("rb") as content:
        answer = requests.post(page, files={FIELD: content}, timeout=PATIENCE)
    answer.raise_for_status()
    return answer.text


def _down(page: str, key: str, **headers: str) -> str:
    """Fetch the attachment; return its SHA-256."""
    digest = sha256()
    with requests.get(
        page, {"id": key}, headers=headers, stream=True, timeout=PATIENCE
    ) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_content(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _pdf(size: int) -> bytes:
    """Return a PDF of exactly this size, as if scanned: bytes without a pattern."""
    begin = b"%PDF-1.7\n1 0 obj\n<</Length 000000000>>stream\n"
    end = b"\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer <</Size 1>>\n"
    last = b"startxref\n%09d\n%%%%EOF\n"
    inside = os.urandom(size - len(begin) - len(end) - len(last % 0))
    table = len(begin) + len(inside) + end.index(b"xref")
    return begin + inside + end + last % table


@contextmanager
def _served(instance: Instance) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "benchmarks.attachments_page"]
    command += [str(instance.var), str(instance.port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(instance.address)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
