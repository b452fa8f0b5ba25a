"""The one place where the present moment comes from."""

from datetime import datetime
from datetime import UTC
from zope.component import queryUtility
from zope.interface import Interface


class IClock(Interface):
    """Utility that tells the time; tests register one that they can move."""

    def __call__():
        """Return the present moment as an aware datetime in UTC."""


def now() -> datetime:
    """Return the present moment as an aware datetime in UTC."""
    clock = queryUtility(IClock)
    return datetime.now(UTC) if clock is None else clock()
