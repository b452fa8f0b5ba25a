"""What the staff take with them from a thread: attachments and receipts."""

from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.citizen.downloads import save
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.pages import DeskView
from collective.servicekonto.postbox.receipts import document


class AttachmentView(DeskView):
    """A file of a message, the first one has the number 1."""

    def index(self):
        """Send the file."""
        number = self.entry("nummer")
        if not number.isdecimal() or len(number) > 4:
            raise service.NoThread
        attachment = service.get_attachment(
            self.context, self.thread(), self.entry("nachricht"), int(number)
        )
        return send(attachment, self.request)


class ReceiptView(DeskView):
    """The receipt of a message, for the verifier (see receipts)."""

    def index(self):
        """Send the file."""
        message = service.get_message(
            self.context, self.thread(), self.entry("nachricht")
        )
        if not message.receipt:
            raise service.NoThread
        return save(
            self.request,
            f"beleg-{message.id}.json",
            "application/json",
            document.written(message.receipt),
        )
