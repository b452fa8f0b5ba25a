"""The counters of this process, which each test begins anew."""

from collections.abc import Iterator
from collective.servicekonto.accounts import mailing
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.throttle import Recent
from collective.servicekonto.accounts.throttle import Tally
from collective.servicekonto.accounts.throttle import Volume
import sys


PACKAGE = "collective.servicekonto."
COUNTERS = Pauses, Rate, Tally, Volume


def forget_everybody() -> None:
    """Let all counters that modules keep be as after a start."""
    mailing._rates.clear()
    for value in _values_of_modules():
        if isinstance(value, COUNTERS):
            for part in vars(value).values():
                _forget(part)
        else:
            _forget(value)


def _forget(part: object) -> None:
    if isinstance(part, Recent):
        part._values.clear()


def _values_of_modules() -> Iterator[object]:
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGE):
            yield from vars(module).values()
