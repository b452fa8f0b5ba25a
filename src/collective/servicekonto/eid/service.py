"""The door to the readings of cards: begin one, hand over the TC token, take the result."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.eid import rules
from collective.servicekonto.eid import sessions
from collective.servicekonto.eid.addresses import client_link
from collective.servicekonto.eid.connection import allows_test_identities
from collective.servicekonto.eid.connection import query_server
from collective.servicekonto.eid.interfaces import IPurpose
from collective.servicekonto.eid.interfaces import Received
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import EIDServer
from collective.servicekonto.eid.port import Misconfigured
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.port import Unreachable
from collective.servicekonto.eid.sessions import EIDSession
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.tc_token import no_token
from collective.servicekonto.eid.tc_token import tc_token
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.store.tokens import digest
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zope.component import getUtility
import re


# So many readings somebody may begin; each asks the eID-Server for a session.
MOST_READINGS = 15
PER = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)

_readings = Rate(limit=MOST_READINGS, per=PER)

# Where the eID-Client fetches the TC token, and where it brings the browser back.
TOKEN_PAGE = "eid-token"  # noqa: S105
RETURN_PAGE = "eid-rueckkehr"
PROBLEM_PAGE = "eid-fehler"
KEY = "vorgang"

# What the eID-Client says at the end of the way back (TR-03124-1, chapter 2.5.4).
CANCELLED = "cancellationByUser"

# What is still open afterwards: the card may be read, or the result fetched, later.
_NOT_OVER = (NotReady, Unreachable, SessionGone)

_NO_WORD = re.compile(r"[^A-Za-z0-9-]+")


def is_possible() -> bool:
    """Tell whether the portal can read cards."""
    return query_server() is not None


def begin(
    request: Any,
    purpose: Purpose,
    question: Question,
    account_id: str,
    back: str,
    now: datetime,
) -> str:
    """Open a session at the eID-Server; return the address of the TC token.

    ``back`` is the page of the portal to go on with afterwards. Raises
    TooManyAttempts, or EIDProblem where the eID-Server cannot be used.
    """
    browser = browser_of(request)
    if not _readings.allow(account_id or browser, now):
        raise TooManyAttempts(PAUSE.total_seconds())
    unless_committed(lambda: _readings.take_back(account_id or browser))
    opened = _server().open(question)
    raw = sessions.begin(purpose, account_id, browser, opened, back, now)
    return _address(TOKEN_PAGE, raw)


def hand_over(raw: str, now: datetime) -> bytes:
    """Return the TC token, once, to whoever has its secret: the eID-Client.

    Whoever comes too late, or a second time, gets one that leads to an explanation.
    """
    problem = client_link(PROBLEM_PAGE)
    try:
        opened, back = sessions.hand_over(raw, now)
    except (TokenRefused, sessions.NotYours):
        return no_token(problem)
    return tc_token(opened, _address(RETURN_PAGE, back), problem)


def returned(request: Any, raw: str, now: datetime) -> EIDSession:
    """Return the session with which the eID-Client brought the browser back.

    Raises TokenRefused, or NotYours for another browser than the one that began.
    """
    return sessions.returned(raw, browser_of(request), now)


def take(request: Any, one: EIDSession, minor: str, now: datetime) -> Received:
    """Take what the card said; return what follows from it.

    What stands in the address of the way back proves nothing: the eID-Server is asked.
    ``minor`` is what the eID-Client says about a failure, and explains why nothing was
    read. Raises EIDProblem or rules.Refused; the account is unchanged then.
    """
    try:
        result = _result(one, minor)
        if not allows_test_identities():
            rules.check_genuine(result)
        rules.check_document(result, day_of(now))
        received: Received = _purpose(one).receive(request, one, result, now)
    except EIDProblem as problem:
        _note(problem, one)
        if not isinstance(problem, _NOT_OVER):
            sessions.end(one)
        raise
    except rules.Refused as refused:
        audit.record(f"eid-{type(refused).__name__}", one.account_id or "-")
        sessions.end(one)
        raise
    return received


def page_to_begin(one: EIDSession) -> str:
    """Return the page of the portal on which such a reading begins."""
    page: str = _purpose(one).page
    return page


def browser_of(request: Any) -> str:
    """Return what stands for the browser: its session, or else its form cookie."""
    session = current_session()
    if session is not None:
        return session.key
    cookie = get_cookie(request, csrf.COOKIE)
    return f"browser {digest(cookie)}" if cookie else ""


def _purpose(one: EIDSession) -> Any:
    return getUtility(IPurpose, name=one.purpose)


def _result(one: EIDSession, minor: str) -> Result:
    try:
        return _server().result(one.server_id, one.counter)
    except NotReady:
        if minor:
            raise (Cancelled if minor == CANCELLED else ClientFailed) from None
        sessions.ask_again(one)
        raise


def _note(problem: EIDProblem, one: EIDSession) -> None:
    word = _NO_WORD.sub("", problem.code)
    audit.record(f"eid-{type(problem).__name__}-{word}", one.account_id or "-")


def _server() -> EIDServer:
    server = query_server()
    if server is None:
        raise Misconfigured("none")
    return server


def _address(page: str, raw: str) -> str:
    return client_link(f"{page}?{urlencode({KEY: raw})}")
