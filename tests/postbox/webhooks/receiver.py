"""A program of an office that is told what happened: a real HTTP server."""

from base64 import b64decode
from base64 import b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread
import hmac
import json
import time


SECRET = "whsec_" + b64encode(b"the secret of the office, 32 byt").decode()


class Receiver:
    """``told`` is what came, by its id; ``calls`` are all requests."""

    def __init__(self) -> None:
        self.told: dict[str, dict] = {}
        self.calls: list[str] = []
        self.status = 204
        self.headers: dict[str, str] = {}
        self.seconds = 0.0
        self.port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """The address of the webhook."""
        return f"http://127.0.0.1:{self.port}/webhook"

    @property
    def events(self) -> list[str]:
        """What the program knows, in the order in which it happened."""
        told = sorted(self.told.values(), key=lambda one: one["timestamp"])
        return [one["type"] for one in told]

    def start(self) -> None:
        """Answer from now on, at the same port as before."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                receiver._take(self)

            do_GET = do_POST

            def log_message(self, *_words):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be down."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _take(self, request) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.calls.append(request.path)
        time.sleep(self.seconds)
        if 200 <= self.status < 300:
            key = request.headers["webhook-id"]
            assert is_signed(request.headers, body)
            self.told.setdefault(key, json.loads(body))
        try:
            request.send_response(self.status)
            for name, value in self.headers.items():
                request.send_header(name, value)
            request.end_headers()
        except OSError:
            return


def is_signed(headers, body: bytes, secret: str = SECRET) -> bool:
    """Verify a webhook as Standard Webhooks tells receivers to."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()
    return expected in headers["webhook-signature"].split(" ")
