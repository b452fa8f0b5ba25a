"""Requests in which Zope itself stumbles are no failures of the server.

Methods that no page has, such as PROPFIND: Zope looks for an object and finds none where
a page is. Half a character, which no text can hold: Plone looks for a user with it. And
a header Authorization that is no Base64.
"""

from collective.servicekonto import _
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.web import METHODS
from collective.servicekonto.portal.web import PortalView
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate
import json
import Products.CMFPlone.browser as plone_browser


class BadRequestView(ExceptionView):
    """Shows all else as Plone does."""

    index = ViewPageTemplateFile(
        "templates/error_message.pt", plone_browser.__path__[0]
    )

    def __call__(self):
        """Return the page, or JSON for programs."""
        if self.is_bad_request():
            return self.refuse()
        if IAPIRequest.providedBy(self.request):
            return ErrorHandling(self.context, self.request)()
        return super().__call__()

    def is_bad_request(self) -> bool:
        """Tell whether the error is one of the client."""
        raise NotImplementedError

    def refuse(self) -> Any:
        """Return what is said then."""
        raise NotImplementedError

    def page(self) -> PortalView:
        """Return a page of the portal."""
        page = PortalView(query_portal(), self.request)
        page.__name__ = self.__name__
        return page


class WrongMethodView(BadRequestView):
    """Says which methods a page has."""

    def is_bad_request(self) -> bool:
        """Tell whether the error names the last part of the address and nothing else."""
        is_known = self.request.method in METHODS or IAPIRequest.providedBy(
            self.request
        )
        step = self.request["URL"].rpartition("/")[2]
        return (
            not is_known and query_portal() is not None and self.context.args == (step,)
        )

    def refuse(self) -> Any:
        """Return the page."""
        return self.page().wrong_method()


class UnreadableView(BadRequestView):
    """Says that something cannot be read."""

    def is_bad_request(self) -> bool:
        """Tell whether a surrogate stands alone, or the header is broken."""
        is_half = getattr(self.context, "reason", "") == "surrogates not allowed"
        return query_portal() is not None and (is_half or self._is_header_broken())

    def refuse(self) -> Any:
        """Return the page, or JSON."""
        label = _("This cannot be read")
        text = _(
            "There is half a character in what was sent, or the header Authorization is "
            "broken. Nothing was changed."
        )
        if not IAPIRequest.providedBy(self.request):
            return self.page().message(label, text, status=400)
        response = self.request.response
        response.setStatus(400, lock=1)
        response.setHeader("Content-Type", "application/json")
        message = translate(text, context=self.request)
        response.setBody(json.dumps({"type": "Malformed", "message": message}), lock=1)
        return None

    def _is_header_broken(self) -> bool:
        try:
            self.request._authUserPW()
        except ValueError:
            return True
        return False
