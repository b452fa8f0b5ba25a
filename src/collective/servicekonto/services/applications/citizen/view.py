"""The page of one application: how it stands, what was sent, and what can be done."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.citizen import words as postbox_words
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications import words
from collective.servicekonto.services.applications.citizen.own import APPLICATION
from collective.servicekonto.services.applications.citizen.own import ApplicationPage
from collective.servicekonto.services.applications.citizen.own import office_of
from itertools import groupby
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


# What a page before has done, as the address names it.
DOCUMENTS = "unterlagen"
WITHDRAWN = "zurueckgezogen"

_DONE = {
    DOCUMENTS: _("Your documents are with the office."),
    WITHDRAWN: _("You have withdrawn your application."),
}


class ApplicationView(ApplicationPage):
    """Shows one application."""

    template = ViewPageTemplateFile("application.pt")

    def show(self):
        """Return the page."""
        self.label = self.application.title
        return self.template()

    @property
    def notice(self) -> Any:
        """What was done just now, empty for nothing."""
        return _DONE.get(self.text("getan"), "")

    @property
    def state(self) -> str:
        """The present state."""
        return service.state(self.application)

    def next_steps(self) -> list[Any]:
        """Say what happens next."""
        return words.what_comes(self.state, self.application.due, self.language)

    def question_link(self) -> str:
        """Return the address of the question that waits for an answer, or nothing."""
        if self.state != service.State.QUERIED:
            return ""
        open_ones = [one for one in self._thread() if self._is_question(one)]
        return self.message_link(open_ones[-1].id) if open_ones else ""

    def messages_link(self) -> str:
        """Return the address of the newest message about it, or nothing."""
        found = self._thread()
        return self.message_link(found[-1].id) if found else ""

    def timeline(self) -> Iterator[dict]:
        """Yield what happened, the latest first."""
        for step in reversed(service.steps(self.application)):
            yield {
                "what": self._what(step),
                "when": words.when(step.at, self.language),
                "by": words.actor(step.by),
                "note": step.note,
            }

    def pages(self) -> list[dict]:
        """Return what was entered, page by page."""
        found = groupby(self.application.answers, key=lambda one: one.page)
        return [
            {
                "title": page,
                "answers": [
                    {
                        "label": one.label,
                        "text": one.text,
                        "origin": words.origin(one.origin),
                    }
                    for one in answers
                ],
            }
            for page, answers in found
        ]

    def files(self) -> Iterator[dict]:
        """Yield what is said of each file."""
        for number, one in enumerate(self.application.files, start=1):
            link = self.application_link(self.application.id, "antrag-datei")
            yield {
                "link": f"{link}&nummer={number}" if scans.is_clear(one) else "",
                "name": one.attachment.name,
                "size": postbox_words.size(one.attachment.size, self.language),
                "when": words.when(one.at, self.language),
                "is_later": not one.field,
            }

    def office(self) -> dict[str, Any]:
        """Return which office it is, and how it can be reached."""
        return office_of(self.application)

    def end(self) -> Any:
        """Say how long the application is kept."""
        day = day_in_words(moment_of(self.application.keep_until), self.language)
        return _(
            "The office deletes this application on ${day} at the latest.",
            mapping={"day": day},
        )

    @property
    def takes_documents(self) -> bool:
        """Tell whether documents can be added."""
        return service.takes_documents(self.application)

    @property
    def can_be_withdrawn(self) -> bool:
        """Tell whether it can be withdrawn."""
        return service.can_be_withdrawn(self.application)

    def page(self, name: str) -> str:
        """Return the address of another page about the application."""
        return self.link(f"{name}?{APPLICATION}={self.application.id}")

    def _what(self, step: service.Step) -> Any:
        if step.documents == 1:
            return _("A document was added")
        if step.documents:
            return _(
                "${number} documents were added", mapping={"number": step.documents}
            )
        return service.title(step.state)

    def _thread(self) -> list[Any]:
        try:
            first = postbox.get_message(self.account, self.application.thread)
        except postbox.NoMessage:
            return []
        return postbox.thread(self.account, first)

    def _is_question(self, message: Any) -> bool:
        return postbox.accepts_reply(message, self.today)
