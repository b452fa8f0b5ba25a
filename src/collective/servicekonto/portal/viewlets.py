"""What the portal adds to the pages of the site, for citizens who are logged in."""

from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import query_portal
from plone import api
from plone.app.layout.viewlets.common import PersonalBarViewlet
from plone.app.layout.viewlets.common import TitleViewlet
from plone.app.layout.viewlets.common import ViewletBase
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate
import plone.app.layout.viewlets as plone_viewlets


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


class MembertoolsViewlet(PersonalBarViewlet):
    """Plone's menu of a member's settings, for everybody but citizens."""

    index = ViewPageTemplateFile("membertools.pt", plone_viewlets.__path__[0])

    def render(self) -> str:
        """Return the menu, or nothing."""
        return "" if is_citizen() else super().render()
