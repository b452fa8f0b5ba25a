"""What a clerk should know of a citizen before a message is sent."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox.notices.service import is_undeliverable
from datetime import datetime
from typing import Any


def about_level(level: TrustLevel) -> Iterator[Any]:
    """Yield that nobody can log in with this level here."""
    is_reached = level <= TrustLevel.LOW or (
        level is TrustLevel.SUBSTANTIAL and passkeys.are_possible()
    )
    if not is_reached:
        yield _(
            "Nobody can read this message at the moment: in this Bürgerportal citizens "
            "cannot log in with the level that you have chosen."
        )


def about_citizen(account: Any, now: datetime, language: str) -> Iterator[Any]:
    """Yield that mails come back, and when the citizen is away."""
    if is_undeliverable(account):
        yield _(
            "E-mails to this citizen come back. Please consider writing by post as well."
        )
    away = absence.present_or_coming(account.id, now)
    if away is not None:
        first, last = (date_in_words(day, language) for day in away)
        yield _(
            "The citizen is away from ${first} to ${last}, and may answer later.",
            mapping={"first": first, "last": last},
        )
