"""What citizens see of their applications, and what they can do with them."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.rest import forms
from collective.servicekonto.postbox.rest import keys
from collective.servicekonto.postbox.rest.base import OwnPostbox
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.rest import shown
from secrets import token_hex
from typing import Any


class NoSuchApplication(Refused):
    """The citizen has no such application (any more)."""

    def __init__(self) -> None:
        super().__init__(404, "Unknown", _("There is no such application (any more)."))


class OwnApplications(OwnPostbox):
    """A service about the applications of the citizen whose session it is."""

    @property
    def level(self) -> TrustLevel:
        """The trust level of the session."""
        return self.session.level

    def named_application(self, application_id: str) -> Any:
        """Return the citizen's application. Raises NoSuchApplication, or Refused."""
        try:
            return service.get_own(self.account, application_id, self.level)
        except service.NoApplication:
            raise NoSuchApplication from None
        except service.Locked as locked:
            raise Refused(
                403,
                "LevelTooLow",
                _("This application needs a log-in with a higher trust level."),
                required_level=locked.required.value,
                level=self.level.value,
            ) from None

    @property
    def named(self) -> Any:
        """The application that the address names. Raises NoSuchApplication, or Refused."""
        if len(self.path) != 1:
            raise NoSuchApplication
        return self.named_application(self.path[0])


class List(OwnApplications):
    """GET @servicekonto-own-applications: all of them, the newest first."""

    def act(self):
        """Return the list."""
        if self.path:
            raise NoSuchApplication
        return {
            "@id": link(get_portal(), shown.APPLICATIONS),
            "items": [
                shown.listed(one, self.level)
                for one in service.of_account(self.account)
            ],
        }


class Get(OwnApplications):
    """GET @servicekonto-own-application/ID: one with its course."""

    def act(self):
        """Return the application."""
        return {"application": shown.whole(self.named)}


class AddDocuments(OwnApplications):
    """POST @servicekonto-own-application-documents/ID: add files.

    multipart/form-data with parts ``files``. With a header Idempotency-Key they are
    added once, however often it is tried.
    """

    def _check_form(self) -> None:
        forms.check_form(self.request)

    def act(self):
        """Answer 201 with the application."""
        application = self.named
        files = forms.uploads(self.request)
        if not files:
            message = _("Please send at least one file.")
            raise Refused(400, "FilesMissing", message)
        mark = orders.fingerprint([application.id, forms.digests(files)])
        key = keys.query_key(self.request) or token_hex()

        def add() -> list[str]:
            attachments = forms.attachments(files, for_citizens())
            service.add_documents(application, attachments, now())
            return [application.id]

        try:
            orders.once(self.account.id, key, mark, now(), add)
        except orders.KeyReused:
            raise keys.KeyRefused from None
        except service.NoDocuments:
            message = _("No documents can be added")
            raise Refused(409, "NotPossible", message) from None
        return self.accepted(201, {"application": shown.whole(application)})


class Withdraw(OwnApplications):
    """POST @servicekonto-own-application-withdraw/ID: take it back."""

    def act(self):
        """Return the application as it is now."""
        application = self.named
        if service.state(application) != service.State.WITHDRAWN:
            try:
                service.withdraw(application, now())
            except service.ChangeRefused:
                message = _("The application cannot be withdrawn any more")
                raise Refused(409, "NotPossible", message) from None
        return {"application": shown.whole(application)}


class Download(OwnApplications):
    """GET @servicekonto-own-application-file/ID/FILE: a file, or the PDF."""

    attachment: Any = None

    def act(self):
        """Find the file."""
        if len(self.path) != 2:
            raise NoSuchApplication
        application = self.named_application(self.path[0])
        self.attachment = _query_file(application, self.path[1])
        if self.attachment is None:
            raise NoSuchApplication
        return {}

    def render(self):
        """Send the file in pieces, or say why not."""
        answer = super().render()
        if self.attachment is None:
            return answer
        return send(self.attachment, self.request)


def _query_file(application: Any, attachment_id: str) -> Any | None:
    """Return the PDF or a file that was scanned, None for neither."""
    clear = [one.attachment for one in application.files if scans.is_clear(one)]
    for one in (application.paper, *clear):
        if one is not None and one.id == attachment_id:
            return one
    return None
