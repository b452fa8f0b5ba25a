"""A small HTTPS server on the loopback interface: for the AusweisApp and the browser.

In attached mode the messages of the AusweisApp come on the TLS connection of the TC
token, so this server stands before the site and hands on what is not for it.
"""

from collections.abc import Callable
from collective.servicekonto.eid.testserver import paos
from collective.servicekonto.eid.testserver.pki import Certified
from collective.servicekonto.eid.testserver.service import EIDService
from dataclasses import dataclass
from dataclasses import field
from http.client import HTTPConnection
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any
import logging
import socket
import ssl


logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
PAOS_PATH = "/eid/paos"

LARGEST_BODY = 2_000_000
PATIENCE = 60

PSK_CIPHERS = "RSA-PSK-AES256-GCM-SHA384"
SERVES_KEYS = hasattr(ssl.SSLContext, "set_psk_server_callback")

# They belong to one connection and are not handed on (RFC 9110, 7.6.1).
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade"}


class NoPreSharedKeys(Exception):
    """This Python cannot serve TLS with pre-shared keys."""


@dataclass(frozen=True)
class Request:
    """What a client wants; ``identity`` is what its pre-shared key proved, if any."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes
    identity: str


@dataclass(frozen=True)
class Response:
    """What it gets."""

    status: int = 200
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of_type(cls, media_type: str, body: bytes) -> "Response":
        """Return content of a type."""
        return cls(body=body, headers=[("Content-Type", media_type)])


Application = Callable[[Request], Response]

NOT_FOUND = Response(404)


def not_found(_request: Request) -> Response:
    """Answer what nobody else answers."""
    return NOT_FOUND


def paos_at(service: EIDService, otherwise: Application = not_found) -> Application:
    """Return the application that takes messages of the AusweisApp."""

    def answer(request: Request) -> Response:
        if (request.method, request.path) != ("POST", PAOS_PATH):
            return otherwise(request)
        return Response.of_type(
            paos.MEDIA_TYPE, service.answer(request.body, request.identity)
        )

    return answer


def site_at(port: int, prefix: str) -> Application:
    """Return the application that hands requests on to a site on this machine.

    ``prefix``  goes before the path, for example of Zope's virtual hosts
    """

    def answer(request: Request) -> Response:
        connection = HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
        try:
            connection.request(
                request.method,
                prefix + request.path,
                request.body or None,
                dict(_handed_on(request.headers)),
            )
            response = connection.getresponse()
            return Response(
                response.status, response.read(), _handed_on(response.getheaders())
            )
        except (OSError, HTTPException):
            return Response(502)
        finally:
            connection.close()

    return answer


def _handed_on(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left_out = HOP_BY_HOP | {"content-length"}
    return [(name, value) for name, value in headers if name.lower() not in left_out]


class _Context(ssl.SSLContext):
    """``identity`` is what the pre-shared key of its only connection proved."""

    identity = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: "_Sockets"

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers:
            length = "unknown"
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(Response(413))
            return
        request = Request(
            method=self.command,
            path=self.path,
            headers=list(self.headers.items()),
            body=self.rfile.read(int(length)),
            identity=self.request.context.identity,
        )
        self._send(self.server.application(request))

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = do_DELETE = _serve

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses of the pages are nobody's business."""


class _Sockets(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, port: int, application: Application, context: Callable[[], _Context]
    ) -> None:
        self.application = application
        self._context = context
        super().__init__((LOOPBACK, port), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Return a connection whose handshake is left to its own thread."""
        connection, address = self.socket.accept()
        connection.settimeout(PATIENCE)
        wrapped = self._context().wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        return wrapped, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note that a connection broke; which is what clients do."""
        logger.debug("A connection has broken.", exc_info=True)


class Server:
    """An application on a port of the loopback interface; use it with ``with``."""

    def __init__(
        self, application: Application, context: Callable[[], _Context], port: int = 0
    ) -> None:
        self._sockets = _Sockets(port, application, context)
        self._thread = Thread(target=self._sockets.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self._sockets.server_address[1])

    @property
    def origin(self) -> str:
        """Return its address without a path."""
        return f"https://localhost:{self.port}"

    def answer_with(self, application: Application) -> None:
        """Use another application from now on, for example one that knows the port."""
        self._sockets.application = application

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._sockets.shutdown()
        self._sockets.server_close()
        self._thread.join()


def https(application: Application, tls: Certified, port: int = 0) -> Server:
    """Return a server with a certificate."""
    context = _context(tls)
    return Server(application, lambda: context, port)


def with_pre_shared_keys(service: EIDService, tls: Certified, port: int = 0) -> Server:
    """Return the server of detached sessions, each with its key.

    Raises NoPreSharedKeys on Python 3.11 and 3.12, whose ``ssl`` cannot serve them.
    """
    if not SERVES_KEYS:
        raise NoPreSharedKeys("Python serves TLS-PSK from 3.13 on.")
    return Server(paos_at(service), lambda: _psk_context(service, tls), port)


def _context(tls: Certified) -> _Context:
    context = _Context(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(tls.path)
    return context


def _psk_context(service: EIDService, tls: Certified) -> _Context:
    context = _context(tls)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(PSK_CIPHERS)

    def key_of(identity: str | None) -> bytes:
        context.identity = identity or ""
        return service.pre_shared_key(context.identity)

    context.set_psk_server_callback(key_of)  # type: ignore[attr-defined]
    return context
