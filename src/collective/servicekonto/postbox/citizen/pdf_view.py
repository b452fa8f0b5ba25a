"""A message as PDF, with all that its page says."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox.citizen.downloads import save
from collective.servicekonto.postbox.citizen.message_view import MessageView
from collective.servicekonto.postbox.letter.service import Letter
from collective.servicekonto.postbox.letter.service import pdf
from collective.servicekonto.postbox.letter.service import Section
from typing import Any


class PdfView(MessageView):
    """Lets the citizen save the message. Whoever opens it here has opened it."""

    def template(self) -> bytes:
        """Send the file."""
        office = self.office()
        letter = Letter(
            title=self.opened.title,
            facts=tuple(self._facts()),
            body=self.opened.body,
            sections=tuple(self._sections(office)),
        )
        content = pdf(letter, self.language, self.translate)
        return save(self.request, self._name(), "application/pdf", content)

    def _name(self) -> str:
        """Return a name that tells this file from others, and nothing about anybody."""
        day = day_of(moment_of(self.opened.provided)).isoformat()
        return f"nachricht-{day}-{self.opened.id[:4]}.pdf"

    def _facts(self) -> Iterator[Any]:
        line = self.present
        yield from (line.people, line.when, line.kind)
        if self.opened.reference:
            reference = {"reference": self.opened.reference}
            yield _("Reference: ${reference}", mapping=reference)

    def _sections(self, office: dict[str, Any] | None) -> Iterator[Section]:
        delivery = tuple(self.delivery())
        if delivery:
            yield Section(_("Delivery and objection"), delivery)
        attachments = tuple(
            f"{one['name']} ({self.translate(one['type'])}, {one['size']})"
            for one in self.attachments()
        )
        if attachments:
            yield Section(_("Attachments"), attachments)
        if office and (office["contact"] or office["hours"]):
            reached = (office["title"], *office["contact"], *office["hours"])
            yield Section(_("How to reach the office"), reached)
        yield Section(_("Receipt"), tuple(self._receipt()))

    def _receipt(self) -> Iterator[Any]:
        for entry in self.receipt():
            yield f"{self.translate(entry['when'])}: {entry['what']}"
        yield _(
            "Saved from the Postfach on ${moment}",
            mapping={"moment": self.translate(moment_in_words(now(), self.language))},
        )
