"""A message as the list shows it. What is locked says nothing about its content."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import proof
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import Turn
from dataclasses import dataclass
from datetime import date
from typing import Any
from zope.i18n import translate


LOCKED = _("Protected message")


@dataclass(frozen=True)
class Line:
    """Texts in the language of the page, except ``title``.

    ``request`` is what the citizen is asked for, ``hints`` what else is to know.
    """

    id: str
    title: Any
    people: str
    kind: str
    when: str
    is_unread: bool
    is_locked: bool
    request: str
    hints: tuple[str, ...]


def line(
    account: Any,
    message: Any,
    level: TrustLevel,
    today: date,
    language: str,
) -> Line:
    """Return what a session of this level sees of the message in a list."""

    def said(text: Any) -> str:
        # To find out the language anew for each text would take longer than the rest.
        return str(translate(text, target_language=language))

    locked = service.is_locked(message, level)
    asked = None if locked else reply_hint(account, message, today, language)
    return Line(
        message.id,
        LOCKED if locked else message.title,
        said(people(account, message)),
        said(words.KINDS[messages.kind(message)]),
        said(moment_in_words(moment_of(message.provided), language)),
        messages.is_unread(message),
        locked,
        "" if asked is None else said(asked),
        tuple(map(said, _hints(account, message, locked, language))),
    )


def people(account: Any, message: Any) -> Any:
    """Say who wrote the message or, where the citizen did, to whom."""
    if messages.kind(message) is not Kind.REPLY:
        return _("From: ${name}", mapping={"name": message.sender})
    first = messages.first_of(account, message)
    if first is None or messages.kind(first) is Kind.REPLY:
        return _("To: the town")
    return _("To: ${name}", mapping={"name": first.sender})


def end(message: Any, language: str) -> Any:
    """Say until when the message is kept."""
    moment = moment_of(messages.deleted_at(message))
    day = {"day": day_in_words(moment, language)}
    if message.binned:
        return _("Will be deleted for good on ${day}", mapping=day)
    return _("Is kept until ${day}", mapping=day)


def reply_hint(account: Any, message: Any, today: date, language: str) -> Any | None:
    """Say until when the message can be answered, or that the town waits for it."""
    if not message.reply_until or not service.accepts_reply(message, today):
        return None
    until = date.fromisoformat(message.reply_until)
    day = {"day": date_in_words(until, language)}
    answered = proof.last(message, Event.ANSWERED)
    if answered:
        day["answered"] = day_in_words(moment_of(answered), language)
        return _(
            "You answered on ${answered}. You can add something until ${day}",
            mapping=day,
        )
    first = messages.first_of(account, message)
    waits = first is not None and first.turn == Turn.CITIZEN.value
    if waits and messages.kind(message) is Kind.QUERY:
        return _("Please answer by ${day}", mapping=day)
    return _("You can answer until ${day}", mapping=day)


def _hints(account: Any, message: Any, locked: bool, language: str) -> Iterator[Any]:
    if locked:
        yield words.to_unlock(TrustLevel(message.level))
    else:
        if message.attachments:
            yield words.attachments(len(message.attachments))
        if drafts.query(account.id, message.id) is not None:
            yield _("You have begun an answer")
    yield end(message, language)
