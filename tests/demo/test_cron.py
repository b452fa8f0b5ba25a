"""The demo's cron calls as a town's own does."""

from collective.servicekonto.cleanup import view
from collective.servicekonto.demo import cron
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer
from threading import Event
from threading import Thread
import time


class Called(BaseHTTPRequestHandler):
    """Notes each call; the first one fails."""

    calls: list[tuple[str, str | None]] = []
    twice = Event()

    def do_POST(self) -> None:
        """Answer (called by the server)."""
        self.calls.append((self.path, self.headers[cron.HEADER]))
        self.send_response(500 if len(self.calls) == 1 else 200)
        self.end_headers()
        if len(self.calls) >= 2:
            self.twice.set()

    def log_message(self, *args) -> None:
        """Say nothing."""


@contextmanager
def site():
    """A site that notes the calls; yields its address."""
    server = HTTPServer(("127.0.0.1", 0), Called)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/Plone"
    finally:
        server.shutdown()
        server.server_close()


def test_it_knows_how_the_cleanup_is_called():
    assert cron.HEADER == view.HEADER
    assert cron.ENVIRONMENT == view.ENVIRONMENT


def test_it_calls_again_after_a_failure_and_stops_when_told():
    with site() as address:
        thread = cron.Cron(address, "secret", pause=0.01)
        thread.start()
        assert Called.twice.wait(30)
        thread.stop()
        assert not thread.is_alive()
        calls = list(Called.calls)
        time.sleep(0.1)
        assert Called.calls == calls
    assert set(calls) == {("/Plone/buergerportal/@@servicekonto-cleanup", "secret")}


def test_where_nobody_listens_it_waits():
    thread = cron.Cron("http://127.0.0.1:9/Plone", "secret", pause=0.01)
    thread.start()
    time.sleep(0.2)
    assert thread.is_alive()
    thread.stop()
    assert not thread.is_alive()
