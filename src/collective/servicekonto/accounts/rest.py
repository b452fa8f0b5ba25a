"""Logging in and out through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.sessions import prolonged
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import check_is_json
from collective.servicekonto.portal.rest import check_not_forged
from collective.servicekonto.portal.rest import json_object
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services.auth.login import Login as PloneLogin
from plone.restapi.services.auth.logout import Logout as PloneLogout
from plone.restapi.services.auth.renew import Renew as PloneRenew
from zExceptions import Unauthorized
from zope.i18n import translate
from zope.interface import alsoProvides


class Login(PloneLogin):
    """POST @login: citizens get a token that names their session on the server.

    Answers have the form of Plone's own, so that its clients understand them.
    """

    def reply(self):
        """Return the token, or Plone's own answer for everybody else."""
        self.request.response.setHeader("Cache-Control", "no-store")
        try:
            data = json_object(self.request)
        except Refused as refused:
            return self._refuse(refused.status, refused.kind, refused.message)
        name, password = data.get("login"), data.get("password")
        if not isinstance(name, str) or not isinstance(password, str):
            message = _("Please send login and password as text.")
            return self._refuse(400, "Missing credentials", message)
        try:
            return self._members_answer(name) or self._log_in(name, password)
        except Refused as refused:
            return self._refuse(refused.status, refused.kind, refused.message)
        except login.TooManyAttempts as refused:
            self.request.response.setHeader("Retry-After", str(refused.seconds))
            return self._refuse(429, "Too many attempts", refused.message)
        except login.LoginRefused as refused:
            return self._refuse(401, "Invalid credentials", refused.message)

    def _members_answer(self, name: str) -> dict | None:
        """Let Plone's own members in; they may log in with an address as well.

        Return None where it may be a citizen. Raises TooManyAttempts or LoginRefused.
        """
        if self._find_userfolder(name) is None:
            return None
        try:
            return login.check_member(self.request, name, self._ask_plone, now())
        except login.TooManyAttempts:
            raise
        except login.LoginRefused:
            if "@" not in name:
                raise
            return None

    def _ask_plone(self) -> dict | None:
        answer: dict = super().reply()
        if self.request.response.getStatus() != 401:
            return answer
        self.request.response.setStatus(200)
        return None

    def _log_in(self, address: str, password: str) -> dict:
        check_is_json(self.request)
        alsoProvides(self.request, IDisableCSRFProtection)
        ticket = login.log_in(self.request, address, password, now())
        return {"token": bearer.encode(ticket)}

    def _refuse(self, status: int, kind: str, message) -> dict:
        return _error(self.request, status, kind, message)


def own_session() -> Session:
    """Return the session of the citizen who sends the request.

    Raises Unauthorized, which plone.restapi answers with 401.
    """
    session = current_session()
    if session is None:
        raise Unauthorized
    return session


class Paused(Refused):
    """After too many wrong passwords one has to wait."""

    def __init__(self, request, cause: login.TooManyAttempts) -> None:
        super().__init__(429, "TooManyAttempts", cause.message, seconds=cause.seconds)
        request.response.setHeader("Retry-After", str(cause.seconds))


class LoginRenew(PortalService):
    """POST @servicekonto-session: a token with the present activity."""

    def answer(self):
        """Return the new token. The session's longest duration stays."""
        return {"token": _renewed(own_session())}


class Renew(PloneRenew):
    """POST @login-renew: for citizens the same as @servicekonto-session.

    Plone's own token would outlive their session.
    """

    def reply(self):
        """Return the new token, or Plone's own answer for everybody else."""
        self.request.response.setHeader("Cache-Control", "no-store")
        session = current_session()
        if session is None:
            return super().reply()
        try:
            check_not_forged(self.request)
        except Refused as refused:
            return _error(self.request, refused.status, refused.kind, refused.message)
        return {"token": _renewed(session)}


class Logout(PloneLogout):
    """POST @logout: ends the session of a citizen at once."""

    def reply(self):
        """Answer 204, for citizens after ending their session."""
        session = current_session()
        if session is None:
            return super().reply()
        try:
            check_not_forged(self.request)
        except Refused as refused:
            return _error(self.request, refused.status, refused.kind, refused.message)
        login.log_out(session, now())
        return self.reply_no_content()


def _renewed(session: Session) -> str:
    return bearer.encode(prolonged(session, now()))


def _error(request, status: int, kind: str, message) -> dict:
    request.response.setStatus(status)
    return {"error": {"type": kind, "message": translate(message, context=request)}}
