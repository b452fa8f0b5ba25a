"""What the pages about applications have in common."""

from collective.servicekonto import _
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.postbox.desk.pages import DeskPage
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.words import when
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases import staff
from collective.servicekonto.services.cases.rules import is_overdue
from collective.servicekonto.services.cases.service import Case
from typing import Any
from urllib.parse import urlencode


# Entries of addresses and forms.
APPLICATION = "antrag"


class CasesPage(DeskPage):
    """A page about the applications to an office."""

    for_staff_only = _("These applications are for the staff of this office only")

    def answer(self):
        """Return the page, or say that the application is not there."""
        try:
            return super().answer()
        except service.NoCase:
            return self.no_case()

    def no_case(self):
        """Say that there is no such application."""
        return self.message(
            _("This application is not there"),
            _(
                "Your office has no such application, or no such file. It may have been "
                "deleted because its time was over."
            ),
            page="vorgaenge",
            link_text=_("To the applications"),
            status=404,
        )

    def case(self) -> Case:
        """Return the case that the address names. Raises NoCase."""
        return service.get_case(self.context, self.entry(APPLICATION), self.today)

    def case_page(self, application: Any, page: str = "vorgang", **more: str) -> str:
        """Return the name of a page about the application, with its entries."""
        return f"{page}?{urlencode({APPLICATION: application.id} | more)}"

    def case_link(self, application: Any, page: str = "vorgang", **more: str) -> str:
        """Return the address of a page about the application."""
        return self.link(self.case_page(application, page, **more))

    def state_title(self, state: str) -> str:
        """Return what the site calls the state."""
        return self.translate(applications.title(state))

    def row(self, application: Any) -> dict[str, Any]:
        """Return what a list says of an application."""
        due = application.due
        return {
            "id": application.id,
            "version": service.version(application),
            "href": self.case_link(application),
            "title": application.title,
            "number": application.number,
            "state": self.state_title(applications.state(application)),
            "submitted": self.translate(when(application.submitted, self.language)),
            "due": self.day(due) if due else "",
            "overdue": self.is_overdue(application),
            "assigned": staff.name(application.assigned),
        }

    def is_overdue(self, application: Any) -> bool:
        """Tell whether it should have been decided already."""
        is_open = not applications.is_decided(applications.state(application))
        return is_open and is_overdue(application.due, self.today)


class CasesView(CasesPage, PortalView):
    """A page about applications with a template of its own."""
