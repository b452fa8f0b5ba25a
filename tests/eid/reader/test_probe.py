"""The command with a real smart card service and an emulated card on its reader."""

from collective.servicekonto.eid.reader.probe import probe
from collective.servicekonto.eid.reader.states import State
from tests.eid import smartcards
from tests.eid.card.vpcd import CardInReader
import os
import pytest
import socket
import subprocess
import sys
import time


PATIENCE = 20


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A smart card service of our own."""
    with smartcards.running(tmp_path_factory.mktemp("pcscd")) as service:
        yield service


@pytest.fixture(autouse=True)
def _uses_it(service, monkeypatch):
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)


def found(state: State):
    """Return the finding as soon as the reader noticed what was done."""
    stop = time.monotonic() + PATIENCE
    while (finding := probe()).state is not state:
        assert time.monotonic() < stop, f"The reader is still {finding.state}."
        time.sleep(0.1)
    return finding


def test_an_empty_reader_is_found():
    assert found(State.NO_CARD).reader.startswith("Virtual PCD")


@pytest.mark.parametrize(
    ("tries", "active", "state"),
    [
        (3, True, State.READY),
        (2, True, State.ONE_WRONG_PIN),
        (1, True, State.SUSPENDED),
        (0, True, State.BLOCKED),
        (3, False, State.SWITCHED_OFF),
    ],
)
def test_a_card_on_the_reader_is_understood(service, card, tries, active, state):
    card.passwords.tries, card.passwords.active = tries, active
    with CardInReader(card, service.port):
        assert found(state)
    assert card.passwords.tries == tries
    assert found(State.NO_CARD)


def test_another_program_at_the_card_is_not_disturbed(service, card):
    with CardInReader(card, service.port):
        assert found(State.READY)
        with subprocess.Popen(
            [sys.executable, "-c", HOLDING],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
        ) as other:
            assert other.stdout.readline() == b"holding\n"
            assert probe().state is State.IN_USE
            other.stdin.close()
        assert found(State.READY)


HOLDING = """
from smartcard.System import readers
connection = readers()[0].createConnection()
connection.connect()
print("holding", flush=True)
import sys
sys.stdin.read()
connection.disconnect()
"""


def test_a_service_that_does_not_answer_is_not_waited_for(monkeypatch, tmp_path):
    address = str(tmp_path / "silent")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(address)
        silent.listen()
        monkeypatch.setenv("PCSCLITE_CSOCK_NAME", address)
        started = time.monotonic()
        assert probe(seconds=3).state is State.IN_USE
    assert 3 <= time.monotonic() - started < PATIENCE


def test_without_the_service_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "nobody"))
    assert probe().state is State.NO_SERVICE


def test_without_its_library_that_is_said(tmp_path):
    (tmp_path / "smartcard.py").write_text("raise ImportError")
    command = [sys.executable, "-m", "collective.servicekonto.eid.reader.script"]
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    said = subprocess.run(
        [*command, "--json"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert State.NOT_INSTALLED.value in said.stdout
    assert said.returncode == 1
