"""What programs of an office do with applications, below the Dienststelle."""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.desk.letter import Incorrect as LetterIncorrect
from collective.servicekonto.postbox.orders import KeyReused
from collective.servicekonto.postbox.rest import forms
from collective.servicekonto.postbox.rest import keys
from collective.servicekonto.postbox.rest.programs import FileService
from collective.servicekonto.postbox.rest.programs import incorrect
from collective.servicekonto.postbox.rest.programs import LETTER
from collective.servicekonto.postbox.rest.programs import letter_of
from collective.servicekonto.postbox.rest.programs import LetterService
from collective.servicekonto.postbox.rest.programs import OfficeService
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases import programs
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.rest import shown
from collective.servicekonto.services.cases.service import Case
from dataclasses import replace
from typing import Any


NAME = "@servicekonto-applications"

# In the place of the id of a file.
PDF = "pdf"


class ApplicationsService(OfficeService):
    """A service about the applications to the office. Subclasses implement ``work``."""

    def act(self):
        """Work for the office, or say why not."""
        try:
            return self.work()
        except service.NoCase:
            message = _("There is no such application (any more).")
            raise Refused(404, "Unknown", message) from None
        except service.ChangedMeanwhile:
            message = _("Somebody else has worked on this application meanwhile.")
            raise Refused(409, "ChangedMeanwhile", message) from None
        except KeyReused:
            raise keys.KeyRefused from None

    def case(self, application_id: str) -> Case:
        """Return the application with this id. Raises NoCase."""
        return service.get_case(self.context, application_id, now().date())

    def address(self, application: Any) -> str:
        """Return the public address of the application."""
        return self.link(f"{NAME}/{application.id}")


class Read(ApplicationsService, FileService):
    """GET @servicekonto-applications: what came or changed since the cursor.

    With ``/ID`` it is one application, with ``/ID/FILE`` a file of it, and with
    ``/ID/pdf`` all of it as PDF.
    """

    def work(self):
        """Return the page, or the application, or find the file."""
        if not self.path:
            page = programs.changed(self.context, self.cursor(), now())
            items = [shown.summary(one, self.address(one)) for one in page.items]
            return self.page(NAME, page, items)
        if len(self.path) == 1:
            return self._whole()
        application_id, name = self.parts(2)
        self._find(self.case(application_id), name)
        return {}

    def _whole(self):
        case = service.read_case(self.context, self.path[0], now().date())
        return shown.whole(case, self.address(case.application))

    def _find(self, case: Case, name: str) -> None:
        if name == PDF:
            self.attachment = service.get_paper(self.context, case)
            return
        try:
            self.attachment = service.get_file(self.context, case, name)
        except service.NotScanned:
            message = _("The file has still to be checked for malicious software.")
            raise Refused(409, "NotScanned", message) from None


class Change(ApplicationsService):
    """PATCH @servicekonto-applications/ID: bring it into another state."""

    texts = ("state", "note", "version")

    def _check_form(self) -> None:
        keys.demand_key(self.request)
        super()._check_form()

    def work(self):
        """Return the application as it is now."""
        (application_id,) = self.parts(1)
        sent = self.sent()
        case = self.case(application_id)
        try:
            programs.change(
                self.context,
                case,
                sent.get("state", ""),
                sent.get("note", ""),
                sent.get("version", ""),
                now(),
                keys.demand_key(self.request),
            )
        except service.ChangeRefused:
            possible = ", ".join(service.possible_changes(case))
            message = _("Possible are: ${words}.", mapping={"words": possible})
            raise Incorrect({"state": message}) from None
        changed = self.case(application_id)
        return shown.whole(changed, self.address(changed.application))


class Write(ApplicationsService, LetterService):
    """POST @servicekonto-applications/ID: write to the citizen about the application.

    A query lets the application wait for the answer; ``state`` is what a decision leads
    to.
    """

    texts = (*LETTER, "state", "version")

    def work(self):
        """Answer 201 with the message and the application."""
        (application_id,) = self.parts(1)
        sent = self.sent()
        case = self.case(application_id)
        message = self._send(case, sent)
        written = self.case(application_id)
        address = self.link(f"@servicekonto-messages/{message.id}")
        self.request.response.setHeader("Location", address)
        answer = {
            "@id": address,
            "id": message.id,
            "application": shown.summary(
                written.application, self.address(written.application)
            ),
        }
        return self.accepted(201, answer)

    def _send(self, case: Case, sent: dict[str, Any]) -> Any:
        letter = replace(letter_of(sent), attachments=self._attachments())
        try:
            return programs.write(
                self.context,
                case,
                letter,
                sent.get("state", ""),
                sent.get("version", ""),
                now(),
                keys.demand_key(self.request),
            )
        except LetterIncorrect as refused:
            raise incorrect(refused) from None
        except letters.NoOutcome:
            possible = ", ".join(letters.outcomes(case))
            text = _("Possible are: ${words}.", mapping={"words": possible})
            raise Incorrect({"state": text}) from None
        except (letters.NoPostbox, NotActive):
            text = _("This citizen has no Postfach. Please write by post.")
            raise Refused(409, "NoPostbox", text) from None

    def _attachments(self) -> tuple[Any, ...]:
        return forms.attachments(forms.uploads(self.request), for_staff())
