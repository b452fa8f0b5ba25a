"""The notice on every page of a site that takes test cards."""

from collective.servicekonto.accounts.invented import are_allowed
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.silent import SilentViewlet


class InventedNamesViewlet(SilentViewlet):
    """Says that whoever has a test card gets an account with an invented name."""

    @property
    def available(self) -> bool:
        """Tell whether there is a portal that takes test cards."""
        return are_allowed() and query_portal() is not None
