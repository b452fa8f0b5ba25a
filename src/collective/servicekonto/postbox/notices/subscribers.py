"""What is done when something happened to an account."""

from collective.servicekonto.clock import now
from collective.servicekonto.postbox.notices import service
from typing import Any


def begin_anew(event: Any) -> None:
    """A proven new address is reachable until the contrary is seen."""
    service.begin_anew(event.account, now())
