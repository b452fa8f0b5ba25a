"""Who says what, and how far it can be trusted, in plain words."""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from plone import api
from typing import Any


Translate = Callable[[Any], str]

LEVELS = {
    TrustLevel.BASIS: _("basic registration"),
    TrustLevel.LOW: _("low"),
    TrustLevel.SUBSTANTIAL: _("substantial"),
    TrustLevel.HIGH: _("high"),
}


# What each level means for a detail, from the lowest one.
MEANINGS = {
    TrustLevel.BASIS: _("You typed it yourself. Nobody has checked it."),
    TrustLevel.LOW: _("You opened a link that we sent to your e-mail address."),
    TrustLevel.SUBSTANTIAL: _("An authority checked it."),
    TrustLevel.HIGH: _(
        "It was read from your Online-Ausweis, or an authority compared it with your "
        "identity document."
    ),
}


def provenance(attribute: Attribute, translate: Translate) -> str:
    """Return a sentence that says who stated the value, and its trust level."""
    facts = {
        "level": translate(LEVELS[attribute.level]),
        "date": _day(attribute.since),
    }
    sentences = {
        Source.TYPED: _("Stated by you (trust level: ${level})", mapping=facts),
        Source.LINK: _(
            "Confirmed by the link in our e-mail on ${date} (trust level: ${level})",
            mapping=facts,
        ),
        Source.OFFICE: _(
            "Confirmed by an authority on ${date} (trust level: ${level})",
            mapping=facts,
        ),
        Source.ONLINE_AUSWEIS: _(
            "Confirmed by your Online-Ausweis on ${date} (trust level: ${level})",
            mapping=facts,
        ),
    }
    return translate(sentences[attribute.source])


def lines(asked: Asked, entry: Any, translate: Translate) -> list[str]:
    """Return what was typed or chosen as lines to read."""
    if isinstance(asked, Rows):
        rows = (_answers(asked.columns, row, translate) for row in entry)
        return [", ".join(row) for row in rows if row]
    if isinstance(asked, Group):
        return _answers(asked.parts, entry, translate)
    return _answers((asked,), {asked.name: entry}, translate)


def plain_lines(value: Value) -> list[str]:
    """Return a value whose question does not exist any more as lines to read."""
    if isinstance(value, list):
        return [", ".join(plain_lines(each)) for each in value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in plain_lines(each)]
    return [] if value == "" else [str(value)]


def _answers(
    questions: tuple[Question, ...], entries: Any, translate: Translate
) -> list[str]:
    found = (_answer(each, entries.get(each.name, ""), translate) for each in questions)
    return [text for text in found if text]


def _answer(question: Question, entry: Any, translate: Translate) -> str:
    chosen = entry if isinstance(entry, list) else [entry]
    return ", ".join(
        translate(question.options.get(each, each)) for each in chosen if each
    )


def _day(since: int) -> str:
    return day_in_words(moment_of(since), api.portal.get_current_language())
