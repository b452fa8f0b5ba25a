"""Answering through plone.restapi, with files."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.rest import forms
from collective.servicekonto.postbox.rest import keys
from collective.servicekonto.postbox.rest.base import Nothing
from collective.servicekonto.postbox.rest.base import OwnPostbox
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.postbox.text import is_blank
from collective.servicekonto.postbox.text import LONGEST_TEXT
from secrets import token_hex
from typing import Any


class Reply(OwnPostbox):
    """POST @servicekonto-postbox-reply/ID: answer a message that was opened.

    JSON, or multipart/form-data with the part ``message`` (JSON) and parts ``files``.
    With a header Idempotency-Key it is sent once, however often it is tried.
    """

    texts = ("text",)

    def _check_form(self) -> None:
        forms.check_form(self.request)

    def _json(self) -> bytes:
        return forms.json_of(self.request)

    def act(self):
        """Answer 201 with the id of the answer, and whether its files are scanned yet."""
        account = self.account
        message = service.opened(account, self.named.id, self.session.level)
        text = clean_text(self.sent().get("text", ""))
        files = forms.uploads(self.request)
        _check_text(text, files)
        key = keys.query_key(self.request) or token_hex()
        content = {"to": message.id, "text": text, "files": forms.digests(files)}

        def reply() -> list[str]:
            attachments = forms.attachments(files, for_citizens())
            sent = service.reply(
                account, self.session, message, text, attachments, now()
            )
            return [sent.id]

        try:
            (sent,) = orders.once(
                account.id, key, orders.fingerprint(content), now(), reply
            )
        except orders.KeyReused:
            raise keys.KeyRefused from None
        return self.accepted(201, {"id": sent, "waits": _waits(account, sent)})


class Download(OwnPostbox):
    """GET @servicekonto-postbox-attachment/ID/FILE: a file of an opened message."""

    attachment: Any = None

    def act(self):
        """Find the file."""
        message_id, attachment_id = self.parts(2)
        message = service.opened(self.account, message_id, self.session.level)
        self.attachment = query_attachment(message, attachment_id)
        return {}

    def render(self):
        """Send the file in pieces, or say why not."""
        answer = super().render()
        if self.attachment is None:
            return answer
        return send(self.attachment, self.request)


def query_attachment(message: Any, attachment_id: str) -> Any:
    """Return the file of the message with this id. Raises Nothing."""
    for one in message.attachments:
        if one.id == attachment_id:
            return one
    raise Nothing


def _check_text(text: str, files: list[Any]) -> None:
    if is_blank(text) and not files:
        raise Incorrect({"text": _("Please write a text.")})
    if len(text) > LONGEST_TEXT:
        message = _(
            "The text is too long. At most ${number} characters are possible.",
            mapping={"number": LONGEST_TEXT},
        )
        raise Incorrect({"text": message})


def _waits(account: Any, message_id: str) -> bool:
    message = messages.query_message(account.id, message_id)
    return message is not None and messages.state(message) is State.WAITING
