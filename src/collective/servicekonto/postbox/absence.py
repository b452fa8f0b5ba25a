"""The days on which a citizen is away, as they say: offices see it before they write."""

from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.postbox.messages import get_box
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.store.service import get_store
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import NamedTuple


LONGEST = timedelta(days=366)

# The due queue of absences that are over.
ABSENCES = "absences"


class Absence(NamedTuple):
    """First and last day."""

    first: date
    last: date

    @property
    def expires(self) -> int:
        """Return when it is forgotten, epoch seconds: two days after its last day."""
        end = datetime.combine(self.last + timedelta(days=2), time(), UTC)
        return int(end.timestamp())


class WrongDays(ValueError):
    """The last day is before the first one, or over, or too far away."""


def query(account_id: str) -> Absence | None:
    """Return what the citizen has said last, or None."""
    box = query_box(account_id)
    if box is None or not box.absence:
        return None
    first, last = box.absence
    return Absence(date.fromisoformat(first), date.fromisoformat(last))


def present_or_coming(account_id: str, now: datetime) -> Absence | None:
    """Return the days on which the citizen is away, None where they are over."""
    found = query(account_id)
    return None if found is None or found.last < day_of(now) else found


def say(account: Any, absence: Absence, now: datetime) -> None:
    """Note the days. Raises WrongDays."""
    today = day_of(now)
    if not max(absence.first, today) <= absence.last <= today + LONGEST:
        raise WrongDays
    forget(account.id)
    first, last = absence
    get_box(account.id).absence = (first.isoformat(), last.isoformat())
    get_store().queue(ABSENCES).add(account.id, absence.expires)


def forget(account_id: str) -> None:
    """Note that the citizen is there."""
    found = query(account_id)
    if found is not None:
        get_box(account_id).absence = ()
        get_store().queue(ABSENCES).remove(account_id, found.expires)
