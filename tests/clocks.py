"""A clock for tests."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC


START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        """Let time pass: days, hours, minutes or seconds."""
        self.moment += timedelta(**duration)
