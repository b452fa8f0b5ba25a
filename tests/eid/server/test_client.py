"""Asking an eID-Server, over real TLS."""

from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Misconfigured
from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.client import SOAPServer
from contextlib import closing
from contextlib import contextmanager
from dataclasses import replace
from tests.eid.server.conftest import ERIKA
from tests.eid.server.conftest import present
from threading import Thread
import pytest
import socket


QUESTION = Question(
    required=frozenset({Operation.GIVEN_NAMES, Operation.AGE_VERIFICATION}),
    optional=frozenset({Operation.ACADEMIC_TITLE, Operation.PLACE_VERIFICATION}),
    minimum_age=16,
    community="027605",
    reason="Servicekonto Plus für Erika",
)


def test_a_question_arrives_as_it_was_asked(client, prepared):
    opened = client.open(QUESTION)
    assert prepared.questions == [QUESTION]
    assert opened == prepared.opened


def test_the_key_of_a_session_arrives(client, prepared):
    prepared.opened = Opened("a" * 32, "https://eid.example/paos", "b" * 32, "c" * 64)
    assert client.open(QUESTION) == prepared.opened


def test_an_address_that_the_server_does_not_tell_is_the_configured_one(
    configuration, prepared
):
    prepared.opened = Opened("a" * 32, "", "b" * 32, "")
    fixed = replace(configuration, ecard_address="https://eid.example/ecard")
    opened = SOAPServer(fixed, now=present).open(QUESTION)
    assert opened.server_address == "https://eid.example/ecard"


def test_without_any_address_the_ausweisapp_would_find_nobody(client, prepared):
    prepared.opened = Opened("a" * 32, "", "b" * 32, "")
    with pytest.raises(Misconfigured, match="no-ecard-address"):
        client.open(QUESTION)


def test_the_result_arrives_as_it_was_read(client, prepared):
    assert client.result("a" * 32, 1) == ERIKA
    assert prepared.asked == [("a" * 32, 1)]


def test_the_server_says_what_it_is(client):
    assert client.info() == Info((2, 4, 0), frozenset(Operation), is_test=True)


@contextmanager
def proxy():
    """A proxy that connects once; yields its port and what it was asked."""
    asked = []

    def serve(listening):
        left, _address = listening.accept()
        asked.append(left.recv(65536).splitlines()[0].decode())
        host, number = asked[0].split()[1].split(":")
        right = socket.create_connection((host, int(number)))
        left.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        Thread(target=hand_on, args=(left, right), daemon=True).start()
        hand_on(right, left)

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1], asked


def hand_on(here, there):
    """Hand on what arrives until one of them ends."""
    try:
        while piece := here.recv(65536):
            there.sendall(piece)
        there.shutdown(socket.SHUT_WR)
    except OSError:
        return


def test_a_proxy_of_the_environment_is_used_and_reads_nothing(
    configuration, monkeypatch
):
    monkeypatch.setenv("no_proxy", "")
    with proxy() as (number, asked):
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{number}")
        assert SOAPServer(configuration, now=present).info().version == (2, 4, 0)
    target = configuration.address.removeprefix("https://").partition("/")[0]
    assert asked == [f"CONNECT {target} HTTP/1.1"] or asked == [
        f"CONNECT {target} HTTP/1.0"
    ]
