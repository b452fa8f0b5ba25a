"""Changing the e-mail address, through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.accounts.service import AddressTaken
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import LinkRefused
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.selfservice.email import service
from collective.servicekonto.store.tokens import TokenRefused


class OwnAddressService(PortalService):
    """A service about the address of the citizen whose session it is."""

    @property
    def account(self):
        """The citizen's own account. Raises Unauthorized."""
        return query_account(own_session().account_id)

    def state(self, account) -> dict:
        """Return the address in use and the one that waits for its confirmation."""
        pending = service.query_pending(account, now())
        return {
            "@id": link(get_portal(), "@servicekonto-email"),
            "email": account.email,
            "pending": pending
            and {
                "email": pending.address,
                "expires": pending.expires,
            },
        }


class Address(OwnAddressService):
    """GET @servicekonto-email: which address is in use."""

    def answer(self):
        """Return the state."""
        return self.state(self.account)


class RequestChange(OwnAddressService):
    """POST @servicekonto-email: begin a change of the address."""

    texts = ("email", "password")

    def answer(self):
        """Answer 202 with the state, the same for every address; 400 or 429."""
        account, sent = self.account, self.sent()
        address, password = sent.get("email", ""), sent.get("password", "")
        try:
            service.request_change(
                self.request,
                account,
                current_session().level,
                address,
                password,
                now(),
            )
        except service.ChangeRefused as refused:
            raise Incorrect(refused.problems) from None
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        return self.accepted(202, self.state(account))


class SendAgain(OwnAddressService):
    """POST @servicekonto-email-resend: mail the link once more."""

    def answer(self):
        """Answer 202 with the state."""
        account = self.account
        service.send_again(account, now())
        return self.accepted(202, self.state(account))


class CancelChange(OwnAddressService):
    """DELETE @servicekonto-email: call the change off. The address in use stays."""

    def answer(self):
        """Return the state."""
        account = self.account
        service.cancel(account)
        return self.state(account)


class LinkService(PortalService):
    """A service for the link of a mail."""

    texts = ("token",)

    def answer(self):
        """Act, or answer 410, or 409 where the address got another account."""
        try:
            message = self.act(self.sent().get("token", ""))
        except TokenRefused as refused:
            message = _("Only the link in the newest mail works, and only once.")
            raise LinkRefused(refused, message) from None
        except AddressTaken:
            message = _("There is another Servicekonto with this e-mail address.")
            raise Refused(409, "AddressTaken", message) from None
        return {"message": self.translate(message)}


class ConfirmChange(LinkService):
    """POST @servicekonto-email-confirmation: prove the new address."""

    def act(self, token: str):
        """Use the address; all sessions end."""
        service.confirm(token, now())
        return _("All devices were logged out. Please log in with the new address.")


class StopChange(LinkService):
    """POST @servicekonto-email-stop: keep the former address, or return to it."""

    def act(self, token: str):
        """Stop the change."""
        if service.stop(token, now()) is service.Stopped.TAKEN_BACK:
            return _(
                "Your former e-mail address is in use again. The password is not "
                "valid any more. Please choose a new one."
            )
        return _("The change was stopped. Your e-mail address stays as it is.")
