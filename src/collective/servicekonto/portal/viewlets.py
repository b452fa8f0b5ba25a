"""What the portal adds to the pages of the site, and how its own pages differ."""

from collective.servicekonto import _
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.web import IPortalPage
from dataclasses import dataclass
from html import escape
from plone import api
from plone.app.i18n.locales.browser.selector import LanguageSelector
from plone.app.layout.viewlets.common import PathBarViewlet
from plone.app.layout.viewlets.common import PersonalBarViewlet
from plone.app.layout.viewlets.common import TitleViewlet
from plone.app.layout.viewlets.common import ViewletBase
from Products.CMFCore.permissions import View
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getUtilitiesFor
from zope.i18n import translate
from zope.interface import Interface
import plone.app.layout.viewlets as plone_viewlets


CITIZEN = "Citizen"

LANDING_PAGE = "view"


def is_citizen() -> bool:
    """Tell whether a citizen is logged in."""
    return CITIZEN in api.user.get_current().getRoles()


class IHeaderLink(Interface):
    """Named utility of each module that offers citizens a page on all pages."""

    def __call__():
        """Return a HeaderLink for the citizen who is logged in."""


@dataclass(frozen=True)
class HeaderLink:
    """``page`` is below the portal; ``number`` of what ``counted`` says, 0 for none."""

    page: str
    text: Any
    number: int = 0
    counted: Any = ""


class AccountViewlet(ViewletBase):
    """Links to what is one's own and to logging out, or to the log-in of citizens.

    Nothing is shown to staff, and nothing before visitors can see a Bürgerportal.
    """

    @property
    def wrapping(self) -> str:
        """Keep to one line where Plone's own link to the log-in is not beside it."""
        return "text-nowrap" if IPortalPage.providedBy(self.view) else ""

    def links(self) -> list[dict]:
        """Return address, text and number of each link."""
        portal = query_portal()
        if portal is None:
            return []
        return [
            {
                "href": link(portal, one.page),
                "text": one.text,
                "number": one.number,
                "counted": one.counted,
            }
            for one in _header_links(portal)
        ]


def _header_links(portal: Any) -> list[HeaderLink]:
    if is_citizen():
        of_modules = [one() for _name, one in getUtilitiesFor(IHeaderLink)]
        return [
            *of_modules,
            HeaderLink("mein-bereich", _("Mein Bereich")),
            HeaderLink("abmelden", _("Log out")),
        ]
    if api.user.is_anonymous() and api.user.has_permission(View, obj=portal):
        return [HeaderLink("anmelden", _("Servicekonto: log in"))]
    return []


class NoStaffLoginViewlet(ViewletBase):
    """Plone's own link to the log-in is for the staff: not on pages of citizens."""

    def render(self) -> str:
        """Return nothing."""
        return ""


class CitizensLoginViewlet(ViewletBase):
    """Tells citizens who met the log-in of the staff where their own is."""

    def links(self) -> list[dict]:
        """Return address and text of each link; none while nobody sees a portal."""
        portal = query_portal()
        if portal is None or not api.user.has_permission(View, obj=portal):
            return []
        return [
            {"href": link(portal, "anmelden"), "text": _("Log in to the Servicekonto")},
            {
                "href": link(portal, "passwort-vergessen"),
                "text": _("Forgot the password of your Servicekonto?"),
            },
        ]


class PortalTitleViewlet(TitleViewlet):
    """Names the window after the page, not only after the portal."""

    @property
    def page_title(self) -> str:
        """The heading of the page, which says at once that something is wrong."""
        heading = translate(self.view.label, context=self.request)
        if not heading:
            return super().page_title
        if not self.view.has_errors:
            return escape(heading)
        title = _("Error: ${heading}", mapping={"heading": heading})
        return escape(translate(title, context=self.request))


class PortalPathViewlet(PathBarViewlet):
    """Names the page behind what it belongs to, which is a link then.

    A page that is called the same is not named twice.
    """

    def update(self) -> None:
        """Add the page to the path."""
        super().update()
        title = translate(self.view.label, context=self.request)
        last = self.breadcrumbs[-1]["Title"] if self.breadcrumbs else None
        if self.view.__name__ != LANDING_PAGE and title != last:
            self.breadcrumbs = (*self.breadcrumbs, {"Title": title})


class PortalLanguagesViewlet(LanguageSelector):
    """Shows the same page in another language, not the start of the portal."""

    def href(self, language: str) -> str:
        """Return the address of the page in this language."""
        return self.view.link(self.view.this_page(set_language=language))


class MembertoolsViewlet(PersonalBarViewlet):
    """Plone's menu of a member's settings, for everybody but citizens."""

    index = ViewPageTemplateFile("membertools.pt", plone_viewlets.__path__[0])

    def render(self) -> str:
        """Return the menu, or nothing."""
        return "" if is_citizen() else super().render()
