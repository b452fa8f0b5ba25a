"""A single POST to an address that an editor of the site typed in.

Nothing else of the network can be reached with it: the host must be in the Internet
unless SERVICEKONTO_WEBHOOK_HOSTS lists it, the connection goes to the very address
that was checked, no redirect is followed, nothing of the answer is kept but its
status, and after ten seconds it is over.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.network import cut_after
from collective.servicekonto.offices.webhook import is_possible_port
from contextlib import contextmanager
from http.client import HTTPConnection
from http.client import HTTPException
from ipaddress import ip_address
from ipaddress import ip_network
from ipaddress import IPv4Address
from ipaddress import IPv6Address
from urllib.parse import SplitResult
from urllib.parse import urlsplit
import os
import socket
import ssl


HOSTS = "SERVICEKONTO_WEBHOOK_HOSTS"
SECONDS = 10.0

# Addresses that carry an IPv4 address at their end (NAT64, RFC 6052).
_CARRYING = ip_network("64:ff9b::/96")

# What is no place in the Internet, although the ipaddress module takes it for one.
_NO_PLACES = tuple(
    map(
        ip_network,
        (
            "::/96",
            "64:ff9b:1::/48",
            "fec0::/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
        ),
    )
)

_PORTS = {"https": 443, "http": 80}


class NotAllowed(PermissionError):
    """The address leads to where no webhook may go."""


class NoAnswer(ConnectionError):
    """Nobody answered in time."""


def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send the body and return the status of the answer.

    Raises NotAllowed or NoAnswer.
    """
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connection(parts) as connection:
            connection.request("POST", path, body, dict(headers))
            return int(connection.getresponse().status)
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, NotAllowed):
            raise
        raise NoAnswer(type(error).__name__) from None


def address_of(host: str, port: int) -> str:
    """Return the address of the host. Raises NotAllowed where it is not to be used."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if host not in _allowed() and not all(map(_is_public, addresses)):
        raise NotAllowed
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        # Such addresses are a way to an IPv4 address.
        parsed = parsed.ipv4_mapped or parsed.sixtofour or _carried(parsed) or parsed
    is_place = not any(parsed in network for network in _NO_PLACES)
    return is_place and parsed.is_global and not parsed.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(address.packed[-4:]) if address in _CARRYING else None


def _allowed() -> list[str]:
    return os.environ.get(HOSTS, "").lower().replace(",", " ").split()


@contextmanager
def _connection(parts: SplitResult) -> Iterator[HTTPConnection]:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if not is_possible_port(parts.port):
        raise NotAllowed
    address = address_of(host, port)
    if parts.scheme != "https" and not ip_address(address).is_loopback:
        raise NotAllowed
    connection = HTTPConnection(host, port, timeout=SECONDS)
    raw = socket.create_connection((address, port), timeout=SECONDS)
    try:
        # A server that sends a byte now and then must not hold us up.
        with cut_after(SECONDS, raw):
            connection.sock = _secured(raw, host) if parts.scheme == "https" else raw
            yield connection
    finally:
        connection.close()
        raw.close()


def _secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
