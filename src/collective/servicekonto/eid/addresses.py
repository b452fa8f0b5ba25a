"""Where the eID-Client finds pages of the portal: under its public address.

A test eID-Server has an https address of its own, because the eID-Client accepts no
other, and a site that is tried on one's own machine has none.
"""

from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_our_host
from collective.servicekonto.portal.service import link
from typing import Any
from urllib.parse import urlsplit
import os


# Address of the Bürgerportal behind the https server of a test eID-Server.
FRONT = "SERVICEKONTO_EID_FRONT"


def client_link(page: str) -> str:
    """Return the address under which the eID-Client opens a page of the portal."""
    front = os.environ.get(FRONT, "").rstrip("/")
    return f"{front}/{page}" if front else link(get_portal(), page)


def is_for_client(request: Any) -> bool:
    """Tell whether the request came to such an address."""
    origin = str(request["SERVER_URL"])
    front = os.environ.get(FRONT, "")
    at_front = bool(front) and urlsplit(origin).netloc == urlsplit(front).netloc
    return at_front or is_our_host(get_portal(), origin)
