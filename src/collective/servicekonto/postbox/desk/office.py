"""The page of an office that everybody can read, and the way to it for its staff."""

from collective.servicekonto import _
from collective.servicekonto.offices.service import may_answer
from collective.servicekonto.offices.service import own_offices
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.silent import SilentViewlet
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.postbox.desk import service
from plone import api
from Products.CMFCore.permissions import ModifyPortalContent
from Products.Five.browser import BrowserView


class OfficeView(BrowserView):
    """Where the office is, and when it is open."""

    to_portal = _("To the Bürgerportal")

    @property
    def works_here(self) -> bool:
        """Tell whether the user works for the office."""
        return may_answer(self.context)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to read about the office."""
        office = self.context
        return not (office.description or office.contact or office.hours)

    @property
    def may_edit(self) -> bool:
        """Tell whether the user can change that."""
        return bool(api.user.has_permission(ModifyPortalContent, obj=self.context))

    @property
    def portal_link(self) -> str:
        """The address of the Bürgerportal."""
        return link(get_portal())


class DeskViewlet(SilentViewlet):
    """Leads the staff to the messages of their offices, from every page of the site."""

    label = _("Messages of the citizens")
    page = "nachrichten"

    @property
    def available(self) -> bool:
        """Tell whether somebody of the staff is logged in."""
        return not (api.user.is_anonymous() or is_citizen())

    def links(self) -> list[dict]:
        """Return address and text of the link to each office."""
        offices = self.offices()
        return [
            {
                "href": f"{office.absolute_url()}/{self.page}",
                "text": self.text(office, is_only=len(offices) == 1),
            }
            for office in offices
        ]

    def offices(self) -> list:
        """Return the offices to which links lead."""
        return own_offices()

    def text(self, office, is_only: bool):
        """Return the text of the link to an office."""
        number = service.count_open(office)
        if is_only:
            return _("Messages of the citizens (${number})", mapping={"number": number})
        return _(
            "Messages: ${office} (${number})",
            mapping={"office": office.title, "number": number},
        )
