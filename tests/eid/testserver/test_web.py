"""One HTTPS server on the loopback interface for the AusweisApp and the site."""

from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from contextlib import closing
from datetime import datetime
from datetime import UTC
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from tests.eid.testserver.client import Answer
from tests.eid.testserver.client import envelope
from tests.eid.testserver.client import start
from threading import Thread
import pytest
import socket
import ssl


QUESTION = Question(frozenset({Operation.GIVEN_NAMES}))


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return PKI(tmp_path_factory.mktemp("pki"), now())


@pytest.fixture
def service(pki):
    return EIDService(pki, Settings("https://localhost", "https://localhost"), now)


@pytest.fixture
def context(pki):
    """What trusts the server's certificate and no other."""
    return ssl.create_default_context(cadata=pki.tls.certificate)


def ask(server, context, method, path, body=None, headers=()):
    """Return status, headers and content of an answer."""
    connection = HTTPSConnection("localhost", server.port, context=context, timeout=10)
    with closing(connection):
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return response.status, response.headers, response.read()


def test_messages_of_the_app_are_answered(service, pki, context):
    session = service.open(QUESTION).psk_id
    with web.https(web.paos_at(service), pki.tls) as server:
        status, headers, content = ask(
            server, context, "POST", web.PAOS_PATH, envelope(start(session))
        )
    assert status == 200
    assert headers["Content-Type"] == "application/vnd.paos+xml"
    assert Answer.parse(content).name == "DIDAuthenticate"


@pytest.mark.parametrize(("method", "path"), [("GET", web.PAOS_PATH), ("POST", "/")])
def test_nothing_else_is_there(service, pki, context, method, path):
    with web.https(web.paos_at(service), pki.tls) as server:
        assert ask(server, context, method, path)[0] == 404


@pytest.mark.parametrize(
    "header",
    [("Content-Length", "99999999999"), ("Transfer-Encoding", "chunked")],
)
def test_what_is_too_large_or_of_unknown_size_is_not_read(
    service, pki, context, header
):
    with web.https(web.paos_at(service), pki.tls) as server:
        status, *_ = ask(server, context, "POST", web.PAOS_PATH, None, [header])
    assert status == 413


def test_a_connection_can_be_resumed(service, pki, context):
    """In attached mode the AusweisApp insists on the TLS session of the TC token."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with web.https(web.paos_at(service), pki.tls) as server:
        address = ("localhost", server.port)
        with (
            socket.create_connection(address) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as first,
        ):
            session = first.session
        with (
            socket.create_connection(address) as plain,
            context.wrap_socket(
                plain, server_hostname="localhost", session=session
            ) as second,
        ):
            assert second.session_reused


def test_other_machines_do_not_reach_it(service, pki):
    with web.https(web.paos_at(service), pki.tls) as server:
        assert server._sockets.server_address[0] == "127.0.0.1"


def test_a_client_that_speaks_no_tls_disturbs_nobody(service, pki, context):
    with (
        web.https(web.paos_at(service), pki.tls) as server,
        socket.create_connection(("localhost", server.port)) as plain,
    ):
        plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert ask(server, context, "GET", "/")[0] == 404


class Site(BaseHTTPRequestHandler):
    """A site that says what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        content = f"{self.path} {self.headers['Cookie']} {body.decode()}".encode()
        self.send_response(201)
        self.send_header("Set-Cookie", "one=1")
        self.send_header("Set-Cookie", "two=2")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    """A site on a port of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_everything_else_goes_to_the_site(service, pki, context, site):
    application = web.paos_at(service, web.site_at(site, "/prefix"))
    with web.https(application, pki.tls) as server:
        status, headers, content = ask(
            server, context, "POST", "/page?a=1", b"form", [("Cookie", "a=b")]
        )
    assert status == 201
    assert headers.get_all("Set-Cookie") == ["one=1", "two=2"]
    assert content == b"/prefix/page?a=1 a=b form"


def test_a_site_that_is_down_is_told_as_such(service, pki, context):
    application = web.paos_at(service, web.site_at(1, ""))
    with web.https(application, pki.tls) as server:
        assert ask(server, context, "GET", "/")[0] == 502


@pytest.fixture
def detached(pki):
    return EIDService(
        pki, Settings("https://localhost", "https://localhost", detached=True), now
    )


def test_a_detached_session_has_a_key_of_its_own(detached):
    opened = detached.open(QUESTION)
    assert detached.pre_shared_key(opened.psk_id) == bytes.fromhex(opened.psk)
    assert opened.psk_id != opened.id
    assert detached.pre_shared_key(opened.id) == b""


def test_a_detached_session_is_only_on_the_connection_that_proved_its_key(detached):
    one, other = detached.open(QUESTION), detached.open(QUESTION)
    message = envelope(start(one.psk_id))
    for identity in ("", other.psk_id):
        answer = Answer.parse(detached.answer(message, identity))
        assert answer.name == "StartPAOSResponse"
    answer = Answer.parse(detached.answer(message, one.psk_id))
    assert answer.name == "DIDAuthenticate"


if web.SERVES_KEYS:

    def test_messages_come_over_tls_with_the_key_of_the_session(detached, pki):
        opened = detached.open(QUESTION)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(web.PSK_CIPHERS)
        key = bytes.fromhex(opened.psk)
        context.set_psk_client_callback(lambda _hint: (opened.psk_id, key))
        with web.with_pre_shared_keys(detached, pki.psk_tls) as server:
            _, _, content = ask(
                server, context, "POST", web.PAOS_PATH, envelope(start(opened.psk_id))
            )
        assert Answer.parse(content).name == "DIDAuthenticate"

else:

    def test_a_python_without_tls_psk_says_so(detached, pki):
        with pytest.raises(web.NoPreSharedKeys, match="3.13"):
            web.with_pre_shared_keys(detached, pki.psk_tls)
