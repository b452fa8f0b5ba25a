"""A browser that asks the publisher in this process, without a web server."""

from benchmarks.zope import NO_PORT
from collections.abc import Mapping
from collections.abc import Sequence
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.parse import urlsplit
from ZPublisher.WSGIPublisher import publish_module
import time


class Answer(NamedTuple):
    """``seconds`` of wall time that the server took, its commit included."""

    status: int
    location: str
    body: str
    seconds: float
    processor_seconds: float


class Client:
    """Keeps its cookies. Raises LookupError for an answer from 400 on."""

    def __init__(self, **cookies: str) -> None:
        self._cookies = cookies

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask(path, "GET", b"")

    def post(self, path: str, entries: Mapping[str, str | Sequence[str]]) -> Answer:
        """Send a form."""
        return self._ask(path, "POST", urlencode(entries, doseq=True).encode())

    def _ask(self, path: str, method: str, body: bytes) -> Answer:
        address = urlsplit(path)
        environ = {
            "REQUEST_METHOD": method,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(NO_PORT),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SCRIPT_NAME": "",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.url_scheme": "http",
        }
        told: list[Any] = []
        started, used = time.perf_counter(), time.thread_time()
        answered = publish_module(environ, lambda *words: told.extend(words[:2]))
        content = b"".join(answered)
        seconds = time.perf_counter() - started
        used = time.thread_time() - used
        status = int(told[0].split()[0])
        if status >= 400:
            raise LookupError(f"{method} {path}: {told[0]}")
        headers = told[1]
        self._take(headers)
        found = dict(headers)
        location = found.get("Location", found.get("location", ""))
        return Answer(status, location, content.decode(), seconds, used)

    def _take(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                for key, cookie in SimpleCookie(value).items():
                    self._cookies[key] = cookie.value


class _Fields(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self._form_id = form_id
        self._is_inside = False
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._is_inside = found.get("id") == self._form_id
        is_hidden = tag == "input" and found.get("type") == "hidden"
        if self._is_inside and is_hidden and found.get("name"):
            self.hidden[str(found["name"])] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


def hidden_fields(page: str, form_id: str) -> dict[str, str]:
    """Return the hidden fields of the form with this id."""
    parser = _Fields(form_id)
    parser.feed(page)
    return parser.hidden
