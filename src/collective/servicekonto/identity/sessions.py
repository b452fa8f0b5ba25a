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

# The levels of sessions.
_DOWNWARDS = (TrustLevel.HIGH, TrustLevel.SUBSTANTIAL, TrustLevel.LOW)


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
    left = falls(authentications, last_activity, now)
    return min(left[0].idle, left[0].latest) if left else None


@dataclass(frozen=True)
class Fall:
    """When a level ends: without activity until ``idle``, at ``latest`` in any case."""

    level: TrustLevel
    idle: datetime
    latest: datetime


def falls(
    authentications: Iterable[Authentication], last_activity: datetime, now: datetime
) -> tuple[Fall, ...]:
    """Return the ends of the present level and of those below, in this order.

    With the last one the session is over; where it is over already, there is none.
    """
    left = step_down(authentications, last_activity, now)
    return tuple(
        Fall(
            level,
            last_activity + limits(level).inactivity,
            max(each.at for each in left if each.level >= level)
            + limits(level).duration,
        )
        for level in _DOWNWARDS
        if any(each.level >= level for each in left)
    )


def _level_left(
    authentication: Authentication, last_activity: datetime, now: datetime
) -> TrustLevel | None:
    levels = (
        level
        for level in _DOWNWARDS
        if level <= authentication.level
        and not is_over(level, authentication.at, last_activity, now)
    )
    return next(levels, None)
