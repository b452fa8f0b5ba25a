"""The way to the applications for those who work on them, from every page of the site."""

from collective.servicekonto import _
from collective.servicekonto.postbox.desk.office import DeskViewlet
from collective.servicekonto.services.applications import lists


class CasesViewlet(DeskViewlet):
    """Leads the staff to the applications to their offices."""

    label = _("Applications")
    page = "vorgaenge"

    def offices(self):
        """Return those offices of the user that ever got an application."""
        return [
            one
            for one in super().offices()
            if lists.query_office(one.UID()) is not None
        ]

    def text(self, office, is_only):
        """Return the text of the link to an office."""
        if is_only:
            return _("Applications")
        return _("Applications: ${office}", mapping={"office": office.title})
