"""Memory of a server while a file of 100 MB goes up and down again.

A program of an office sends it, and a program of the citizen fetches it.
"""

from benchmarks.flows import served
from benchmarks.letters import active_account
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.people import address
from benchmarks.people import PASSWORD
from benchmarks.zope import in_own_process
from benchmarks.zope import open_site
from collections.abc import Iterable
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from statistics import median
import json
import os
import re
import requests
import time


# So many that each thread of the server, which may keep some memory, has its turn.
ROUNDS = 12

LARGE = 100_000_000
SMALL = 100_000
BOUND = 32.0
MEBIBYTE = 1024.0

# Resets the peak of a process (proc_pid_clear_refs(5)).
RESET_PEAK = "5"

PATIENCE = 120
CHUNK = 1 << 20

OFFICE = "amt-buergerbuero"
CLERK = ("amt", "amt")


@dataclass(frozen=True)
class Passage:
    """One way of the file: peak in MiB above the idle server, and its time."""

    peak: float
    seconds: float


def settle_in() -> None:
    """Let the citizen have an account."""
    with open_site():
        active_account(0)


def measure(directory: Path) -> list[Measure]:
    """Measure the peak of the server's process over what it uses when idle."""
    in_own_process(directory, "benchmarks.attachments", "settle_in")
    instance = Instance(directory, free_port())
    large = directory / "large.pdf"
    large.write_bytes(_pdf(LARGE))
    small = directory / "small.pdf"
    small.write_bytes(_pdf(SMALL))
    digest = sha256(large.read_bytes()).hexdigest()
    with served(instance) as server:
        way = _Way(instance.address)
        way.down(way.up(small))
        idle = _memory(server.pid, "VmRSS")
        rounds = [_round(server.pid, idle, way, large) for _number in range(ROUNDS)]
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
    pid: int, idle: float, way: "_Way", file: Path
) -> tuple[Passage, Passage, set[str]]:
    watch = _Watch(pid, idle)
    attachment = way.up(file)
    up = watch.stop()
    watch = _Watch(pid, idle)
    whole = way.down(attachment)
    in_part = way.down(attachment, Range="bytes=0-")
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


class _Way:
    """From the program of an office to that of a citizen, through the REST services."""

    def __init__(self, site: str) -> None:
        self._portal = f"{site}/buergerportal"
        self._citizen = requests.Session()
        self._citizen.headers["Accept"] = "application/json"
        token = self._post(f"{site}/@login", login=address(0), password=PASSWORD)[
            "token"
        ]
        self._citizen.headers["Authorization"] = f"Bearer {token}"

    def up(self, file: Path) -> str:
        """Send the file with a message; return the address of the attachment."""
        letter = {
            "recipient": address(0),
            "kind": "letter",
            "subject": "Ihr Plan",
            "text": "Anbei der Plan Ihres Grundstücks.",
        }
        with file.open("rb") as content:
            answer = requests.post(
                f"{self._portal}/{OFFICE}/@servicekonto-messages",
                files={"message": (None, json.dumps(letter)), "files": content},
                headers={"Accept": "application/json", "Idempotency-Key": token_hex()},
                auth=CLERK,
                timeout=PATIENCE,
            )
        answer.raise_for_status()
        message = answer.json()["id"]
        opened = self._post(f"{self._portal}/@servicekonto-postbox-open/{message}")
        found: str = opened["content"]["attachments"][0]["@id"]
        return found

    def down(self, attachment: str, **headers: str) -> str:
        """Fetch the attachment; return its SHA-256."""
        digest = sha256()
        with self._citizen.get(
            attachment, headers=headers, stream=True, timeout=PATIENCE
        ) as answer:
            answer.raise_for_status()
            for chunk in answer.iter_content(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _post(self, service: str, **entries: str) -> dict:
        answer = self._citizen.post(service, json=entries, timeout=PATIENCE)
        answer.raise_for_status()
        found: dict = answer.json()
        return found


def _pdf(size: int) -> bytes:
    """Return a PDF of exactly this size, as if scanned: bytes without a pattern."""
    begin = b"%PDF-1.7\n1 0 obj\n<</Length 000000000>>stream\n"
    end = b"\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer <</Size 1>>\n"
    last = b"startxref\n%09d\n%%%%EOF\n"
    inside = os.urandom(size - len(begin) - len(end) - len(last % 0))
    table = len(begin) + len(inside) + end.index(b"xref")
    return begin + inside + end + last % table
