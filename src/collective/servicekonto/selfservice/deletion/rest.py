"""The end of an account, through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import LinkRefused
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import lock_time
from collective.servicekonto.selfservice.deletion import service
from collective.servicekonto.store.tokens import TokenRefused


class Deletion(PortalService):
    """GET @servicekonto-deletion: what would be deleted, and when."""

    def answer(self):
        """Return it in words, and the moment."""
        account = query_account(own_session().account_id)
        portal = get_portal()
        return {
            "@id": link(portal, "@servicekonto-deletion"),
            "contents": [*map(self.translate, service.what_goes(account))],
            "warnings": [*map(self.translate, service.warnings(account))],
            "lock_days": lock_time(portal).days,
            "final": service.deletion_moment(account, now()).isoformat(),
        }


class RequestDeletion(PortalService):
    """POST @servicekonto-deletion: delete the account."""

    texts = ("password",)
    flags = ("confirmed",)

    def answer(self):
        """Answer 202 with the moment of the deletion; 400 or 429."""
        account, sent = query_account(own_session().account_id), self.sent()
        wish = service.Wish(
            sent.get("password", ""),
            sent.get("confirmed", False),
            current_session().level,
        )
        try:
            final = service.request_deletion(self.request, account, wish, now())
        except service.WishRefused as refused:
            raise Incorrect(refused.problems) from None
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        message = _("All sessions are over, and nobody can log in any more.")
        answer = {"message": self.translate(message), "final": final.isoformat()}
        return self.accepted(202, answer)


class Keep(PortalService):
    """POST @servicekonto-deletion-undo: keep the account, with the link of the mail."""

    texts = ("token",)

    def answer(self):
        """Answer 200, or 410."""
        try:
            service.keep(self.sent().get("token", ""), now())
        except TokenRefused as refused:
            message = _(
                "Perhaps you used it already: then please log in. Or the time is "
                "over, and the Servicekonto is deleted."
            )
            raise LinkRefused(refused, message) from None
        message = _("It is not deleted. You can log in again as before.")
        return {"message": self.translate(message)}
