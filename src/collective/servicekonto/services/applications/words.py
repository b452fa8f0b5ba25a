"""Applications in the words of citizens."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import State
from datetime import date
from typing import Any


# What happens next, by state.
_NEXT = {
    State.SUBMITTED: _("The office checks your application. You need not do anything."),
    State.IN_PROGRESS: _(
        "The office is working on your application. You need not do anything."
    ),
    State.QUERIED: _(
        "The office needs something from you. You find its question in your Postfach. "
        "Please answer there."
    ),
    State.ANSWERED: _("The office has your answer and goes on with your application."),
    State.APPROVED: _(
        "Your application was approved. The decision is in your Postfach, or comes by "
        "post."
    ),
    State.REJECTED: _(
        "Your application was rejected. The decision with the reasons is in your "
        "Postfach, or comes by post. It says what you can do against it."
    ),
    State.WITHDRAWN: _(
        "You took your application back. The office does not go on with it."
    ),
    State.SETTLED: _("Your application is settled. Nothing more happens."),
}

# The same for people without an account, to whom the office cannot write here.
_NEXT_WITHOUT_ACCOUNT = _NEXT | {
    State.QUERIED: _("The office needs something from you. Please ask it what it is."),
    State.APPROVED: _(
        "Your application was approved. The office sends you the decision."
    ),
    State.REJECTED: _(
        "Your application was rejected. The office sends you the decision with the "
        "reasons. It says what you can do against it."
    ),
}

_ACTORS = {
    Actor.CITIZEN: _("by you"),
    Actor.OFFICE: _("by the office"),
    Actor.SYSTEM: _("automatically"),
}

_ORIGINS = {
    Source.TYPED.value: _("from your account"),
    Source.LINK.value: _("from your account, confirmed by e-mail"),
    Source.OFFICE.value: _("from your account, confirmed by an authority"),
    Source.ONLINE_AUSWEIS.value: _("confirmed by your Online-Ausweis"),
}


def what_comes(state: str, due: str, language: str) -> list[Any]:
    """Say what happens next, and until when; ``due`` is an ISO text or empty."""
    return _what_comes(_NEXT, state, due, language)


def what_comes_without_account(state: str, due: str, language: str) -> list[Any]:
    """Say the same to somebody who has no Postfach."""
    return _what_comes(_NEXT_WITHOUT_ACCOUNT, state, due, language)


def actor(by: str) -> Any:
    """Say who changed something."""
    return _ACTORS[Actor(by)]


def origin(text: str) -> Any:
    """Say where an answer comes from, empty where it was typed into the form."""
    return _ORIGINS.get(text.partition(":")[2], "")


def when(seconds: int, language: str) -> Any:
    """Return day and time in words, to be translated."""
    return moment_in_words(moment_of(seconds), language)


def _what_comes(
    texts: Mapping[State, Any], state: str, due: str, language: str
) -> list[Any]:
    said = [text for one, text in texts.items() if one == state]
    if due and state in (State.SUBMITTED, State.IN_PROGRESS, State.ANSWERED):
        day = date_in_words(date.fromisoformat(due), language)
        said.append(_("The office wants to decide by ${day}.", mapping={"day": day}))
    return said
