"""How long a session lasts at each trust level."""

from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta


CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class SessionLimits:
    """The longest a session may last, in all and without any activity."""

    duration: timedelta
    inactivity: timedelta


_LOW = SessionLimits(duration=timedelta(hours=12), inactivity=timedelta(minutes=60))

_LIMITS = {
    TrustLevel.BASIS: _LOW,
    TrustLevel.LOW: _LOW,
    TrustLevel.SUBSTANTIAL: SessionLimits(
        duration=timedelta(hours=2), inactivity=timedelta(minutes=30)
    ),
    TrustLevel.HIGH: SessionLimits(
        duration=timedelta(minutes=30), inactivity=timedelta(minutes=5)
    ),
}


def limits(level: TrustLevel) -> SessionLimits:
    """Return the limits of a session at this level (BSI TR-03160-1, chapter 4.3).

    The guideline names none for the Basisregistrierung, which no session has;
    it is treated as the level above it.
    """
    return _LIMITS[level]


def is_over(
    level: TrustLevel, started: datetime, last_activity: datetime, now: datetime
) -> bool:
    """Tell whether a session has reached one of its limits.

    All times are aware. A start or last activity that lies more than five minutes
    in the future cannot be trusted and ends the session. A smaller step back of
    the clock neither ends it nor revives one that was over: the latest time known
    counts as the present.
    """
    latest = max(started, last_activity, now)
    if latest - now > CLOCK_TOLERANCE:
        return True
    allowed = limits(level)
    return (
        latest - started >= allowed.duration
        or latest - last_activity >= allowed.inactivity
    )
