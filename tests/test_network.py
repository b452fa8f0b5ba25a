"""Who sends a byte now and then does not hold us up, with TLS or without."""

from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.network import cut_after
from contextlib import closing
from datetime import datetime
from datetime import UTC
from threading import Thread
import pytest
import socket
import ssl
import time


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    directory = tmp_path_factory.mktemp("interface")
    return interface_files.make_files(directory, datetime.now(UTC))


def drip(listening, context):
    """Send a byte now and then."""
    try:
        connection, _address = listening.accept()
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        for _ in range(40):
            connection.sendall(b"x")
            time.sleep(0.1)
    except OSError:
        return


def wrapped(connection, files):
    """Return the connection with TLS on our side."""
    authority = str(files.certificate(interface_files.AUTHORITY))
    context = ssl.create_default_context(cafile=authority)
    return context.wrap_socket(connection, server_hostname=interface_files.HOST)


@pytest.mark.parametrize("is_secure", [True, False], ids=["TLS", "plain"])
def test_a_connection_ends_in_time(files, is_secure):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(
        files.certificate(interface_files.SERVER), files.key(interface_files.SERVER)
    )
    with closing(socket.create_server((interface_files.HOST, 0))) as listening:
        arguments = (listening, context if is_secure else None)
        Thread(target=drip, args=arguments, daemon=True).start()
        connection = socket.create_connection(listening.getsockname(), timeout=2)
        began = time.monotonic()
        with cut_after(0.5, connection):
            if is_secure:
                connection = wrapped(connection, files)
            received = read_all(connection)
        connection.close()
    assert received
    assert time.monotonic() - began < 2


def read_all(connection):
    """Return what arrives until the connection ends."""
    received = b""
    try:
        while piece := connection.recv(100):
            received += piece
    except OSError:
        return received
    return received


def test_what_ends_in_time_is_not_cut():
    left, right = socket.socketpair()
    with closing(left), closing(right):
        with cut_after(0.05, left):
            right.sendall(b"done")
            assert left.recv(10) == b"done"
        time.sleep(0.1)
        right.sendall(b"more")
        assert left.recv(10) == b"more"
