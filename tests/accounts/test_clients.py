"""From where somebody logs in, in words."""

from collective.servicekonto.accounts.clients import client_of
import pytest


class Request:
    """As much of a request as is looked at."""

    def __init__(self, agent, address="203.0.113.7"):
        self.agent = agent
        self.address = address

    def getHeader(self, name):
        """Return the name of the browser."""
        return self.agent

    def getClientAddr(self):
        """Return the address of the client."""
        return self.address


AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": (
        "Firefox",
        "Linux",
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1": ("Safari", "iOS"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0": ("Edge", "Windows"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 Safari/605.1.15": ("Safari", "macOS"),
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36": ("Chrome", "Android"),
}


@pytest.mark.parametrize(("agent", "words"), AGENTS.items())
def test_usual_browsers_are_named(agent, words):
    client = client_of(Request(agent))
    assert (client.browser, client.system) == words


@pytest.mark.parametrize("agent", [None, "", "curl/8.0", "(" * 5000, "\x00ü"])
def test_what_is_not_known_stays_empty(agent):
    client = client_of(Request(agent))
    assert (client.browser, client.system) == ("", "")


def test_the_same_network_is_recognised_and_cannot_be_read():
    here, again = client_of(Request("")), client_of(Request(""))
    elsewhere = client_of(Request("", "198.51.100.9"))
    assert here.network == again.network != elsewhere.network
    assert "203.0.113" not in here.network
