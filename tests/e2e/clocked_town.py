"""The command of the demo, with a clock that a test can put forward.

The file that ``TOWN_CLOCK`` names holds the seconds by which it is ahead.
"""

from collective.servicekonto.clock import IClock
from collective.servicekonto.demo.__main__ import main
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from pathlib import Path
from zope.component import provideUtility
import os


AHEAD = Path(os.environ["TOWN_CLOCK"])


def present() -> datetime:
    """Return the moment that the demo takes for the present one."""
    return datetime.now(UTC) + timedelta(seconds=float(AHEAD.read_text()))


if __name__ == "__main__":
    provideUtility(present, IClock)
    main()
