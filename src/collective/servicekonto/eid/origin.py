"""An eID-Client gets no TC token from this address but ours.

It takes any token from the address that stands in the certificate, even a file that an
editor published. Somebody could begin a log-in, fetch its token, publish a copy, and let
a victim's AusweisApp follow it: the victim's card would be read for the log-in of the
other. BSI TR-03124-1 trusts the whole address (chapters 2.7.3 and 2.9). The client names
itself in each request, and no page can change that.
"""

from collective.servicekonto.accounts import audit
from collective.servicekonto.eid.views import ClientPage
from typing import Any
from zExceptions import Forbidden


# How an eID-Client names itself: “AusweisApp2/1.26.2 (TR-03124/1.3)”, others “TR-03124-1”.
_CLIENT = "TR-03124"


def guard_clients(event: Any) -> None:
    """Raise Forbidden where an eID-Client opens anything but the pages made for it."""
    request = event.request
    if _CLIENT not in (request.getHeader("User-Agent") or ""):
        return
    published = request.get("PUBLISHED")
    if not isinstance(getattr(published, "__self__", published), ClientPage):
        audit.record("eid-foreign-token")
        raise Forbidden
