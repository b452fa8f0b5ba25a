"""EasyForm's own ways of sending a form, which a service does not have.

They would send without account, level, review and log.
"""

from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.services.service import page_of
from Products.Five.browser import BrowserView


class Closed(BrowserView):
    """Leads to the page of the service, whatever was sent."""

    def __call__(self, *ignored: object, **more: object) -> str:
        """Send the browser there."""
        address = link(get_portal(), page_of(self.context))
        self.request.response.redirect(address, status=303)
        return ""
