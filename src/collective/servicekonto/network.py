"""Connections to other machines, which must not hold us up."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
import socket


@contextmanager
def cut_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    """End the connection after this time, whatever it is in the middle of.

    A time-out of the socket alone begins anew with every byte that arrives.
    """
    # A socket that is wrapped for TLS loses its descriptor; the twin keeps one.
    twin = connection.dup()
    end = Timer(seconds, _cut, [twin])
    end.daemon = True
    end.start()
    try:
        yield
    finally:
        end.cancel()
        twin.close()


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It is over already.
        return
