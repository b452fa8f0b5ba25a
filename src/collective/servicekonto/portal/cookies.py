"""Cookies as all parts of the portal set them."""

from collective.servicekonto.portal.service import query_portal
from typing import Any


def set_cookie(request: Any, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send.

    It lasts until the browser is closed; the server ends what it stands for
    earlier. Over https it is never sent in the clear.
    """
    request.response.setCookie(
        name, value, path="/", secure=_is_https(), http_only=True, same_site="Lax"
    )


def expire_cookie(request: Any, name: str) -> None:
    """Let the browser forget the cookie."""
    request.response.expireCookie(
        name, path="/", secure=_is_https(), http_only=True, same_site="Lax"
    )


def _is_https() -> bool:
    portal = query_portal()
    return portal is not None and portal.public_url.startswith("https:")
