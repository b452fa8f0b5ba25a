"""The notice on every page of a site that takes test cards."""

from collective.servicekonto.accounts.invented import are_allowed
from collective.servicekonto.portal.service import query_portal
from plone.app.layout.viewlets.common import ViewletBase


class InventedNamesViewlet(ViewletBase):
    """Says that whoever has a test card gets an account with an invented name."""

    @property
    def available(self) -> bool:
        """Tell whether there is a portal that takes test cards."""
        return query_portal() is not None and are_allowed()
