"""The forgotten password and a new one, through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.clock import now
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import LinkRefused
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.selfservice.password import service
from collective.servicekonto.store.tokens import TokenRefused
from plone import api


class RequestReset(PortalService):
    """POST @servicekonto-password-reset: the password is forgotten."""

    texts = ("email",)

    def answer(self):
        """Answer 202, the same for every address."""
        address = self.sent().get("email", "")
        try:
            service.request_reset(address, api.portal.get_current_language(), now())
        except AddressProblem as problem:
            raise Incorrect({"email": problem.message}) from None
        message = _(
            "We are sending an e-mail to this address. Please look in your spam "
            "folder, too. It can take a few minutes."
        )
        return self.accepted(202, {"message": self.translate(message)})


class NewPassword(PortalService):
    """POST @servicekonto-password: a new password, with the link of the mail."""

    texts = ("token", "password", "repetition")

    def answer(self):
        """Answer 200, 400 for a password that is refused, or 410."""
        try:
            self._set_password()
        except service.PasswordRefused as refused:
            raise Incorrect(refused.problems) from None
        except TokenRefused as refused:
            message = _(
                "Please request a new link. Only the link in the newest mail works."
            )
            raise LinkRefused(refused, message) from None
        message = _(
            "You were logged out everywhere. Please log in with the new password."
        )
        return {"message": self.translate(message)}

    def _set_password(self) -> None:
        sent = self.sent()
        password, repetition = sent.get("password", ""), sent.get("repetition", "")
        service.reset_password(sent.get("token", ""), password, repetition, now())


class OwnPassword(PortalService):
    """POST @servicekonto-own-password: another password, in Mein Bereich."""

    texts = ("present_password", "password", "repetition")

    def answer(self):
        """Answer with the token of the session that goes on; 400 or 429."""
        session, sent = own_session(), self.sent()
        typed = service.PasswordChange(*(sent.get(name, "") for name in self.texts))
        try:
            ticket = service.change_password(self.request, session, typed, now())
        except service.PasswordRefused as refused:
            raise Incorrect(refused.problems) from None
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        message = _("Your new password is saved. All other devices were logged out.")
        return {"message": self.translate(message), "token": bearer.encode(ticket)}
