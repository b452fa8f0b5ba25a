"""A request to the publisher in this process, without a web server."""

from benchmarks.zope import NO_PORT
from io import BytesIO
from typing import Any
from ZPublisher.WSGIPublisher import publish_module
import time


def visit(path: str, **environ: str) -> float:
    """Open the page and return the seconds of processor time that it took.

    ``environ`` are further members of the WSGI environment, such as HTTP_COOKIE.
    Raises LookupError for anything but a page.
    """
    started = time.thread_time()
    answer = publish_module(_environ(path) | environ, _expect_success)
    body = b"".join(answer)
    seconds = time.thread_time() - started
    if b"</html>" not in body:
        raise LookupError(path)
    return seconds


def _environ(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(NO_PORT),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
    }


def _expect_success(status: str, headers: list, error: Any = None) -> None:
    if not status.startswith("200"):
        raise LookupError(status)
