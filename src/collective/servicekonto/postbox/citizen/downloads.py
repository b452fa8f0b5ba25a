"""What citizens take with them from a message: attachments and the receipt."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.citizen.own import MESSAGE
from collective.servicekonto.postbox.citizen.own import MessagePage
from collective.servicekonto.postbox.deadlines.ics import ics
from collective.servicekonto.postbox.delivery import objection_day
from collective.servicekonto.postbox.receipts import document
from typing import Any
from urllib.parse import urlsplit
import json


# The calendar reminds of a time limit a week before.
_DAYS_BEFORE = 7


class AttachmentView(MessagePage):
    """One of the files of a message that was opened."""

    def find(self):
        """Return the message. Raises NoMessage, Locked or NotOpened."""
        return service.opened(self.account, self.message_id, self.session.level)

    def show(self, message: Any):
        """Send the file with the number of the address, counted from 1."""
        number = self.text("nummer")
        if not number.isdecimal() or not 0 < int(number) <= len(message.attachments):
            return self.message(
                _("This file does not exist"),
                _("Please open the message and choose one of its files there."),
                page=way_to(message),
                link_text=_("To the message"),
                status=404,
            )
        return send(message.attachments[int(number) - 1], self.request)


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


class DescriptionView(MessagePage):
    """The content of an opened message, for the verifier (see receipts)."""

    def find(self):
        """Return the message. Raises NoMessage, Locked or NotOpened."""
        return service.opened(self.account, self.message_id, self.session.level)

    def show(self, message: Any):
        """Send the file."""
        text = json.dumps(proof.description(message), ensure_ascii=False, indent=2)
        content = text.encode() + b"\n"
        return save(self.request, "nachricht.json", "application/json", content)


class TimeLimitView(MessagePage):
    """The last day for an objection, for the citizen's own calendar."""

    def show(self, message: Any):
        """Send the file. It names neither the office nor what was decided."""
        until = objection_day(message)
        if until is None:
            return self.message(
                _("There is no time limit"),
                _("For this message no time limit is known."),
                page=way_to(message),
                link_text=_("To the message"),
                status=404,
            )
        content = ics(
            f"{message.id}@{urlsplit(self.link()).netloc}",
            until,
            self.translate(_("Last day for an objection")),
            self.translate(
                _(
                    "Your objection to a decision in your Postfach must have arrived "
                    "by the end of this day."
                )
            ),
            _DAYS_BEFORE,
            now(),
        )
        return save(self.request, "frist.ics", "text/calendar; charset=utf-8", content)


def way_to(message: Any) -> str:
    """Return the page of the message."""
    return f"postfach-nachricht?{MESSAGE}={message.id}"


def save(request: Any, name: str, media_type: str, content: bytes) -> bytes:
    """Let the browser save the content under a plain name, and return it."""
    header = request.response.setHeader
    header("Content-Type", media_type)
    header("Content-Disposition", f'attachment; filename="{name}"')
    return content
