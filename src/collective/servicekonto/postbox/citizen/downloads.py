"""What citizens take with them from a message: attachments and the receipt."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.citizen.own import MessagePage
from collective.servicekonto.postbox.receipts import document
from typing import Any


class AttachmentView(MessagePage):
    """One of the files of a message."""

    def show(self, message: Any):
        """Send the file with the number of the address, counted from 1."""
        number = self.text("nummer")
        if not number.isdecimal() or not 0 < int(number) <= len(message.attachments):
            return self.message(
                _("This file does not exist"),
                _("Please open the message and choose one of its files there."),
                page=self.way_to_message(message),
                link_text=_("To the message"),
                status=404,
            )
        return send(message.attachments[int(number) - 1], self.request)

    def way_to_message(self, message: Any) -> str:
        """Return the page of the message."""
        return f"postfach-nachricht?nachricht={message.id}"


class ReceiptView(MessagePage):
    """The receipt of a message, for the verifier (see receipts)."""

    def show(self, message: Any):
        """Send the file."""
        return save(
            self.request,
            f"beleg-{message.id}.json",
            "application/json",
            document.written(message.receipt),
        )


def save(request: Any, name: str, media_type: str, content: bytes) -> bytes:
    """Let the browser save the content under a plain name, and return it."""
    header = request.response.setHeader
    header("Content-Type", media_type)
    header("Content-Disposition", f'attachment; filename="{name}"')
    return content
