"""Cookies as all parts of the portal set them."""

from collective.servicekonto.portal.service import query_portal
from datetime import timedelta
from typing import Any


def set_cookie(
    request: Any, name: str, value: str, lasts: timedelta | None = None
) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send.

    It lasts so long, or until the browser is closed; the server ends what it stands for
    earlier. Over https it is never sent in the clear.
    """
    limit = {} if lasts is None else {"max_age": int(lasts.total_seconds())}
    request.response.setCookie(
        _full(name),
        value,
        path="/",
        secure=_is_https(),
        http_only=True,
        same_site="Lax",
        **limit,
    )


def expire_cookie(request: Any, name: str) -> None:
    """Let the browser forget the cookie."""
    request.response.expireCookie(
        _full(name), path="/", secure=_is_https(), http_only=True, same_site="Lax"
    )


def get_cookie(request: Any, name: str) -> str:
    """Return the value that the browser sent, an empty text for none."""
    return str(request.cookies.get(_full(name), ""))


def _full(name: str) -> str:
    # With this prefix no other host of the same domain can plant the cookie.
    return f"__Host-{name}" if _is_https() else name


def _is_https() -> bool:
    portal = query_portal()
    return portal is not None and portal.public_url.startswith("https:")
