"""The page after an answer was sent."""

from collective.servicekonto import _
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import shown
from collective.servicekonto.postbox.citizen.own import MessagePage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class SentView(MessagePage):
    """Says that the answer is with the office, or that its files are scanned."""

    template = ViewPageTemplateFile("sent.pt")

    def index(self):
        """Return the page, also of an answer that is still held back."""
        held_back = service.held_back(self.account)
        for answer in held_back:
            if answer.id == self.message_id:
                self.label = _("Your answer is being checked")
                return self.template(answer=answer, is_held_back=True)
        return super().index()

    def show(self, message: Any):
        """Return the page of an answer that was sent."""
        self.label = _("Your answer was sent")
        return self.template(answer=message, is_held_back=False)

    def when(self, message: Any) -> Any:
        """Say when it was sent."""
        return moment_in_words(moment_of(message.provided), self.language)

    def recipient(self, message: Any) -> Any:
        """Say to whom it was sent."""
        return shown.people(self.account, message)
