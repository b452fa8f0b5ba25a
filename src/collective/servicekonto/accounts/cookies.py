"""The cookie that carries the ticket of a session."""

from collective.servicekonto.accounts.sessions import parse
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from typing import Any


SESSION_COOKIE = "servicekonto_session"


def set_ticket(request: Any, ticket: Ticket) -> None:
    """Hand the ticket to the browser."""
    set_cookie(request, SESSION_COOKIE, str(ticket))


def get_ticket(request: Any) -> Ticket | None:
    """Return the ticket that the browser sent, or None."""
    text = get_cookie(request, SESSION_COOKIE)
    return parse(text) if text else None


def expire_ticket(request: Any) -> None:
    """Let the browser forget the ticket."""
    if get_cookie(request, SESSION_COOKIE):
        expire_cookie(request, SESSION_COOKIE)
