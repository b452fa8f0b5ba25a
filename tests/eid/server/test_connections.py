"""The way to an eID-Server: slow, broken, or to somebody else."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server import client as client_module
from collective.servicekonto.eid.server import https
from collective.servicekonto.eid.server import messages
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.server.https import Limits
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.testserver.soap import https_server
from contextlib import closing
from contextlib import contextmanager
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import replace
from tests.eid.server.conftest import present
from tests.eid.server.conftest import problem_of
from threading import Thread
import pytest
import shutil
import socket
import ssl
import time


OPEN = Question(frozenset({Operation.GIVEN_NAMES}))


@contextmanager
def raw_server(files, say):
    """A TLS server that lets a function write whatever it wants, once."""
    with closing(socket.create_server((interface_files.HOST, 0))) as listening:

        def serve():
            try:
                plain, _address = listening.accept()
                with files.tls_context().wrap_socket(plain, server_side=True) as secure:
                    asked = b""
                    while not asked.endswith(b"Envelope>"):
                        asked += secure.recv(65536)
                    say(secure)
            except OSError:
                return

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(5)


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _second in range(50):
        connection.sendall(b"X: y\r\n")
        time.sleep(0.1)


@pytest.mark.parametrize("say", [drip, lambda _: time.sleep(5)], ids=["slow", "silent"])
def test_a_slow_server_does_not_hold_us_up(files, say):
    with raw_server(files, say) as number:
        client = SOAPServer(files.configuration(number), Limits(seconds=0.6), present)
        began = time.monotonic()
        assert problem_of(port.Unreachable, client.info) == "timeout"
        assert time.monotonic() - began < 3


def test_a_silent_server_does_not_take_all_threads(files, monkeypatch):
    monkeypatch.setattr(client_module, "PATIENCE", 0.1)
    with closing(socket.create_server((interface_files.HOST, 0))) as silent:
        configuration = files.configuration(silent.getsockname()[1])
        client = SOAPServer(configuration, Limits(seconds=3), present)
        waiting = [
            Thread(target=problem_of, args=(port.Unreachable, client.info))
            for _ in range(client_module.AT_ONCE)
        ]
        for thread in waiting:
            thread.start()
        time.sleep(0.5)
        assert problem_of(port.Busy, client.info) == "too-many-at-once"
        for thread in waiting:
            thread.join()
        assert problem_of(port.Unreachable, client.info) == "timeout"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, port.Misconfigured),
        (403, port.Misconfigured),
        (404, port.Misconfigured),
        (500, port.Unreachable),
        (503, port.Unreachable),
    ],
)
def test_the_status_says_whose_turn_it_is(files, status, kind):
    answer = f"HTTP/1.1 {status} No\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    with raw_server(files, lambda one: one.sendall(answer.encode())) as number:
        client = SOAPServer(files.configuration(number), Limits(seconds=5), present)
        assert problem_of(kind, client.info) == f"http-{status}"


def test_a_connection_that_ends_midway_is_no_answer(files):
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<e:Envelope"
    with raw_server(files, lambda one: one.sendall(answer)) as number:
        client = SOAPServer(files.configuration(number), Limits(seconds=5), present)
        with pytest.raises((port.Unreachable, port.Untrusted)):
            client.info()


def test_nobody_answers(files):
    with closing(socket.create_server((interface_files.HOST, 0))) as taken:
        number = taken.getsockname()[1]
    client = SOAPServer(files.configuration(number), Limits(seconds=2), present)
    assert problem_of(port.Unreachable, client.info) == "refused"


def test_connecting_is_tried_twice(configuration, monkeypatch):
    connect = https._connect
    tries = []

    def failing_once(parts):
        tries.append(parts)
        if len(tries) == 1:
            raise ConnectionRefusedError
        return connect(parts)

    monkeypatch.setattr(https, "_connect", failing_once)
    assert client_of(configuration).info().version == (2, 4, 0)
    assert len(tries) == 2


def test_what_was_sent_is_not_sent_again(files):
    received = []
    with raw_server(files, lambda one: received.append(one)) as number:
        client = client_of(files.configuration(number))
        client._version = (2, 4, 0), present()
        problem_of(port.Unreachable, lambda: client.result("a" * 32, 1))
    assert len(received) == 1


def changed(files, tmp_path, name, authority=None, now=None):
    """Return the files with another certificate for somebody."""
    shutil.copytree(files.directory, tmp_path / "changed")
    others = interface_files.InterfaceFiles(tmp_path / "changed")
    key = ec.generate_private_key(ec.SECP256R1())
    signing = authority or interface_files.load_key(
        files.key(interface_files.AUTHORITY)
    )
    certificate = interface_files.issue(name, key, signing, now or present())
    interface_files.write(others, name, certificate, key)
    return others


def served(run, interface, files):
    return run(https_server(interface, (interface_files.HOST, 0), files.tls_context()))


def client_of(configuration):
    return SOAPServer(configuration, Limits(seconds=5), present)


def test_a_server_of_another_authority_gets_no_question(
    files, interface, prepared, run, tmp_path
):
    stranger = ec.generate_private_key(ec.SECP256R1())
    others = changed(files, tmp_path, interface_files.SERVER, stranger)
    client = client_of(files.configuration(served(run, interface, others)))
    assert problem_of(port.Untrusted, client.info) == "tls-authority"
    assert prepared.questions == []


def test_without_an_authority_only_the_computers_own_ones_are_trusted(configuration):
    client = client_of(replace(configuration, authority=""))
    assert problem_of(port.Untrusted, client.info) == "tls-authority"


def test_a_server_whose_certificate_has_ended_gets_no_question(
    files, interface, run, tmp_path
):
    past = present() - 2 * interface_files.YEARS
    others = changed(files, tmp_path, interface_files.SERVER, now=past)
    client = client_of(files.configuration(served(run, interface, others)))
    assert problem_of(port.Untrusted, client.info) == "tls-expired"


def test_a_server_of_another_name_gets_no_question(files, configuration):
    elsewhere = configuration.address.replace("127.0.0.1", "localhost")
    client = client_of(replace(configuration, address=elsewhere))
    assert problem_of(port.Untrusted, client.info) == "tls-other-host"


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (
            ssl.TLSVersion.TLSv1_2,
            {(port.Misconfigured, "tls-refused-us")},
        ),
        # Here we may be cut off before the alert arrives.
        (
            ssl.TLSVersion.TLSv1_3,
            {(port.Misconfigured, "tls-refused-us"), (port.Unreachable, "connection")},
        ),
    ],
)
def test_the_server_may_refuse_us(files, interface, run, tmp_path, version, told):
    stranger = ec.generate_private_key(ec.SECP256R1())
    ours = changed(files, tmp_path, interface_files.ESERVICE, stranger)
    context = files.tls_context()
    context.minimum_version = context.maximum_version = version
    server = https_server(interface, (interface_files.HOST, 0), context)
    other = replace(
        files.configuration(run(server)),
        certificate=str(ours.certificate(interface_files.ESERVICE)),
        key=str(ours.key(interface_files.ESERVICE)),
    )
    with pytest.raises(port.EIDProblem) as problem:
        client_of(other).info()
    assert (type(problem.value), problem.value.code) in told


def test_our_wrong_signature_is_answered_with_internal_error_only(
    files, configuration, prepared
):
    other = replace(
        configuration,
        signature_certificate=str(files.certificate(interface_files.SERVER)),
        signature_key=str(files.key(interface_files.SERVER)),
    )
    prepared.version = (2, 3, 0)
    client = client_of(other)
    client._version = (2, 3, 0), present()
    code = problem_of(port.Misconfigured, lambda: client.open(OPEN))
    assert code == "common#internalError"
    assert prepared.questions == []


@pytest.mark.parametrize("missing", ["authority", "certificate", "key", "signer"])
def test_a_missing_file_is_for_the_webmaster(configuration, missing):
    client = client_of(replace(configuration, **{missing: "/nowhere.pem"}))
    assert problem_of(port.Misconfigured, client.info) == "files"


def test_old_versions_of_tls_are_not_spoken(files, interface, run):
    context = files.tls_context()
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    server = https_server(interface, (interface_files.HOST, 0), context)
    client = client_of(files.configuration(run(server)))
    assert problem_of(port.Untrusted, client.info) == "tls"


def test_an_answer_is_not_larger_than_any_message():
    assert Limits().bytes == messages.MAXIMUM_BYTES
