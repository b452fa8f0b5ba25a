"""What the pages of a service have in common."""

from AccessControl import Unauthorized
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.services.service import page_of
from plone import api
from Products.CMFCore.permissions import ModifyPortalContent


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


class EditorPage(PortalPage):
    """A page for those who may change the service.

    Editors may work under another address than that of the citizens, so links and
    redirects name no host; they lead to pages of the service.
    """

    contact = ""

    def is_right_host(self) -> bool:
        """Every address at which the site is served is right."""
        return True

    def link(self, page: str = "") -> str:
        """Return the address of a page of the service, at the host of the request."""
        here: str = self.context.absolute_url_path()
        return f"{here}/{page}" if page else here

    def answer(self):
        """Return the page, or refuse it to those who may not change the service."""
        if not api.user.has_permission(ModifyPortalContent, obj=self.context):
            raise Unauthorized
        return super().answer()


class EditorForm(EditorPage, PortalForm):
    """A form for those who may change the service."""
