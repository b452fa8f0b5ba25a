"""From where somebody logs in: the browser in words, and the network, unreadable."""

from collective.servicekonto.accounts.guesses import network_of
from collective.servicekonto.keys import signature
from typing import Any
from typing import NamedTuple
import httpagentparser


LONGEST_AGENT = 400

_PURPOSE = "network"

# The library's names that citizens would not recognise.
_NAMES = {"ChromiumEdge": "Edge", "Mac OS": "macOS"}


class Client(NamedTuple):
    """``browser`` and ``system`` are names, empty where they are not known.

    ``network`` is a keyed hash: it tells whether two clients are in the same
    network, and nothing about where that is.
    """

    browser: str
    system: str
    network: str


UNKNOWN = Client("", "", "")


def client_of(request: Any) -> Client:
    """Return from where the request comes."""
    agent = (request.getHeader("User-Agent") or "")[:LONGEST_AGENT]
    found = httpagentparser.detect(agent)
    return Client(
        _name(found, "browser"),
        _name(found, "platform"),
        signature(_PURPOSE, network_of(request.getClientAddr())),
    )


def _name(found: dict[str, Any], part: str) -> str:
    name = found.get(part, {}).get("name") or ""
    return _NAMES.get(name, name)
