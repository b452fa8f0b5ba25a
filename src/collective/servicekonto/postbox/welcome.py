"""The first message of every account."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.messages import deliver
from collective.servicekonto.postbox.messages import NewMessage
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.text import from_plain
from typing import Any
from zope.i18n import translate


_SUBJECT = _("Welcome to your Servicekonto")

_PARAGRAPHS = (
    _("Good day,"),
    _(
        "your Servicekonto is ready. This is your Postfach: here you find what the town "
        "writes to you, and copies of what you sent to it."
    ),
    _(
        "When a message arrives, you get an e-mail. It does not say what the message is "
        "about. Please log in to read it, and never follow a link that asks for your "
        "password by e-mail."
    ),
    _(
        "In Mein Bereich you can keep further details. Forms are then filled in for you."
    ),
)


def welcome(event: Any) -> None:
    """Welcome the citizen whose account was activated."""
    welcome_account(event.account)


def welcome_account(account: Any) -> None:
    """Lay the first message into the box of an account."""
    language = account.language
    texts = [translate(text, target_language=language) for text in _PARAGRAPHS]
    sender = get_portal().sender_name
    greeting = f"{translate(_('Kind regards'), target_language=language)}\n{sender}"
    new = NewMessage(
        kind=Kind.SYSTEM,
        title=translate(_SUBJECT, target_language=language),
        body=from_plain("\n\n".join([*texts, greeting])),
        sender=sender,
    )
    deliver(account, new, now())
