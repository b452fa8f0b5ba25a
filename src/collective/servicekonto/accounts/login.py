"""Logging in and out, with pauses that slow guessing down."""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.cookies import get_ticket
from collective.servicekonto.accounts.cookies import set_ticket
from collective.servicekonto.accounts.devices import is_known_device
from collective.servicekonto.accounts.devices import remember_device
from collective.servicekonto.accounts.service import check_password
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.identity.means import Kind
from datetime import datetime
from typing import Any
from typing import TypeVar
from zope.annotation.interfaces import IAnnotations
from zope.i18nmessageid import Message
import math


_CHECKED = "collective.servicekonto.checked"
_PAUSE = "collective.servicekonto.pause"

Found = TypeVar("Found")

_LOG_INS = {
    Kind.PASSWORD: history.Event.LOGIN,
    Kind.ONLINE_AUSWEIS: history.Event.CARD_LOGIN,
}


class LoginRefused(Exception):
    """Nobody was logged in; ``message`` says why, the same for every address."""

    message: Message = _(
        "E-mail address or password is not correct, or the account is not active yet. "
        "If you have just registered, please open the link in our e-mail first."
    )


class WrongPassword(LoginRefused):
    """The citizen who is logged in typed a password that is not theirs."""

    message = _("This is not your present password.")


class TooManyAttempts(LoginRefused):
    """After too many failures one has to wait ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = math.ceil(seconds)
        self.message = (
            _("There were too many attempts. Please wait one second and try again.")
            if self.seconds == 1
            else _(
                "There were too many attempts. Please wait ${seconds} seconds and try "
                "again.",
                mapping={"seconds": self.seconds},
            )
        )


def log_in(request: Any, address: str, password: str, now: datetime) -> sessions.Ticket:
    """Check the password and begin a session of the level “niedrig”.

    Raises TooManyAttempts or LoginRefused.
    """
    account = _check(request, address, password, now)
    return begin_session(request, account, now)


def begin_session(
    request: Any, account: Any, now: datetime, kind: Kind = Kind.PASSWORD
) -> sessions.Ticket:
    """Begin a session after a means of this kind was checked; its id is a new one.

    The one that the browser had before ends.
    """
    former = get_ticket(request)
    if former is not None:
        sessions.end(former)
    client = client_of(request)
    ticket = sessions.start(account, kind.level, kind.value, now, client)
    failed = guesses.take_failures(account.email)
    history.record(account, _LOG_INS[kind], client, now, failed=failed)
    return _hand_over(request, account, ticket)


def step_up(
    request: Any, session: sessions.Session, account: Any, kind: Kind, now: datetime
) -> sessions.Ticket:
    """Lift the session after a means of this kind was used beside the password.

    Its id is a new one.
    """
    ticket = sessions.step_up(session, account, kind.level, kind.value, now)
    set_ticket(request, ticket)
    return ticket


def end_others(
    request: Any, session: sessions.Session, account: Any, now: datetime
) -> sessions.Ticket:
    """End all other sessions at once; this one goes on with a new id."""
    return _hand_over(request, account, sessions.end_others(session, account, now))


def go_on(
    request: Any, session: sessions.Session, account: Any, now: datetime
) -> sessions.Ticket:
    """Let the session go on with a new id, after all sessions were ended."""
    return _hand_over(request, account, sessions.rotate(session, account, now))


def check_again(request: Any, account: Any, password: str, now: datetime) -> None:
    """Demand the password of the citizen who is logged in once more.

    Guessing is slowed down as at the log-in. Raises TooManyAttempts or WrongPassword.
    """
    try:
        _check(request, account.email, password, now)
    except TooManyAttempts:
        raise
    except LoginRefused:
        raise WrongPassword from None


def check_once(request: Any, address: Any, password: Any, now: datetime) -> Any | None:
    """Return the account the request's credentials belong to, or None.

    The password of a request is checked once, however often Plone asks.
    """
    if not isinstance(address, str) or "@" not in address:
        return None
    checked = IAnnotations(request)
    if _CHECKED not in checked:
        try:
            checked[_CHECKED] = _check(request, address, str(password), now)
        except TooManyAttempts as refused:
            remember_pause(request, refused)
            checked[_CHECKED] = None
        except LoginRefused:
            checked[_CHECKED] = None
    return checked[_CHECKED]


def is_citizen(request: Any) -> bool:
    """Tell whether a citizen's password was checked in this request."""
    return IAnnotations(request).get(_CHECKED) is not None


def begin_session_if_citizen(request: Any, now: datetime) -> sessions.Ticket | None:
    """Begin a session where Plone's form just let a citizen in, else None."""
    account = IAnnotations(request).get(_CHECKED)
    return None if account is None else begin_session(request, account, now)


def log_out(session: sessions.Session, now: datetime) -> None:
    """End the session at once."""
    sessions.end(session.ticket)
    account = query_account(session.account_id)
    history.record(account, history.Event.LOGOUT, session.record.client, now)


def _hand_over(request: Any, account: Any, ticket: sessions.Ticket) -> sessions.Ticket:
    set_ticket(request, ticket)
    remember_device(request, account)
    return ticket


def check_member(
    request: Any, name: str, check: Callable[[], Found | None], now: datetime
) -> Found:
    """Return what the check of a member's password finds; it is no citizen's.

    Guessing is slowed down as for citizens. Raises TooManyAttempts or LoginRefused.
    """
    return _slowed(request, name, check, now)


def check_header(
    request: Any, name: str, check: Callable[[], Found | None], now: datetime
) -> Found:
    """Return what the check of a password finds that may come with many requests at once.

    So only what was wrong is counted. Raises TooManyAttempts or LoginRefused.
    """
    attempt = _attempt(request, name)
    _demand_no_pause(guesses.pause(attempt, now))
    found = check()
    if found is None:
        guesses.begin(attempt, now)
        guesses.failed(attempt)
        raise LoginRefused
    return found


def remember_pause(request: Any, refused: TooManyAttempts) -> None:
    """Note that the password of the request was not even looked at."""
    IAnnotations(request)[_PAUSE] = refused


def query_pause(request: Any) -> TooManyAttempts | None:
    """Return why the password of the request was not looked at, or None."""
    found: TooManyAttempts | None = IAnnotations(request).get(_PAUSE)
    return found


def _check(request: Any, address: str, password: str, now: datetime) -> Any:
    return _slowed(
        request, address, lambda: check_password(address, password, now), now
    )


def _slowed(
    request: Any, name: str, check: Callable[[], Found | None], now: datetime
) -> Found:
    attempt = _attempt(request, name)
    _demand_no_pause(guesses.begin(attempt, now))
    try:
        found = check()
    except Exception:
        guesses.given_up(attempt, now)
        raise
    if found is None:
        guesses.failed(attempt)
        raise LoginRefused
    guesses.succeeded(attempt, now)
    return found


def _attempt(request: Any, name: str) -> guesses.Attempt:
    network = guesses.network_of(request.getClientAddr())
    return guesses.Attempt(name, network, is_known_device(request, name))


def _demand_no_pause(pause: float) -> None:
    if pause > 0:
        audit.record("login-throttled")
        raise TooManyAttempts(pause)
