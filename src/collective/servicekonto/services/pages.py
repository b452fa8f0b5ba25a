"""What the pages of a service have in common."""

from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.services.service import page_of


START = "view"


class ServicePage(PortalPage):
    """A page of the Bürgerportal that belongs to a service.

    ``link`` and ``redirect`` lead to pages of the portal as ever; ``own_page`` names
    those of the service.
    """

    def own_page(self, page: str = "") -> str:
        """Return a page of this service, for ``link`` and ``redirect``."""
        return page_of(self.context, page)

    def this_page(self, **entries: str) -> str:
        """Return the page as it was opened, with further entries of the address."""
        page = super().this_page(**entries)
        return self.own_page(page.removeprefix(START) if self.is_start else page)

    @property
    def is_start(self) -> bool:
        """Tell whether this is the page that the service begins with."""
        return self.__name__ == START


class ServiceView(ServicePage, PortalView):
    """A page of a service with a template of its own."""
