"""The landing page of the portal, and the wording of its declarations."""

from collective.servicekonto.portal.declarations import declaration
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.web import PortalView
from plone import api
from zExceptions import NotFound


class LandingView(PortalView):
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
    def is_logged_in(self) -> bool:
        """Tell whether somebody is logged in."""
        return not api.user.is_anonymous()

    @property
    def text(self) -> str:
        """The introduction of the town, as safe HTML."""
        value = self.context.text
        return value.output_relative_to(self.context) if value else ""


class DeclarationView(PortalView):
    """Shows the wording of a declaration, the present one or an earlier version."""

    def answer(self):
        """Return the page, or say that there is no such wording."""
        reference = self.request.form.get("fassung", "")
        self.declaration = declaration(self.context, str(reference))
        if self.declaration is None:
            raise NotFound
        self.label = self.translate(self.declaration.title)
        return self.index()
