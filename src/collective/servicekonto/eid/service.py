"""The door to the readings of cards: begin one, hand over the TC token, take the result."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.guesses import network_of
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.eid import retrying
from collective.servicekonto.eid import rules
from collective.servicekonto.eid import sessions
from collective.servicekonto.eid.addresses import client_link
from collective.servicekonto.eid.connection import query_server
from collective.servicekonto.eid.interfaces import IPurpose
from collective.servicekonto.eid.interfaces import Received
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import EIDServer
from collective.servicekonto.eid.port import Misconfigured
from collective.servicekonto.eid.port import NOT_OVER
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.sessions import EIDSession
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.tc_token import no_token
from collective.servicekonto.eid.tc_token import tc_token
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.store.tokens import digest
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from urllib.parse import urlencode
from zope.component import getUtility
import re
import secrets


# So many readings somebody may begin; each asks the eID-Server for a session.
MOST_READINGS = 15
PER = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)

_readings = Rate(limit=MOST_READINGS, per=PER)

# The same for a network, of those who are not logged in: a town hall or a telephone
# network is one for many people.
MOST_OF_NETWORK = 60

_readings_of_networks = Rate(limit=MOST_OF_NETWORK, per=PER)

# What stands for the browser of somebody who is not logged in; programs send it on.
BROWSER_COOKIE = "servicekonto_ausweis"
BROWSER_HEADER = "X-Servicekonto-Browser"

# Where the eID-Client fetches the TC token, and where it brings the browser back.
TOKEN_PAGE = "eid-token"  # noqa: S105
RETURN_PAGE = "eid-rueckkehr"
PROBLEM_PAGE = "eid-fehler"
KEY = "vorgang"

# Account id of the readings of those who are not logged in.
NOBODY = ""

# What the eID-Client says at the end of the way back (TR-03124-1, chapter 2.5.4).
CANCELLED = "cancellationByUser"

_NO_WORD = re.compile(r"[^A-Za-z0-9-]+")


class Begun(NamedTuple):
    """The address of the TC token, and the secret that stands for the browser."""

    address: str
    browser: str


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
    _count(_readings, account_id, now)
    opened = _server().open(question)
    browser = browser_of(request)
    raw = sessions.begin(purpose, account_id, browser, opened, back, now)
    return _address(TOKEN_PAGE, raw)


def begin_for_nobody(
    request: Any, purpose: Purpose, question: Question, back: str, now: datetime
) -> Begun:
    """Do the same for somebody who is not logged in: no account is named.

    The reading is bound to the browser by a cookie of its own. Raises the same.
    """
    _count(_readings_of_networks, network_of(request.getClientAddr()), now)
    opened = _server().open(question)
    secret = secrets.token_urlsafe(32)
    browser = _name_of(secret)
    raw = sessions.begin(purpose, NOBODY, browser, opened, back, now)
    set_cookie(request, BROWSER_COOKIE, secret, sessions.LIFETIME)
    return Begun(_address(TOKEN_PAGE, raw), secret)


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
        if not invented.are_allowed():
            rules.check_genuine(result)
        rules.check_document(result, day_of(now))
        received: Received = _purpose(one).receive(request, one, result, now)
    except EIDProblem as problem:
        _note(problem, one)
        if not isinstance(problem, NOT_OVER):
            _end(request, one)
        raise
    except rules.Refused as refused:
        audit.record(f"eid-{type(refused).__name__}", one.account_id or "-")
        _end(request, one)
        raise
    _forget_browser(request)
    return received


def page_to_begin(one: EIDSession) -> str:
    """Return the page of the portal on which such a reading begins."""
    page: str = _purpose(one).page
    return page


def browser_of(request: Any) -> str:
    """Return what stands for the browser: its session, or else its secret."""
    session = current_session()
    if session is not None:
        return session.key
    secret = get_cookie(request, BROWSER_COOKIE) or request.getHeader(BROWSER_HEADER)
    return _name_of(secret) if secret else ""


def _name_of(secret: str) -> str:
    return f"browser {digest(secret)}"


def _count(rate: Rate, key: str, now: datetime) -> None:
    if not rate.allow(key, now):
        raise TooManyAttempts(PAUSE.total_seconds())
    unless_committed(lambda: rate.take_back(key))


def _end(request: Any, one: EIDSession) -> None:
    sessions.end(one)
    _forget_browser(request)


def _forget_browser(request: Any) -> None:
    if get_cookie(request, BROWSER_COOKIE):
        expire_cookie(request, BROWSER_COOKIE)


def _purpose(one: EIDSession) -> Any:
    return getUtility(IPurpose, name=one.purpose)


def _result(one: EIDSession, minor: str) -> Result:
    try:
        return retrying.answer(
            one.server_id, lambda: _server().result(one.server_id, one.counter)
        )
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
