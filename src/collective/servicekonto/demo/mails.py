"""The page of the demo that shows the mails it sent."""

from collective.servicekonto import _
from collective.servicekonto.demo.mailbox import Mail
from collective.servicekonto.demo.mailbox import Mailbox
from pathlib import Path
from Products.Five.browser import BrowserView
from typing import NamedTuple
from zExceptions import NotFound
from zope.i18nmessageid import Message
import os
import re


FOLDER_VARIABLE = "SERVICEKONTO_DEMO_MAILS"

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])")


class Piece(NamedTuple):
    """A piece of a line: a web address, or what stands between addresses."""

    text: str
    is_address: bool


def lines(text: str) -> list[list[Piece]]:
    """Cut a text into lines, and each line into pieces."""
    return [
        [
            Piece(piece, is_address=number % 2 == 1)
            for number, piece in enumerate(_ADDRESS.split(line))
            if piece
        ]
        for line in text.splitlines()
    ]


class MailsView(BrowserView):
    """Lists the mails, newest first, or shows the one named in the request."""

    @property
    def mailbox(self) -> Mailbox:
        """Return the place of the mails. Raises NotFound outside the demo."""
        folder = os.environ.get(FOLDER_VARIABLE)
        if folder is None:
            raise NotFound
        return Mailbox(Path(folder))

    @property
    def here(self) -> str:
        """Return the address of the list."""
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    @property
    def label(self) -> Message | str:
        """Return the heading of the page, which is also the window's."""
        mail = self.mail()
        return _("Sent mails") if mail is None else mail.subject

    def mails(self) -> list[Mail]:
        """Return all mails, newest first."""
        mailbox = self.mailbox
        return [mailbox.mail(name) for name in mailbox.names()]

    def mail(self) -> Mail | None:
        """Return the mail the request names, if any. Raises NotFound."""
        name = self.request.form.get("mail")
        if name is None:
            return None
        try:
            return self.mailbox.mail(str(name))
        except KeyError as error:
            raise NotFound from error

    def lines(self, mail: Mail) -> list[list[Piece]]:
        """Return the text of a mail, prepared for the page."""
        return lines(mail.text)
