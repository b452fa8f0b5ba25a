"""Logging in and out through plone.restapi."""

from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.clock import now
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
from plone.restapi.services.auth.login import Login as PloneLogin
from plone.restapi.services.auth.logout import Logout as PloneLogout
from zope.i18n import translate
from zope.interface import alsoProvides


class Login(PloneLogin):
    """POST @login: citizens get a token that names their session on the server."""

    def reply(self):
        """Return the token, or Plone's own answer for everybody else."""
        data = json_body(self.request)
        address, password = data.get("login"), data.get("password")
        if not isinstance(address, str) or "@" not in address:
            return super().reply()
        alsoProvides(self.request, IDisableCSRFProtection)
        try:
            ticket = login.log_in(self.request, address, str(password), now())
        except login.TooManyAttempts as refused:
            return self._refuse(429, "Too many attempts", refused)
        except login.LoginRefused:
            return super().reply()
        return {"token": bearer.encode(ticket)}

    def _refuse(self, status: int, kind: str, refused: login.LoginRefused):
        self.request.response.setStatus(status)
        if isinstance(refused, login.TooManyAttempts):
            self.request.response.setHeader("Retry-After", str(refused.seconds))
        message = translate(refused.message, context=self.request)
        return {"error": {"type": kind, "message": message}}


class LoginRenew(Service):
    """POST @login-renew: a token with the present activity."""

    def reply(self):
        """Return the new token; Plone's own users use their own service."""
        session = current_session()
        old = session.ticket
        renewed = Ticket(old.account_id, old.secret, int(now().timestamp()))
        return {"token": bearer.encode(renewed)}


class Logout(PloneLogout):
    """POST @logout: ends the session of a citizen at once."""

    def reply(self):
        """Answer 204, for citizens after ending their session."""
        session = current_session()
        if session is None:
            return super().reply()
        alsoProvides(self.request, IDisableCSRFProtection)
        login.log_out(session)
        return self.reply_no_content()
