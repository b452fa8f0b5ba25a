"""Messages that the system itself writes to citizens."""

from collections.abc import Sequence
from collective.servicekonto import _
from collective.servicekonto.clock import now as present
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.delivering import deliver
from collective.servicekonto.postbox.delivering import NewMessage
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.text import from_plain
from dataclasses import replace
from datetime import datetime
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


_WELCOME = (
    _("Good day,"),
    _(
        "your Servicekonto is ready. This is your Postfach: here you find what the town "
        "writes to you, and copies of what you sent to it."
    ),
    _(
        "When a message arrives, you get an e-mail. It does not say what the message is "
        "about. Please log in to read it. We never ask for your password by e-mail."
    ),
    _(
        "In Mein Bereich you can keep further details. Forms are then filled in for you."
    ),
)


def write(
    account: Any, title: Message, paragraphs: Sequence[Message], now: datetime
) -> Any:
    """Lay a message in the language of the citizen into the box, and return it."""
    return deliver(account, _made(account, title, paragraphs), now)


def welcome(event: Any) -> None:
    """Welcome the citizen whose account was activated."""
    welcome_account(event.account)


def welcome_account(account: Any) -> None:
    """Lay the first message into the box of an account."""
    new = _made(account, _("Welcome to your Servicekonto"), _WELCOME)
    # The citizen has just come through a link of ours, and needs no mail about it.
    deliver(account, replace(new, announced=False), present())


def tell_refused(account: Any, message: Any, now: datetime) -> None:
    """Tell the citizen that an answer was kept back, because of one of its files."""
    paragraphs = (
        _("Good day,"),
        _(
            "your answer “${title}” was not sent. The file “${file}” holds malicious "
            "software.",
            mapping={"title": message.title, "file": message.refused},
        ),
        _(
            "Please check your device with a virus scanner. Then write the answer again, "
            "with another copy of the file."
        ),
    )
    write(account, _("Your answer was not sent"), paragraphs, now)


def _made(account: Any, title: Message, paragraphs: Sequence[Message]) -> NewMessage:
    language = account.language
    sender = get_portal().sender_name
    greeting = f"{translate(_('Kind regards'), target_language=language)}\n{sender}"
    texts = [translate(text, target_language=language) for text in paragraphs]
    return NewMessage(
        kind=Kind.SYSTEM,
        title=translate(title, target_language=language),
        body=from_plain("\n\n".join([*texts, greeting])),
        sender=sender,
    )
