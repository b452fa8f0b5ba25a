"""How long a session lasts at each trust level."""

from collections.abc import Iterable
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


@dataclass(frozen=True)
class Authentication:
    """A log-in with one means: the level that it reached, and when.

    Nobody logs in at the lowest level: that raises ValueError.
    """

    level: TrustLevel
    at: datetime

    def __post_init__(self) -> None:
        if self.level < TrustLevel.LOW:
            raise ValueError("A log-in reaches a level above the lowest.")


def level_now(
    authentications: Iterable[Authentication], last_activity: datetime, now: datetime
) -> TrustLevel | None:
    """Return the level of a session, or None where it is over.

    An authentication that has reached the limits of its level counts on at the
    next lower one, with the time already spent (BSI TR-03160-1, chapter 4.3).
    """
    left = step_down(authentications, last_activity, now)
    return max((each.level for each in left), default=None)


def step_down(
    authentications: Iterable[Authentication], last_activity: datetime, now: datetime
) -> tuple[Authentication, ...]:
    """Return the authentications as they still count; none when all are over.

    Before an activity after a pause is noted, the session must keep this result:
    otherwise the activity would bring back a level that the pause has ended.
    """
    lowered = (
        (_level_left(each, last_activity, now), each.at) for each in authentications
    )
    return tuple(Authentication(level, at) for level, at in lowered if level)


def ends_at(
    authentications: Iterable[Authentication], last_activity: datetime, now: datetime
) -> datetime | None:
    """Return when the level of the session falls next, or the session ends.

    This is so if there is neither an activity nor a log-in until then. None where
    the session is over already.
    """
    left = step_down(authentications, last_activity, now)
    if not left:
        return None
    level = max(each.level for each in left)
    allowed = limits(level)
    latest = max(each.at for each in left if each.level is level)
    return min(latest + allowed.duration, last_activity + allowed.inactivity)


def _level_left(
    authentication: Authentication, last_activity: datetime, now: datetime
) -> TrustLevel | None:
    levels = (
        level
        for level in (TrustLevel.HIGH, TrustLevel.SUBSTANTIAL, TrustLevel.LOW)
        if level <= authentication.level
        and not is_over(level, authentication.at, last_activity, now)
    )
    return next(levels, None)
