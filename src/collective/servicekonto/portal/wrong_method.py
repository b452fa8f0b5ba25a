"""What Zope answers to methods that no page of ours has, such as PROPFIND.

It looks for objects and finds none where a page is: that is no failure of ours.
"""

from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.web import METHODS
from collective.servicekonto.portal.web import PortalView
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import Products.CMFPlone.browser as plone_browser


class WrongMethodView(ExceptionView):
    """Says which methods there are; shows all else as Plone does."""

    index = ViewPageTemplateFile(
        "templates/error_message.pt", plone_browser.__path__[0]
    )

    def __call__(self):
        """Return the page."""
        if IAPIRequest.providedBy(self.request):
            return ErrorHandling(self.context, self.request)()
        portal = query_portal()
        if self.request.method in METHODS or portal is None or not self._is_step():
            return super().__call__()
        page = PortalView(portal, self.request)
        page.__name__ = self.__name__
        return page.wrong_method()

    def _is_step(self) -> bool:
        """Tell whether the error names the last part of the address and nothing else."""
        return self.context.args == (self.request["URL"].rpartition("/")[2],)
