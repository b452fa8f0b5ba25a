"""What a clerk writes, and whether it can be sent."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.content import LONGEST_SUBJECT
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import from_plain
from collective.servicekonto.postbox.text import is_blank
from collective.servicekonto.postbox.text import LONGEST_TEXT
from collective.servicekonto.postbox.text import to_plain
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any
import re


# What staff write. The system writes the rest, and citizens their replies.
KINDS = (Kind.QUERY, Kind.CONFIRMATION, Kind.DECISION, Kind.LETTER)

LEVELS = (TrustLevel.LOW, TrustLevel.SUBSTANTIAL, TrustLevel.HIGH)

LONGEST_REFERENCE = 100
LONGEST_KEPT = timedelta(days=36500)
SHORTEST_KEPT = timedelta(days=30)

# Nobody remembers a message that was written longer ago.
LATEST = timedelta(days=365)

# A text with a tag comes from the editor, one without from a plain field.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Incorrect(ValueError):
    """The message cannot be sent like this; ``problems`` are texts by field."""

    def __init__(self, problems: dict[str, Any]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Letter:
    """A message as the clerk wrote it.

    ``text``        HTML of an editor, or plain text
    ``reply_until`` last day for an answer, None where none is wanted
    ``later``       when it is sent, None for at once
    ``keep``        how long it is kept, None for as long as the portal says
    """

    kind: Kind
    subject: str
    text: str
    reference: str = ""
    level: TrustLevel = TrustLevel.LOW
    reply_until: date | None = None
    later: datetime | None = None
    keep: timedelta | None = None
    attachments: tuple[Any, ...] = ()


def body(text: str, signature: str) -> str:
    """Return the text with the signature below, as clean HTML."""
    written = clean_html(text) if _TAG.search(text) else from_plain(text)
    return written + from_plain(signature)


def check(letter: Letter, now: datetime) -> None:
    """Raise Incorrect where the message cannot be sent at this time."""
    problems: dict[str, Any] = {}
    if letter.kind not in KINDS:
        problems["kind"] = _("Please choose what the message is.")
    if letter.level not in LEVELS:
        problems["level"] = _("Please choose who may read the message.")
    problems |= _about_texts(letter) | _about_times(letter, now)
    if problems:
        raise Incorrect(problems)


def _about_texts(letter: Letter) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    subject = clean_line(letter.subject)
    if not subject:
        problems["subject"] = _("Please enter a subject.")
    elif len(subject) > LONGEST_SUBJECT:
        problems["subject"] = _(
            "The subject is too long. At most ${number} characters are possible.",
            mapping={"number": LONGEST_SUBJECT},
        )
    if len(clean_line(letter.reference)) > LONGEST_REFERENCE:
        problems["reference"] = _(
            "The file number is too long. At most ${number} characters are possible.",
            mapping={"number": LONGEST_REFERENCE},
        )
    written = to_plain(body(letter.text, ""))
    if is_blank(written):
        problems["text"] = _("Please write a text.")
    elif len(written) > LONGEST_TEXT:
        problems["text"] = _(
            "The text is too long. At most ${number} characters are possible.",
            mapping={"number": LONGEST_TEXT},
        )
    return problems


def _about_times(letter: Letter, now: datetime) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    provided = letter.later or now
    if letter.later is not None and not now < letter.later <= now + LATEST:
        problems["later_day"] = _(
            "Please choose a time to come, within one year from now."
        )
    if letter.kind is Kind.QUERY and letter.reply_until is None:
        problems["reply_until"] = _("Please say until when you need the answer.")
    if letter.reply_until is not None and letter.reply_until < provided.date():
        problems["reply_until"] = _(
            "The last day for the answer must not be over when the message is sent."
        )
    if letter.keep is not None and not SHORTEST_KEPT <= letter.keep <= LONGEST_KEPT:
        problems["keep"] = _(
            "Please enter a number of days from ${least} to ${most}.",
            mapping={"least": SHORTEST_KEPT.days, "most": LONGEST_KEPT.days},
        )
    return problems
