"""What citizens read when the server's disk is full: nothing was saved, and why."""

from collective.servicekonto import _
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.web import PortalView
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import errno
import Products.CMFPlone.browser as plone_browser


_FULL = (errno.ENOSPC, errno.EDQUOT)

# After so many seconds it may be worth another try.
LATER = 600


class NoSpaceView(ExceptionView):
    """Explains a full disk on pages of the portal; shows all else as Plone does."""

    index = ViewPageTemplateFile(
        "templates/error_message.pt", plone_browser.__path__[0]
    )

    def __call__(self):
        """Return the page. The transaction was undone before."""
        portal = query_portal()
        if self.context.errno not in _FULL or portal is None:
            return super().__call__()
        self.request.response.setHeader("Retry-After", str(LATER))
        page = PortalView(portal, self.request)
        page.__name__ = self.__name__
        return page.message(
            _("At the moment nothing can be saved"),
            _(
                "Our server has no space left. Nothing was changed. Please go back in "
                "your browser: usually your entries are still there. Then try again "
                "later."
            ),
            status=503,
        )
