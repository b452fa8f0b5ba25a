"""The secret key of a registration: where browsers and programs keep it."""

from collective.servicekonto.portal.cookies import get_cookie
from typing import Any


DRAFT_COOKIE = "servicekonto_draft"
DRAFT_HEADER = "X-Servicekonto-Draft"


def draft_key(request: Any) -> str:
    """Return the key of the draft that the request is about, "" for none."""
    return get_cookie(request, DRAFT_COOKIE) or request.getHeader(DRAFT_HEADER) or ""
