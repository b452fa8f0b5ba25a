"""What the portal adds to the pages of the site, for citizens who are logged in."""

from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import query_portal
from plone import api
from plone.app.layout.globals.context import ContextState
from plone.app.layout.viewlets.common import TitleViewlet
from plone.app.layout.viewlets.common import ViewletBase
from zope.i18n import translate


CITIZEN = "Citizen"


def is_citizen() -> bool:
    """Tell whether a citizen is logged in."""
    return CITIZEN in api.user.get_current().getRoles()


class AccountViewlet(ViewletBase):
    """Links to Mein Bereich and to logging out; nothing for other visitors."""

    def available(self) -> bool:
        """Tell whether there is something to show."""
        return is_citizen() and query_portal() is not None

    def link(self, page: str) -> str:
        """Return the public address of a page of the portal."""
        return link(query_portal(), page)


class PortalTitleViewlet(TitleViewlet):
    """Names the window after the page, not only after the portal."""

    @property
    def page_title(self) -> str:
        """The heading of the page."""
        return translate(self.view.label, context=self.request) or super().page_title


class CitizenContextState(ContextState):
    """Shows the toolbar of the CMS to everybody but citizens."""

    def is_toolbar_visible(self) -> bool:
        """Tell whether the toolbar is shown."""
        return not is_citizen() and super().is_toolbar_visible()
