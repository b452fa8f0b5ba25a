"""One's own account, through plone.restapi."""

from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from zExceptions import Unauthorized


class OwnAccount(PortalService):
    """GET @servicekonto-account: what Mein Bereich shows."""

    def answer(self):
        """Return the details of the citizen whose session it is."""
        session = current_session()
        if session is None:
            raise Unauthorized
        account = query_account(session.account_id)
        return {
            "@id": link(get_portal(), "@servicekonto-account"),
            "salutation": account.salutation,
            "given_names": account.given_names,
            "family_name": account.family_name,
            "email": account.email,
        }
