"""When the guard is shown, and whether it was passed."""

from collective.servicekonto.accounts.guesses import network_of
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.keys import key
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.registration import guard
from datetime import datetime
from datetime import timedelta
from typing import Any


_PER = timedelta(minutes=1)
_MOST_COUNTED = 10_000
_forms = Rate(limit=_MOST_COUNTED, per=_PER)


class _UsedNonces(guard.UsedNonces):
    """A nonce of a request that comes to nothing was not used."""

    def use(self, nonce: str) -> bool:
        fresh = super().use(nonce)
        if fresh:
            unless_committed(lambda: self.forget(nonce))
        return fresh


_used = _UsedNonces()


def is_needed(client: str, now: datetime) -> bool:
    """Tell whether the client's network registers unusually often."""
    return _forms.count(network_of(client), now) >= settings().guard_threshold


def count(client: str, now: datetime) -> None:
    """Count a form that was sent from the client's network."""
    _forms.allow(network_of(client), now)


def new_challenge(now: datetime) -> guard.Challenge:
    """Return a challenge for the form."""
    return guard.issue(key("guard"), now)


def next_challenge(entries: Any) -> guard.Challenge | None:
    """Return a challenge whose pause began with the one that was answered too early."""
    began = guard.issued_at(key("guard"), str(entries.get("guard_state") or ""))
    return None if began is None else guard.issue(key("guard"), began)


def judge(entries: Any, now: datetime) -> guard.GuardVerdict:
    """Judge the fields guard_state, guard_answer and guard_payload."""
    state, answer, payload = (
        str(entries.get(name) or "")
        for name in ("guard_state", "guard_answer", "guard_payload")
    )
    return guard.verify(key("guard"), state, answer, payload, now, _used)
