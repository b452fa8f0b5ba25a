"""The virus scanner is asked, and only its clear word lets a file through."""

from collections.abc import Callable
from collective.servicekonto.postbox.attachments.scanner import is_configured
from collective.servicekonto.postbox.attachments.scanner import LONGEST_REPLY
from collective.servicekonto.postbox.attachments.scanner import scan
from collective.servicekonto.postbox.attachments.scanner import Verdict
from contextlib import contextmanager
from contextlib import suppress
from tests.postbox.attachments.clamd import LARGEST_FILE
from tests.postbox.attachments.clamd import LARGEST_STREAM
from tests.postbox.attachments.clamd import MARKER
from tests.postbox.attachments.made import ooxml
from threading import Event
from threading import Thread
import pytest
import socket
import time


CLEAN_REPLY = b"stream: OK\0"


@pytest.fixture
def letter(keep):
    """A file that hides nothing."""
    return keep(b"Sehr geehrte Frau Mustermann\n" * 10_000, "brief.txt")


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_a_clean_file_is_clean(daemon, named, letter, way):
    named(getattr(daemon, way))
    assert scan(letter) is Verdict.CLEAN


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_a_virus_is_found(daemon, named, keep, way):
    named(getattr(daemon, way))
    content = b"Hallo\n" * 100_000 + MARKER
    assert scan(keep(content, "a.txt")) is Verdict.INFECTED


def test_a_virus_is_found_inside_a_document(daemon, named, keep):
    named(daemon.unix)
    document = ooxml(**{"word/a.xml": b"<a>" + b"-" * 1000 + MARKER + b"</a>"})
    assert MARKER not in document
    assert scan(keep(document, "a.docx")) is Verdict.INFECTED


def test_the_log_names_the_virus_and_nothing_of_the_citizen(
    daemon, named, keep, caplog
):
    named(daemon.unix)
    scan(keep(MARKER, "Erika Mustermann.txt"))
    assert "Servicekonto.Test" in caplog.text
    assert "Mustermann" not in caplog.text


def test_a_file_larger_than_the_scanner_takes_is_not_clean(daemon, named, keep):
    named(daemon.unix)
    content = b"a" * (LARGEST_STREAM * 3)
    assert scan(keep(content, "a.txt")) is Verdict.NOT_POSSIBLE


def test_a_file_that_the_scanner_does_not_look_into_is_not_clean(
    daemon, named, keep, caplog
):
    named(daemon.unix)
    content = b"a" * (LARGEST_FILE + 1000)
    assert scan(keep(content, "a.txt")) is Verdict.NOT_POSSIBLE
    assert "Heuristics.Limits.Exceeded" in caplog.text


def test_the_scanner_works_on_after_a_file_that_was_too_large(
    daemon, named, keep, letter
):
    named(daemon.unix)
    scan(keep(b"a" * (LARGEST_STREAM * 3), "a.txt"))
    assert scan(letter) is Verdict.CLEAN


def test_without_configuration_there_is_no_scanner(letter, monkeypatch):
    monkeypatch.delenv("SERVICEKONTO_CLAMD", raising=False)
    assert not is_configured()
    assert scan(letter) is Verdict.NO_SCANNER


@pytest.mark.parametrize(
    "address",
    [
        "unix:/nowhere/clamd.ctl",
        "unix:" + "a" * 200,
        "unix:",
        "tcp:127.0.0.1:1",
        "tcp:127.0.0.1",
        "tcp:127.0.0.1:99999",
        "/run/clamav/clamd.ctl",
        "clamd",
    ],
)
def test_a_scanner_that_cannot_be_reached_is_no_word(named, letter, address):
    named(address)
    assert is_configured()
    assert scan(letter, seconds=2) is Verdict.NOT_POSSIBLE


def test_a_socket_that_nobody_listens_at_is_no_word(named, letter, tmp_path):
    path = tmp_path / "stale.ctl"
    with socket.socket(socket.AF_UNIX) as old:
        old.bind(str(path))
    named(f"unix:{path}")
    assert scan(letter) is Verdict.NOT_POSSIBLE


@contextmanager
def answering(behave: Callable[[socket.socket, Event], None]):
    """Serve one connection by this behaviour; yields the address."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _address = server.accept()
            with connection, suppress(OSError):
                behave(connection, over)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def read_all(connection: socket.socket) -> None:
    """Read up to the zero that ends the stream."""
    connection.settimeout(2)
    content = b""
    while not content.endswith(b"\0\0\0\0"):
        content += connection.recv(1 << 16)


def silent(connection, over):
    over.wait()


def reads_and_is_silent(connection, over):
    read_all(connection)
    over.wait()


def closes_at_once(connection, over):
    pass


def closes_in_the_middle(connection, over):
    connection.recv(1000)


def closes_after_the_stream(connection, over):
    read_all(connection)


def trickles(connection, over):
    read_all(connection)
    for byte in CLEAN_REPLY * 50:
        connection.sendall(bytes([byte or 1]))
        if over.wait(0.1):
            return


def talks_without_end(connection, over):
    read_all(connection)
    while not over.is_set():
        connection.sendall(b"stream: OK")


def says(answer: bytes):
    """Return the behaviour of reading all and saying this."""

    def behave(connection, over):
        read_all(connection)
        connection.sendall(answer)

    return behave


def test_the_stand_in_can_say_that_a_file_is_clean(named, letter):
    with answering(says(CLEAN_REPLY)) as address:
        named(address)
        assert scan(letter) is Verdict.CLEAN


@pytest.mark.parametrize(
    "behave",
    [
        silent,
        reads_and_is_silent,
        closes_at_once,
        closes_in_the_middle,
        closes_after_the_stream,
        trickles,
        talks_without_end,
        says(b"stream: OK"),
        says(b"stream: OKAY\0"),
        says(b"OK\0"),
        says(b"stream: OK\nstream: X FOUND\0"),
        says(b"\0"),
        says(b"INSTREAM size limit exceeded. ERROR\0"),
        says(b"stream: a b FOUND\0"),
        says(b"stream:  FOUND\0"),
        says(b"stream: Heuristics.Encrypted.PDF FOUND\0"),
        says(b"stream: \n2026 CRITICAL forged line FOUND\0"),
        says(b"\xff" * LONGEST_REPLY * 2 + CLEAN_REPLY),
        says(b"HTTP/1.1 400 Bad Request\r\n\r\n\0"),
    ],
)
def test_another_answer_is_no_word_and_never_waited_for(named, letter, behave, caplog):
    with answering(behave) as address:
        named(address)
        started = time.monotonic()
        assert scan(letter, seconds=1) is Verdict.NOT_POSSIBLE
        assert time.monotonic() - started < 2
    assert "not possible" in caplog.text
    assert "\n2026" not in caplog.text
