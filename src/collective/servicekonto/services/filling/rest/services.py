"""Filling in a form, and sending it: what a program does for a citizen."""

from collective.servicekonto import _
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import json_object
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.postbox.rest import forms
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.rest import shown as application
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import profile
from collective.servicekonto.services.filling import progress
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling import sending
from collective.servicekonto.services.filling.checking import check
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.entries import PREFIX
from collective.servicekonto.services.filling.rest import changes
from collective.servicekonto.services.filling.rest import shown
from collective.servicekonto.services.filling.rest.base import FillingService
from collective.servicekonto.services.filling.rest.changes import Changes
from typing import Any


class Get(FillingService):
    """GET @servicekonto-filling: what the form asks, and what is entered so far."""

    def act(self):
        """Return it; nothing is written."""
        self.demand_way()
        return self.whole()


class Writing(FillingService):
    """A service that changes the draft, and begins one where there is none."""

    def begin(self) -> None:
        """Begin a form unless there is one. Raises TooMuch."""
        if self.kept is None:
            progress.count_beginning(self.filling, self.moment)
            progress.begin(self.filling, self.moment)

    def note_progress(self) -> None:
        """Go on with the first page that is not complete, and count the others."""
        self.look_again()
        wrong = [page.number for page, _line in self.collected.problems]
        number = min(wrong, default=len(self.filling.pages) + 1)
        for reached in range(1, number + 1):
            progress.note_reached(self.filling, reached, self.moment)
        self.filling.draft.page = number


class Patch(Writing):
    """PATCH @servicekonto-filling: keep the values that are sent in the draft."""

    def act(self):
        """Return the form as it is now; 400, 409 or 429 where nothing is kept."""
        self.demand_way()
        wanted = changes.changes(json_object(self.request))
        self.begin()
        if wanted.kept_back is not None:
            changes.check_kept_back(self.filling, wanted.kept_back)
            progress.keep_back(self.filling, wanted.kept_back)
        changes.check_fields(self.filling, wanted)
        changes.check_rows(self.filling, wanted)
        form = changes.sent(self.filling, wanted)
        self._demand_seen(wanted, form)
        saving.keep(self.filling, form, self.moment)
        self._settle(wanted)
        self.note_progress()
        return self.whole()

    def _demand_seen(self, wanted: Changes, form: dict[str, Any]) -> None:
        filling = self.filling
        names = changes.changed_elsewhere(filling, wanted, form)
        if not names:
            return
        lines = {one.answer.field: one for one in self.collected.lines}
        message = _("These details were changed elsewhere. Nothing is saved.")
        conflicts = [
            {"name": name} | shown.field_entry(filling, name, lines.get(name))
            for name in names
        ]
        raise Refused(409, "ChangedElsewhere", message, conflicts=conflicts)

    def _settle(self, wanted: Changes) -> None:
        """Let the account fill in what it says as well, and what a row was chosen for."""
        filling = self.filling
        for page in list(filling.pages):
            if set(page.names) & wanted.fields.keys():
                check(filling, page.without(filling.captchas))
        chosen = {
            name: row
            for page in filling.pages
            for name, row in changes.chosen_rows(filling, page, wanted).items()
        }
        if chosen:
            saving.choose_rows(filling, chosen)


class AddFile(Writing):
    """POST @servicekonto-filling-files/FIELD: a file for a field.

    multipart/form-data with one part ``files``. It takes the place of another one.
    """

    def _check_form(self) -> None:
        forms.check_form(self.request)

    def act(self):
        """Answer 201 with the form as it is now, or 400."""
        self.demand_way()
        if len(self.path) != 1:
            raise NoField
        [name] = self.path
        files = forms.uploads(self.request)
        if len(files) != 1:
            message = _("Please send one file.")
            raise Refused(400, "FilesMissing", message)
        self.begin()
        asked = {one for page in self.filling.pages for one in page.names}
        if name not in self.filling.for_files or name not in asked:
            raise NoField
        form = {f"{PREFIX}{name}": files[0]}
        refused = saving.keep(self.filling, form, self.moment)
        if refused:
            raise Refused(
                400, "FileRefused", refused[name], file=files[0].filename or ""
            )
        self.note_progress()
        return self.accepted(201, self.whole())


class NoField(Refused):
    """The form asks for no file there."""

    def __init__(self) -> None:
        super().__init__(404, "Unknown", _("This form does not ask for that."))


class Discard(FillingService):
    """DELETE @servicekonto-filling: throw away the draft with its files."""

    flags = ("confirmed",)

    def act(self):
        """Answer 204; 400 without confirmation."""
        self.demand_way()
        self.demand_draft()
        if not self.sent().get("confirmed", False):
            message = _("Please confirm that all of it is deleted.")
            raise Incorrect({"confirmed": message})
        drafts.discard(self.applicant.owner, self.context.UID())
        return self.reply_no_content()


class Send(FillingService):
    """POST @servicekonto-filling-send: send the form, once however often it is tried."""

    texts = ("key", "review")
    flags = ("keep_in_profile",)

    def act(self):
        """Answer 201 with the application, also if it was sent before."""
        sent = self.sent()
        key = sent.get("key", "")
        done = sending.sent(self.applicant.owner, key, self.moment)
        if done is None:
            self.demand_way()
            done = self._send(key, sent)
        return self.accepted(201, self._shown(done.id, key))

    def _send(self, key: str, sent: dict[str, Any]) -> Any:
        self.demand_draft()
        filling = self.filling
        if key != filling.draft.key:
            raise _Changed
        collected = self.collected
        self._demand_ready(collected, sent.get("review", ""))
        new = profile.changes(filling, collected) if sent.get("keep_in_profile") else {}
        wish = sending.Wish(profile=new)
        try:
            done = sending.send(filling, self.settings, collected, wish, self.moment)
        except sending.REFUSALS as refused:
            raise _refusal(refused) from None
        return applications.query(done)

    def _demand_ready(self, collected: Collected, seen: str) -> None:
        version = sending.version(self.filling, self.settings, collected)
        try:
            sending.demand_seen(seen, version, collected)
        except sending.Incomplete:
            problems = {
                line.answer.field: line.problem for _page, line in collected.problems
            }
            raise Incorrect(problems) from None
        except sending.Changed:
            raise _Changed from None

    def _shown(self, application_id: str, key: str) -> dict[str, Any]:
        account, level = self.applicant.account, self.applicant.level
        try:
            found = applications.get_own(account, application_id, level)
        except applications.Locked as locked:
            raise Refused(
                403,
                "LevelTooLow",
                _("This application needs a log-in with a higher trust level."),
                required_level=locked.required.value,
                level=level.value,
            ) from None
        return {
            "application": application.whole(found),
            "links": {"page": self.address(f"gesendet?s={key}")},
        }


class _Changed(Refused):
    """What would be sent is not what was seen."""

    def __init__(self) -> None:
        super().__init__(409, "Changed", sending.Changed.message)


def _refusal(refused: Exception) -> Refused:
    message = sending.why(refused)
    if isinstance(refused, applications.TooManyApplications):
        return Refused(429, "TooManyApplications", message)
    problems = sending.problems(refused)
    if problems or isinstance(refused, sending.actions.ActionFailed):
        return Refused(409, "ActionFailed", message, problems=problems)
    return Refused(409, "Changed", message)
