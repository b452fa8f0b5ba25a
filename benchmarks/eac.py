"""Authentications at the test eID-Server, with an emulated card and the AusweisApp."""

from benchmarks.measures import at_least
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver.app import running
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from contextlib import suppress
from datetime import datetime
from datetime import UTC
from pathlib import Path
from statistics import median
from tests.eid.card.card import Card
from tests.eid.testserver.authentications import authentications
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.trust import pki_for_cards
import time


ROUNDS = 50
ORIGIN = "https://localhost"
QUESTION = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
)


def measure(_town: Path, directory: Path) -> list[Measure]:
    """Read everything from cards."""
    pki = pki_for_cards(directory / "pki")
    return [*_in_process(pki), *_through_the_app(pki, directory / "app")]


def _in_process(pki: PKI) -> list[Measure]:
    """Use an emulated card, without a network in between."""
    service = EIDService(pki, Settings(ORIGIN, ORIGIN), _now)
    rounds = [_round(service, Card(pki.cvca)) for _ in range(ROUNDS)]
    whole, server = (1000 * median(times) for times in zip(*rounds, strict=True))
    return [
        at_most("eid.full EAC with a card in process, ms", whole, 50),
        Measure("eid.the server's part of it, ms", server),
    ]


def _through_the_app(pki: PKI, directory: Path) -> list[Measure]:
    """Use the real AusweisApp; it may try again up to four times, as tests do."""
    completed = 0
    took = []
    with (
        running(directory, pki.cvca, free_port()) as app,
        authentications(app, pki) as here,
    ):
        for _ in range(ROUNDS):
            began = time.perf_counter()
            with suppress(EIDProblem):
                completed += bool(here.result(QUESTION).values)
            took.append(time.perf_counter() - began)
        tries = here.tries
    return [
        at_least(
            f"eid.completed through the AusweisApp, of {ROUNDS}", completed, ROUNDS
        ),
        Measure("eid.tries that its simulator needed", tries),
        Measure("eid.seconds through the AusweisApp", median(took)),
    ]


def _round(service: EIDService, card: Card) -> tuple[float, float]:
    """Return the processor time of both ends and of the server; nothing waits."""
    in_server = 0.0

    def timed(message: bytes) -> bytes:
        nonlocal in_server
        began = time.process_time()
        answer = service.answer(message)
        in_server += time.process_time() - began
        return answer

    started = time.process_time()
    opened = service.open(QUESTION)
    InProcessClient(timed, card).run(opened.psk_id)
    service.result(opened.id, 1)
    return time.process_time() - started, in_server


def _now() -> datetime:
    return datetime.now(UTC)
