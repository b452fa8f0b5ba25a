"""What citizens take with them from an application."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.services.applications import links
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications import words
from collective.servicekonto.services.applications.citizen.own import ApplicationPage
from collective.servicekonto.services.applications.citizen.own import office_of
from collective.servicekonto.store.tokens import TokenRefused
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


# What the button says that asks for the PDF.
PDF = "pdf"

_LATER = _("The PDF is not ready yet")
_LATER_TEXT = _(
    "Your application has arrived. Its PDF is made later, usually within an hour."
)


class FileView(ApplicationPage):
    """One of the files of an application."""

    def show(self):
        """Send the file with the number of the address, counted from 1."""
        number = self.text("nummer")
        files = self.application.files
        if not number.isdecimal() or not 0 < int(number) <= len(files):
            return self.refuse(
                _("This file does not exist"),
                _("Please open the application and choose one of its files there."),
                404,
            )
        file = files[int(number) - 1]
        if not scans.is_clear(file):
            return self.refuse(
                _("This file is being checked"),
                _("It is checked for malicious software. Please try again later."),
                409,
            )
        return send(file.attachment, self.request)


class PaperView(ApplicationPage):
    """An application as PDF."""

    def show(self):
        """Send the PDF."""
        if self.application.paper is None:
            return self.refuse(_LATER, _LATER_TEXT, 409)
        return send(self.application.paper, self.request)


class CopyView(PortalView):
    """How an application without an account stands, and its PDF, by the link of a mail."""

    label = _("Your application")
    carried = ("token",)
    template = ViewPageTemplateFile("copy.pt")
    application: Any = None

    def index(self):
        """Return a page with the button: what only looks into mails presses none."""
        return self._with_application(lambda _found: self.template())

    def act(self):
        """Send the PDF, or show how it stands."""
        return self._with_application(self._use)

    @property
    def language(self) -> str:
        """The language of the page."""
        return str(api.portal.get_current_language())

    def state_title(self) -> str:
        """Return what its state is called."""
        return self.translate(service.title(service.state(self.application)))

    def next_steps(self) -> list[Any]:
        """Say what happens next."""
        state = service.state(self.application)
        due = self.application.due
        return words.what_comes_without_account(state, due, self.language)

    def note(self) -> str:
        """Return what the office said about the last change."""
        return service.steps(self.application)[-1].note

    def office(self) -> dict[str, Any]:
        """Return whom one can ask."""
        return office_of(self.application)

    def _with_application(self, answer) -> Any:
        token = self.request.form.get("token", "")
        try:
            found = links.application_of(token if isinstance(token, str) else "", now())
        except TokenRefused:
            return self.message(
                _("This link is not valid any more"),
                _(
                    "Such a link is valid for ${days} days. If you need the copy, please "
                    "ask the office.",
                    mapping={"days": links.VALID.days},
                ),
                status=404,
            )
        return answer(found)

    def _use(self, application: Any) -> Any:
        links.note_use(application)
        if self.request.form.get("was") != PDF:
            self.application = application
            return self.template()
        if application.paper is None:
            return self.message(_LATER, _LATER_TEXT, status=409)
        return send(application.paper, self.request)
