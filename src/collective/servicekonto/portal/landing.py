"""The landing page of the portal, and the wording of its declarations."""

from collective.servicekonto import _
from collective.servicekonto.portal.declarations import declaration
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.waiting import WaitingShown
from collective.servicekonto.portal.web import PortalView
from dataclasses import dataclass
from plone import api
from Products.CMFCore.permissions import ReviewPortalContent
from typing import Any
from zExceptions import NotFound
from zope.component import getUtilitiesFor
from zope.interface import Interface


_STATES = {
    "preparation": _(
        "In preparation: only the editors see this portal. To let citizens in, choose "
        "“Open for registration” in the menu “State”."
    ),
    "open": _("Open: everybody sees this portal, and citizens can register."),
    "closed": _(
        "Closed for registration: citizens can log in, but nobody can register."
    ),
}


class ILandingEntry(Interface):
    """Named utility of each module that the landing page leads to."""

    def __call__(portal):
        """Return a LandingEntry, or None where there is nothing to lead to."""


@dataclass(frozen=True)
class LandingEntry:
    """A part of the landing page; ``page`` is below the portal."""

    page: str
    title: Any
    text: Any
    link_text: Any


class LandingView(WaitingShown, PortalView):
    """Says what a Servicekonto is for, and offers registering and logging in."""

    def answer(self):
        """Return the page under the portal's own title."""
        self.label = self.context.title
        return self.index()

    @property
    def is_open(self) -> bool:
        """Tell whether new accounts can be registered."""
        return is_open(self.context)

    @property
    def is_citizen(self) -> bool:
        """Tell whether a citizen is logged in."""
        return is_citizen()

    @property
    def state_for_editors(self):
        """What the present state means, for those who may change it, else None."""
        if not api.user.has_permission(ReviewPortalContent, obj=self.context):
            return None
        return _STATES[api.content.get_state(self.context)]

    def entries(self) -> list[LandingEntry]:
        """Return what the modules lead to."""
        found = (one(self.context) for _name, one in getUtilitiesFor(ILandingEntry))
        return [one for one in found if one is not None]

    @property
    def text(self) -> str:
        """The introduction of the town, as safe HTML."""
        value = self.context.text
        return value.output_relative_to(self.context) if value else ""


class DeclarationView(PortalView):
    """Shows the wording of a declaration, the present one or an earlier version."""

    carried = ("fassung",)

    def answer(self):
        """Return the page, or say that there is no such wording."""
        reference = self.request.form.get("fassung", "")
        self.declaration = declaration(self.context, str(reference))
        if self.declaration is None:
            raise NotFound
        self.label = self.translate(self.declaration.title)
        return self.index()
