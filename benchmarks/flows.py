"""Whole flows over HTTP: a real server, real mails, several citizens at once."""

from benchmarks.journeys import PlonesOwn
from benchmarks.journeys import Servicekonto
from benchmarks.load import Load
from benchmarks.load import run
from benchmarks.measures import at_least
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from collections.abc import Iterator
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from contextlib import contextmanager
from pathlib import Path
from statistics import median
import requests
import signal
import subprocess
import sys
import time


ROUNDS = 3
FEW = 4
MANY = 16
START_SECONDS = 120


def measure(directory: Path) -> list[Measure]:
    """Measure both ways in turns on the same server, then the crowd."""
    instance = Instance(directory, free_port())
    ours = Servicekonto(f"{instance.address}/buergerportal")
    plones = PlonesOwn(instance.address)
    few, other = [], []
    with served(instance):
        run(ours, instance.mails, FEW, seconds=8)
        with _self_registration(instance):
            run(plones, instance.mails, FEW, seconds=8)
        for _round in range(ROUNDS):
            few.append(run(ours, instance.mails, FEW))
            with _self_registration(instance):
                other.append(run(plones, instance.mails, FEW))
        crowd = run(ours, instance.mails, MANY)
    ratio = median(
        one.flows_per_second / two.flows_per_second
        for one, two in zip(few, other, strict=True)
    )
    return [
        at_least("registration.flows.ratio to Plone's own", ratio, 1.0),
        _speed(f"flows per second, {FEW} clients", few),
        _speed(f"Plone's own flows per second, {FEW} clients", other),
        *_failures(f"{FEW} clients", few),
        Measure(
            "registration.flows.Plone's own 5xx",
            sum(one.server_errors for one in other),
        ),
        Measure(
            "registration.flows.Plone's own citizens who gave up",
            sum(len(one.problems) for one in other),
        ),
        _speed(f"flows per second, {MANY} clients", [crowd]),
        *_failures(f"{MANY} clients", [crowd]),
        *(
            Measure(f"registration.flows.p95 seconds, {MANY} clients, {step}", seconds)
            for step, seconds in crowd.p95().items()
        ),
    ]


def _speed(name: str, loads: list[Load]) -> Measure:
    speed = median(one.flows_per_second for one in loads)
    return Measure(f"registration.flows.{name}", speed)


def _failures(name: str, loads: list[Load]) -> list[Measure]:
    errors = sum(one.server_errors for one in loads)
    lost = sum(one.lost for one in loads)
    given_up = sum(len(one.problems) for one in loads)
    return [
        at_most(f"registration.flows.5xx, {name}", errors, 0),
        at_most(f"registration.flows.lost accounts, {name}", lost, 0),
        at_most(f"registration.flows.citizens who gave up, {name}", given_up, 0),
    ]


@contextmanager
def served(instance: Instance) -> Iterator[subprocess.Popen]:
    """Serve the town in a process of its own meanwhile."""
    command = [sys.executable, "-m", "collective.servicekonto.demo", "start"]
    command += ["--port", str(instance.port), "--var", str(instance.var)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(instance.address)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait_for(address: str) -> None:
    stop = time.monotonic() + START_SECONDS
    while True:
        try:
            requests.get(address, timeout=START_SECONDS)
        except requests.ConnectionError:
            if time.monotonic() > stop:
                raise
            time.sleep(0.5)
        else:
            return


@contextmanager
def _self_registration(instance: Instance) -> Iterator[None]:
    _allow_self_registration(instance, True)
    try:
        yield
    finally:
        _allow_self_registration(instance, False)


def _allow_self_registration(instance: Instance, allowed: bool) -> None:
    answer = requests.patch(
        f"{instance.address}/@controlpanels/security",
        json={"enable_self_reg": allowed},
        auth=("admin", "admin"),
        headers={"Accept": "application/json"},
        timeout=START_SECONDS,
    )
    answer.raise_for_status()
