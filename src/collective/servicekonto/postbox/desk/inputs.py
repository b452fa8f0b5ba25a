"""The inputs of the staff's forms, and how they are read."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import portal_zone
from collective.servicekonto.postbox.desk.letter import Incorrect
from collective.servicekonto.postbox.desk.letter import KINDS
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.words import EXPLAINED_KINDS
from collective.servicekonto.postbox.desk.words import LEVELS as LEVEL_WORDS
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.text import clean_line
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from plone.autoform import directives
from plone.supermodel import model
from typing import Any
from z3c.form.browser.radio import RadioFieldWidget
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


_KINDS = SimpleVocabulary(
    [SimpleTerm(one.value, one.value, EXPLAINED_KINDS[one]) for one in KINDS]
)
# Nobody can log in with the Online-Ausweis yet.
_LEVELS = SimpleVocabulary(
    [
        SimpleTerm(one.value, one.value, LEVEL_WORDS[one])
        for one in (TrustLevel.LOW, TrustLevel.SUBSTANTIAL)
    ]
)

# Offices begin to work.
_MORNING = time(8)

_DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")
_LONGEST_NUMBER = 6


class IAnswer(model.Schema):
    """What a clerk enters for an answer. The rules of letter.py check it."""

    directives.widget("kind", RadioFieldWidget)
    kind = schema.Choice(
        title=_("What is it?"), vocabulary=_KINDS, default=Kind.LETTER.value
    )
    text = schema.Text(
        title=_("Text"),
        description=_("The signature of your office is put below."),
        required=False,
    )
    reply_until = schema.TextLine(
        title=_("The citizen can answer until"),
        description=_(
            "The last day. A query needs it. Anything else cannot be answered without "
            "it."
        ),
        required=False,
    )


class IWriting(model.Schema):
    """What a clerk enters for a message that begins a thread."""

    recipient = schema.TextLine(
        title=_("Recipient"),
        description=_(
            "The account number or the e-mail address, exactly as the citizen told it. "
            "The citizen finds the account number in Mein Bereich."
        ),
        required=False,
    )
    directives.widget("kind", RadioFieldWidget)
    kind = schema.Choice(
        title=_("What is it?"), vocabulary=_KINDS, default=Kind.QUERY.value
    )
    subject = schema.TextLine(title=_("Subject"), required=False)
    text = schema.Text(
        title=_("Text"),
        description=_("The signature of your office is put below."),
        required=False,
    )
    reference = schema.TextLine(
        title=_("File number (optional)"),
        description=_("The citizen reads it, too."),
        required=False,
    )
    reply_until = schema.TextLine(
        title=_("The citizen can answer until"),
        description=_(
            "The last day. A query needs it. Anything else cannot be answered without "
            "it."
        ),
        required=False,
    )
    directives.widget("level", RadioFieldWidget)
    level = schema.Choice(
        title=_("How must the citizen log in to read it?"),
        description=_(
            "Choose more than the usual for what is very confidential only. Who does "
            "not have it cannot read the message."
        ),
        vocabulary=_LEVELS,
        default=TrustLevel.LOW.value,
    )
    later_day = schema.TextLine(
        title=_("Send on another day (optional)"),
        description=_("Without it the message is sent at once."),
        required=False,
    )
    later_time = schema.TextLine(
        title=_("At what time? (optional)"),
        description=_("Without it at eight in the morning."),
        required=False,
    )
    keep = schema.TextLine(
        title=_("Keep for so many days (optional)"),
        description=_("Without it as long as all messages of the town."),
        required=False,
    )


# What the browser shows for an input, and which keyboard.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "recipient": {"autocomplete": "off", "spellcheck": "false"},
    "subject": {"maxlength": "200"},
    "text": {"rows": "12"},
    "reply_until": {"type": "date"},
    "later_day": {"type": "date"},
    "later_time": {"type": "time"},
    "keep": {"inputmode": "numeric"},
}


def letter_of(entries: dict[str, str]) -> Letter:
    """Return what was entered. Raises Incorrect for what cannot be read."""
    problems: dict[str, Any] = {}

    def read(name: str, reader: Any) -> Any:
        try:
            return reader(entries.get(name, "").strip())
        except ValueError:
            problems[name] = _UNREADABLE[name]
            return None

    letter = Letter(
        kind=read("kind", Kind),
        subject=clean_line(entries["subject"]),
        text=entries.get("text", ""),
        reference=clean_line(entries.get("reference", "")),
        level=read("level", TrustLevel),
        reply_until=read("reply_until", day_in),
        later=_moment(read("later_day", day_in), read("later_time", _time)),
        keep=read("keep", _days),
    )
    if problems:
        raise Incorrect(problems)
    return letter


def number_in(text: str) -> int | None:
    """Return the short number, None for what is none."""
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else None


_DATE = _("Please enter a date such as 24.12.2026.")
_UNREADABLE = {
    "kind": _("Please choose what the message is."),
    "level": _("Please choose who may read the message."),
    "reply_until": _DATE,
    "later_day": _DATE,
    "later_time": _("Please enter a time such as 08:00."),
    "keep": _("Please enter a number."),
}


def day_in(text: str) -> date | None:
    """Return the day, None for no text. Raises ValueError."""
    if not text:
        return None
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def _time(text: str) -> time:
    return time.fromisoformat(text).replace(tzinfo=None) if text else _MORNING


def _days(text: str) -> timedelta | None:
    return timedelta(days=int(text[:_LONGEST_NUMBER])) if text else None


def _moment(day: date | None, at: time | None) -> datetime | None:
    if day is None or at is None:
        return None
    return datetime.combine(day, at, portal_zone())
