"""The cookie that carries the ticket of a session."""

from collective.servicekonto.accounts.sessions import parse
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from typing import Any
from zope.annotation.interfaces import IAnnotations


SESSION_COOKIE = "servicekonto_session"

# Annotation of a request: the account whose ticket the answer hands out.
_HANDED_OUT = "collective.servicekonto.handed-out"


def set_ticket(request: Any, ticket: Ticket) -> None:
    """Hand the ticket to the browser."""
    set_cookie(request, SESSION_COOKIE, str(ticket))
    IAnnotations(request)[_HANDED_OUT] = ticket.account_id


def form_owner(request: Any) -> str:
    """Return the id of the account whose ticket the browser holds, "" for none.

    The ticket of a session that is over counts as well (see portal.csrf.IFormOwner).
    """
    handed_out: str | None = IAnnotations(request).get(_HANDED_OUT)
    if handed_out is not None:
        return handed_out
    ticket = get_ticket(request)
    return "" if ticket is None else ticket.account_id


def get_ticket(request: Any) -> Ticket | None:
    """Return the ticket that the browser sent, or None."""
    text = get_cookie(request, SESSION_COOKIE)
    return parse(text) if text else None


def expire_ticket(request: Any) -> None:
    """Let the browser forget the ticket."""
    if get_cookie(request, SESSION_COOKIE):
        expire_cookie(request, SESSION_COOKIE)
        IAnnotations(request)[_HANDED_OUT] = ""
