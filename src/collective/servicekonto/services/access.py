"""Who may begin an application, and what those have to do first who may not yet."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.settings import Audience
from collective.servicekonto.services.settings import Settings
from datetime import date
from enum import Enum


class Way(Enum):
    """What leads to the form."""

    OPEN = "open"
    LOG_IN = "log-in"
    RAISE = "raise"
    NOT_FOR_YOU = "not-for-you"
    UNATTENDED = "unattended"
    CLOSED = "closed"
    FAULTY = "faulty"


def way(settings: Settings, level: TrustLevel | None, today: date) -> Way:
    """Return what somebody has to do to apply now.

    ``level`` is that of the citizen's session, None where nobody is logged in. RAISE
    means that the session must reach the level that the service requires. What is
    open for people without account has no level to reach for them. UNATTENDED is a
    service whose office is gone, FAULTY one with an action that would let answers out.
    """
    if settings.has_outlet:
        return Way.FAULTY
    if not settings.office_id:
        return Way.UNATTENDED
    if settings.open_until is not None and today > settings.open_until:
        return Way.CLOSED
    if level is None:
        return _without_account(settings)
    if not settings.takes_accounts:
        return Way.NOT_FOR_YOU
    return Way.OPEN if level >= settings.required_level else Way.RAISE


def _without_account(settings: Settings) -> Way:
    if Audience.ANONYMOUS in settings.audiences:
        return Way.OPEN
    return Way.LOG_IN if settings.takes_accounts else Way.NOT_FOR_YOU
