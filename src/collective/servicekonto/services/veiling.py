"""Expressions and scripts of a form do not get what a session is made of.

They run in the request of the citizen, which holds the ticket of the session. Those who
look after the website may enter them; whoever could read the ticket would be the citizen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


_SECRET = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_CGI_AUTHORIZATION")


@contextmanager
def veiled(request: Any) -> Iterator[None]:
    """Let the request have neither cookies nor credentials meanwhile.

    Cookies that are set meanwhile are set all the same.
    """
    response = request.response
    known = {name: getattr(request, name) for name in _ATTRIBUTES}
    handed_out = response.cookies
    hidden = {name: request.environ.pop(name, None) for name in _SECRET}
    request.cookies, request.taintedcookies, request._auth = {}, {}, None
    request._orig_env = {k: v for k, v in known["_orig_env"].items() if k not in hidden}
    response.cookies = {}
    try:
        yield
    finally:
        for name, value in known.items():
            setattr(request, name, value)
        request.environ.update({k: v for k, v in hidden.items() if v is not None})
        response.cookies = handed_out | response.cookies


_ATTRIBUTES = ("cookies", "taintedcookies", "_auth", "_orig_env")
