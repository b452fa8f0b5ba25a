"""The data of the account through plone.restapi."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.dataaccess.export import service
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from zExceptions import Unauthorized


class ExportedData(PortalService):
    """POST @servicekonto-export: what daten.json of the export holds."""

    texts = ("password",)

    def answer(self):
        """Return the data of the citizen whose session it is, for the password."""
        session = current_session()
        if session is None:
            raise Unauthorized
        account = query_account(session.account_id)
        password = self.sent().get("password", "")
        try:
            login.check_again(self.request, account, password, now())
        except login.TooManyAttempts as refused:
            self.request.response.setHeader("Retry-After", str(refused.seconds))
            raise Refused(429, "TooManyAttempts", refused.message) from None
        except login.LoginRefused as refused:
            raise Incorrect({"password": refused.message}) from None
        audit.record("exported", account.id)
        return service.document(account, session.level, self.translate, now())
