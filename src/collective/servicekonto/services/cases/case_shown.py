"""What the page of an application says of it."""

from collective.servicekonto import _
from collective.servicekonto.postbox.citizen.words import size
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.words import when
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases import staff
from collective.servicekonto.services.cases import words
from collective.servicekonto.services.cases.service import Case
from itertools import groupby
from typing import Any


class CaseShown:
    """Part of the page: ``found`` is the case, ``has_postbox`` whether one can write to
    the citizen here.
    """

    found: Case
    has_postbox: bool

    def head(self) -> dict[str, Any]:
        """Return what the lists say of it."""
        return self.row(self.found.application)

    def pages_of_answers(self) -> list[dict[str, Any]]:
        """Return the answers, by the pages of the form."""
        answers = self.found.application.answers
        return [
            {"title": page, "answers": [self._answer(one) for one in some]}
            for page, some in groupby(answers, key=lambda one: one.page)
        ]

    def _answer(self, answer: Any) -> dict[str, Any]:
        origin = ", ".join(map(self.translate, words.origin(answer.origin)))
        return {"label": answer.label, "text": answer.text, "origin": origin}

    def paper(self) -> str:
        """Return the address of the PDF, empty where there is none yet."""
        application = self.found.application
        if application.paper is None:
            return ""
        return self.case_link(application, "vorgang-pdf")

    def files(self) -> list[dict[str, Any]]:
        """Return what is said of each file of the citizen."""
        application = self.found.application
        return [
            {
                "name": one.attachment.name,
                "size": size(one.attachment.size, self.language),
                "is_clear": scans.is_clear(one),
                "href": self.case_link(
                    application, "vorgang-datei", datei=one.attachment.id
                ),
            }
            for one in application.files
        ]

    def steps(self) -> list[dict[str, Any]]:
        """Return the timeline, the first step first."""
        return [
            {
                "state": self.state_title(step.state),
                "by": words.ACTORS[Actor(step.by)],
                "at": self.translate(when(step.at, self.language)),
                "note": step.note,
                "documents": step.documents,
            }
            for step in applications.steps(self.found.application)
        ]

    def notes(self) -> list[dict[str, Any]]:
        """Return the notes of the staff, the newest first."""
        return [
            {
                "at": self.translate(when(note.at, self.language)),
                "by": staff.name(note.by),
                "text": note.text,
                "withheld": note.withheld,
            }
            for note in reversed(self.found.notes)
        ]

    def changes(self) -> list[dict[str, str]]:
        """Return the states into which the application can be brought."""
        possible = service.possible_changes(self.found)
        return [{"value": one, "title": self.state_title(one)} for one in possible]

    def told(self) -> Any | None:
        """Say where citizens see a new state with the remark, None for nowhere."""
        if self.has_postbox:
            return _(
                "The citizen is told of the new state and reads the remark in the "
                "Postfach. For a query or a decision write below instead."
            )
        if applications.is_told_by_mail(self.found.application):
            return _(
                "There is no Postfach here, but the citizen wants e-mails: we send one "
                "with a link to the new state and to the remark. Please write a query "
                "or a decision by post or by e-mail."
            )
        return None

    def outcomes(self) -> list[dict[str, Any]]:
        """Return the states that a letter can lead to."""
        chosen = self.entry("outcome")
        return [
            {"value": one, "title": self.state_title(one), "is_chosen": one == chosen}
            for one in letters.outcomes(self.found)
        ]

    @property
    def email(self) -> str:
        """The address of a citizen without an account, or empty."""
        return str(self.found.application.email)
