"""One authentication at the test eID-Server: the server's part, and with its card."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import datetime
from datetime import UTC
from pathlib import Path
from statistics import median
from tests.eid.card.card import Card
from tests.eid.card.issuer import issuer
from tests.eid.testserver.client import InProcessClient
import time


ROUNDS = 50
ORIGIN = "https://localhost"
QUESTION = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
)


def measure(_town: Path, directory: Path) -> list[Measure]:
    """Read everything from an emulated card, without a network in between."""
    service = EIDService(_pki(directory), Settings(ORIGIN, ORIGIN), _now)
    rounds = [_round(service, directory) for _ in range(ROUNDS)]
    whole, server = (1000 * median(times) for times in zip(*rounds, strict=True))
    return [
        at_most("eid.full EAC with a card in process, ms", whole, 50),
        Measure("eid.the server's part of it, ms", server),
    ]


def _round(service: EIDService, directory: Path) -> tuple[float, float]:
    in_server = 0.0

    def timed(message: bytes) -> bytes:
        nonlocal in_server
        began = time.perf_counter()
        answer = service.answer(message)
        in_server += time.perf_counter() - began
        return answer

    card = Card((directory / "cvca.cvcert").read_bytes())
    started = time.perf_counter()
    opened = service.open(QUESTION)
    InProcessClient(timed, card).run(opened.psk_id)
    service.result(opened.id, 1)
    return time.perf_counter() - started, in_server


def _pki(directory: Path) -> PKI:
    authorities = directory / "csca"
    authorities.mkdir(parents=True)
    certificate = issuer().csca.public_bytes(Encoding.PEM)
    (authorities / "emulated.pem").write_bytes(certificate)
    return PKI(directory, _now())


def _now() -> datetime:
    return datetime.now(UTC)
