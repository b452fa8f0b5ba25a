"""The data of the account through plone.restapi."""

from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.dataaccess.export import service
from collective.servicekonto.portal.rest import PortalService
from zExceptions import Unauthorized


class ExportedData(PortalService):
    """GET @servicekonto-export: what daten.json of the export holds."""

    def answer(self):
        """Return the data of the citizen whose session it is."""
        session = current_session()
        if session is None:
            raise Unauthorized
        return service.document(query_account(session.account_id), now())
