"""The notice on every page of a site that takes test cards."""

from collective.servicekonto.eid.settings import PREFIX
from collective.servicekonto.portal.service import query_portal
from plone import api
from plone.app.layout.viewlets.common import ViewletBase


class InventedNamesViewlet(ViewletBase):
    """Says that whoever has a test card gets an account with an invented name."""

    @property
    def available(self) -> bool:
        """Tell whether there is a portal that takes test cards.

        A site whose profile was not upgraded yet knows no such setting.
        """
        if query_portal() is None:
            return False
        name = f"{PREFIX}.allow_test_identities"
        return bool(api.portal.get_registry_record(name, default=False))
