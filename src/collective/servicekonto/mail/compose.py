"""The form of a mail to a citizen: plain text and HTML with the same content."""

from collective.servicekonto import _
from collective.servicekonto.mail.receipts import HEADER
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from email.utils import formataddr
from email.utils import make_msgid
from html import escape
from zope.i18n import translate
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Sender:
    """Who writes to the citizen; ``contact`` is where questions are answered."""

    name: str
    address: str
    contact: str = ""


@dataclass(frozen=True)
class Letter:
    """What is written. Texts are messages that are translated for the citizen."""

    subject: Message
    paragraphs: tuple[Message, ...]
    link: str | None = None
    link_text: Message | None = None
    closing: tuple[Message, ...] = ()


def compose(
    letter: Letter,
    sender: Sender,
    recipient: str,
    language: str,
    now: datetime,
    expires: datetime | None,
    receipt: str = "",
) -> EmailMessage:
    """Return the mail. After ``expires`` it is useless and need not be sent.

    ``receipt`` lets the queue note what became of the mail (see mail.receipts).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((sender.name, sender.address))
    message["To"] = recipient
    message["Subject"] = _translated(letter.subject, language)
    message["Date"] = format_datetime(now)
    if expires is not None:
        message["Expires"] = format_datetime(expires)
    if receipt:
        message[HEADER] = receipt
    message["Message-ID"] = make_msgid(domain=sender.address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_plain(letter, sender, language), cte="quoted-printable")
    message.add_alternative(
        _html(letter, sender, language), subtype="html", cte="quoted-printable"
    )
    # To set the content removes whatever was said about it before.
    message["Content-Language"] = language
    return message


def _plain(letter: Letter, sender: Sender, language: str) -> str:
    parts = [_translated(_SALUTATION, language)]
    parts += [_translated(text, language) for text in letter.paragraphs]
    if letter.link:
        parts.append(letter.link)
    parts += [_translated(text, language) for text in letter.closing]
    parts.append(f"{_translated(_GREETING, language)}\n{sender.name}")
    if sender.contact:
        parts.append(_translated(_questions(sender), language))
    return "\n\n".join(parts) + "\n"


def _html(letter: Letter, sender: Sender, language: str) -> str:
    parts = [_paragraph(text, language) for text in (_SALUTATION, *letter.paragraphs)]
    if letter.link and letter.link_text:
        link = escape(letter.link)
        text = escape(_translated(letter.link_text, language))
        parts.append(f'<p><a href="{link}">{text}</a></p>')
        hint = escape(_translated(_COPY_LINK, language))
        parts.append(f"<p>{hint}<br>{link}</p>")
    parts += [_paragraph(text, language) for text in letter.closing]
    greeting = escape(_translated(_GREETING, language))
    parts.append(f"<p>{greeting}<br>{escape(sender.name)}</p>")
    if sender.contact:
        parts.append(_paragraph(_questions(sender), language))
    title = escape(_translated(letter.subject, language))
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head>'
        f'<meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _paragraph(text: Message, language: str) -> str:
    return f"<p>{escape(_translated(text, language))}</p>"


def _questions(sender: Sender) -> Message:
    return _("Questions? ${contact}", mapping={"contact": sender.contact})


def _translated(text: Message, language: str) -> str:
    translated: str = translate(text, target_language=language)
    return translated


_SALUTATION = _("Good day,")
_GREETING = _("Kind regards")
_COPY_LINK = _("If the link does not open, copy this address into your browser:")
