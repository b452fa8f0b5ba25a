"""When an account that nobody uses is announced, and when it is deleted.

OZG § 8 (7): after two years without use, announced two months before. Months are those
of the calendar.
"""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import UTC
from dateutil.relativedelta import relativedelta


NOTICE = relativedelta(months=2)


def announced_at(last_use: date, months: int) -> datetime:
    """Return when the citizen is told, who used the account on this day last.

    ``months`` is how long an account is kept without use.
    """
    told: datetime = _end_of(last_use) + relativedelta(months=months) - NOTICE
    return told


def deleted_at(last_use: date, months: int, told: datetime) -> datetime:
    """Return when the account is deleted: never less than two months after telling."""
    unused = _end_of(last_use) + relativedelta(months=months)
    deleted: datetime = max(unused, told + NOTICE)
    return deleted


def locked_until(now: datetime, last_use: date, lock: timedelta) -> datetime:
    """Return when an account is deleted that the citizen wants to delete now.

    A clock that jumped back since the citizen logged in does not shorten the lock.
    """
    return max(now, datetime.combine(last_use, time(), UTC)) + lock


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
