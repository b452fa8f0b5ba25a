"""Who fills in a form: a citizen with an account, or somebody in this browser."""

from AccessControl import getSecurityManager
from collective.servicekonto.accounts.cookies import get_ticket
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.selfservice.own import account_of_ended_session
from collective.servicekonto.selfservice.own import PERMISSION
from collective.servicekonto.services.filling import drafts
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
import secrets


COOKIE = "servicekonto_application"


@dataclass(frozen=True)
class Applicant:
    """``owner`` is whose draft it is, empty for a browser that has none yet.

    ``session`` is None where it has ended; then nothing of the account is shown.
    """

    owner: str = ""
    account: Any = None
    session: Session | None = None

    @property
    def level(self) -> TrustLevel | None:
        """The trust level of the session, None without."""
        return None if self.session is None else self.session.level

    @property
    def typing_level(self) -> TrustLevel:
        """The trust level of what comes from there; a session that is over had “niedrig”."""
        if self.session is not None:
            return self.session.level
        return TrustLevel.BASIS if self.account is None else TrustLevel.LOW

    @property
    def lifetime(self) -> timedelta:
        """For how long a draft is kept."""
        if self.account is None:
            return drafts.ANONYMOUS_LIFETIME
        return drafts.LIFETIME


def applicant(request: Any) -> Applicant:
    """Return who has sent the request."""
    session = current_session()
    allowed = getSecurityManager().checkPermission(PERMISSION, get_portal())
    if session is not None and allowed:
        account = query_account(session.account_id)
        return Applicant(account.id, account, session)
    return anonymous(request)


def anonymous(request: Any) -> Applicant:
    """Return whoever uses this browser, as somebody without account."""
    cookie = get_cookie(request, COOKIE)
    return Applicant(drafts.anonymous_owner(cookie)) if cookie else Applicant()


def is_logged_out(request: Any) -> bool:
    """Tell whether the browser holds a session that is over, for whatever reason.

    What is typed there may have been meant for the account.
    """
    return current_session() is None and get_ticket(request) is not None


def ended(request: Any) -> Applicant | None:
    """Return the citizen whose session ran out before the form was sent, or None."""
    account = account_of_ended_session(request)
    return None if account is None else Applicant(account.id, account)


def with_cookie(request: Any) -> Applicant:
    """Return somebody without account, whom the browser remembers from now on."""
    cookie = secrets.token_urlsafe(32)
    set_cookie(request, COOKIE, cookie)
    return Applicant(drafts.anonymous_owner(cookie))


def forget(request: Any) -> None:
    """Let the browser forget that somebody without account filled in forms."""
    expire_cookie(request, COOKIE)
