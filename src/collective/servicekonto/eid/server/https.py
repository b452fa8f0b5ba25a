"""One POST to an eID-Server: limited in time and size, and to the server that is meant."""

from collections.abc import Mapping
from collective.servicekonto.eid import port
from collective.servicekonto.network import cut_after
from dataclasses import dataclass
from http.client import HTTPConnection
from http.client import HTTPException
from time import monotonic
from urllib.parse import SplitResult
from urllib.parse import urlsplit
from urllib.request import getproxies
from urllib.request import proxy_bypass
import socket
import ssl


CONNECT_SECONDS = 5.0

_HTTPS = 443
_PROXY = 3128

# X509_V_ERR_… of OpenSSL.
_REASONS = {9: "tls-not-yet-valid", 10: "tls-expired", 62: "tls-other-host"}


# Alerts of the other side about our certificate.
_ABOUT_US = ("CERTIFICATE", "UNKNOWN_CA", "ACCESS_DENIED")


@dataclass(frozen=True)
class Limits:
    """``seconds``  from the beginning of the request to the end of the answer
    ``bytes``    of the answer
    """

    seconds: float = 20.0
    bytes: int = 256 * 1024


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    context: ssl.SSLContext,
    limits: Limits,
) -> bytes:
    """Send the body and return the body of the answer.

    A proxy is used where the environment names one. No redirect is followed. Raises
    Unreachable, Misconfigured or Untrusted.
    """
    parts = urlsplit(url)
    connection = _connected(parts)
    end = monotonic() + limits.seconds
    try:
        with cut_after(limits.seconds, connection.sock):
            connection.sock = context.wrap_socket(
                connection.sock, server_hostname=parts.hostname
            )
            connection.sock.settimeout(limits.seconds)
            connection.request("POST", _path(parts), body, dict(headers))
            answer = connection.getresponse()
            content = answer.read(limits.bytes + 1)
    except (OSError, HTTPException) as error:
        _check_time(end)
        raise _problem_of(error) from None
    finally:
        connection.close()
    # An answer that was cut off may look like one that has ended.
    _check_time(end)
    _check_status(answer.status)
    return _limited(content, limits)


def _connected(parts: SplitResult) -> HTTPConnection:
    # Nothing was sent yet: this much is safe to be tried again.
    try:
        return _connect(parts)
    except (OSError, HTTPException):
        pass
    try:
        return _connect(parts)
    except (OSError, HTTPException) as error:
        raise _problem_of(error) from None


def _connect(parts: SplitResult) -> HTTPConnection:
    host, number = parts.hostname or "", parts.port or _HTTPS
    proxy = urlsplit(getproxies().get("https", ""))
    if proxy.hostname and not proxy_bypass(host):
        connection = HTTPConnection(
            proxy.hostname, proxy.port or _PROXY, timeout=CONNECT_SECONDS
        )
        connection.set_tunnel(host, number)
    else:
        connection = HTTPConnection(host, number, timeout=CONNECT_SECONDS)
    connection.connect()
    return connection


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _check_time(end: float) -> None:
    if monotonic() >= end:
        raise port.Unreachable("timeout")


def _check_status(status: int) -> None:
    if status in (500, 502, 503, 504):
        raise port.Unreachable(f"http-{status}")
    if status != 200:
        raise port.Misconfigured(f"http-{status}")


def _limited(content: bytes, limits: Limits) -> bytes:
    if len(content) > limits.bytes:
        raise port.Untrusted("too-large")
    return content


def _problem_of(error: Exception) -> port.EIDProblem:
    if isinstance(error, ssl.SSLCertVerificationError):
        return port.Untrusted(_REASONS.get(error.verify_code, "tls-authority"))
    if isinstance(error, ssl.SSLEOFError):
        return port.Unreachable("connection")
    if isinstance(error, ssl.SSLError):
        return _problem_of_tls(error.reason or "")
    if isinstance(error, socket.gaierror):
        return port.Unreachable("no-such-host")
    if isinstance(error, TimeoutError):
        return port.Unreachable("timeout")
    if isinstance(error, ConnectionRefusedError):
        return port.Unreachable("refused")
    return port.Unreachable("connection")


def _problem_of_tls(reason: str) -> port.EIDProblem:
    if "ALERT" in reason and any(word in reason for word in _ABOUT_US):
        return port.Misconfigured("tls-refused-us")
    return port.Untrusted("tls")
