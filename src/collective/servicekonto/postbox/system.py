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
    _write_quietly(account, _("Welcome to your Servicekonto"), _WELCOME)


def tell_upgraded(event: Any) -> None:
    """Tell the citizen what the Servicekonto Plus can do."""
    paragraphs = (
        _("Good day,"),
        _(
            "your Online-Ausweis is registered. Your account is a Servicekonto Plus now, "
            "with the trust level hoch (high)."
        ),
        _(
            "Services and messages that need the highest trust level are open to you. "
            "Please confirm with your card then. On the page “Log-in and security” you "
            "can block or remove the card."
        ),
    )
    _write_quietly(event.account, _("You have a Servicekonto Plus"), paragraphs)


def tell_downgraded(event: Any) -> None:
    """Tell the citizen what is different without the card."""
    paragraphs = (
        _("Good day,"),
        _(
            "your Online-Ausweis was removed. Your account is a plain Servicekonto again. "
            "Your details are as they were, with a lower trust level."
        ),
        _("You can register your card anew at any time."),
    )
    _write_quietly(event.account, _("Your Online-Ausweis was removed"), paragraphs)


def tell_confirmed(event: Any) -> None:
    """Tell the citizen what was confirmed at the counter of an office."""
    paragraphs = (
        _("Good day,"),
        _(
            "an office of the town compared your details with your identity document, "
            "and confirmed them. You see them in your profile, with their trust level."
        ),
        _(
            "Is something wrong? You can correct it in your profile. What you correct is "
            "not confirmed any more."
        ),
        _(
            "If you were not at an office, please go to the page “Log-in and security”, "
            "choose “That was not me”, and tell the town at once."
        ),
    )
    _write_quietly(event.account, _("Your details were confirmed"), paragraphs)


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


def _write_quietly(account: Any, title: Message, paragraphs: Sequence[Message]) -> None:
    """Lay a message into the box of a citizen who is here, and needs no mail about it."""
    new = _made(account, title, paragraphs)
    deliver(account, replace(new, announced=False), present())


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
