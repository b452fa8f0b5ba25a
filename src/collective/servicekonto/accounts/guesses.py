"""What guessing a password costs, without locking the owner out.

Three things are counted, each with growing pauses of at most a minute: an address
from one network, an address in all, and a network in all. Browsers in which the
owner logged in before have a count of their own.
"""

from collective.servicekonto.accounts.throttle import CAPACITY
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.accounts.throttle import Recent
from collective.servicekonto.accounts.throttle import Tally
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.identity.addresses import AddressProblem
from datetime import datetime
from ipaddress import ip_address
from ipaddress import ip_network
from threading import Lock
from typing import NamedTuple


# A town hall or a phone network is one address for many people.
FREE_FOR_NETWORK = 30
FREE_FOR_ADDRESS = 15

LONGEST_KEY = 512

_pair = Pauses()
_address = Pauses(free=FREE_FOR_ADDRESS)
_network = Pauses(free=FREE_FOR_NETWORK)
_device = Pauses()
_failures = Tally()
_right: Recent[bool] = Recent(CAPACITY)

# Attempts are let in one after the other.
_entrance = Lock()


class Attempt(NamedTuple):
    """An attempt to log in with an address, from a network."""

    address: str
    network: str
    known_device: bool


def network_of(client: str) -> str:
    """Return the network of a client: the address, or the /64 of an IPv6 address."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return str(address)
    return str(ip_network((address, 64), strict=False))


def begin(attempt: Attempt, now: datetime) -> float:
    """Return the seconds until the attempt may be made, 0 for at once.

    An attempt that may be made counts as a failure before its password is checked:
    many at the same time are not more than one after the other. Its end is told with
    failed, succeeded or given_up.
    """
    counters = _counters(attempt)
    with _entrance:
        seconds = pause(attempt, now)
        if not seconds:
            for pauses, key in counters:
                pauses.failed(key, now)
    return seconds


def pause(attempt: Attempt, now: datetime) -> float:
    """Return the seconds until such an attempt may be made; nothing is counted."""
    return max(pauses.wait(key, now) for pauses, key in _counters(attempt))


def note_right(name: str, password: str) -> None:
    """Remember that this password was right."""
    with _entrance:
        _right.put(f"{name}\0{password}", True)


def was_right(name: str, password: str) -> bool:
    """Tell whether this very password was right before; whoever has it guesses nothing."""
    with _entrance:
        return bool(_right.get(f"{name}\0{password}"))


def failed(attempt: Attempt) -> None:
    """Note a wrong password."""
    _failures.count(_spelling(attempt.address))


def succeeded(attempt: Attempt, now: datetime) -> None:
    """Forget the failures of this address from this network or browser."""
    given_up(attempt, now)
    pauses, key = _counters(attempt)[0]
    pauses.succeeded(key)


def given_up(attempt: Attempt, now: datetime) -> None:
    """Take the attempt back, which was no failure."""
    for pauses, key in _counters(attempt):
        pauses.take_back(key, now)


def take_failures(address: str) -> int:
    """Return how many wrong passwords came from anywhere since this was last asked.

    They are counted for every address, whether it has an account or not.
    """
    key = _spelling(address)
    count = _failures.take(key)
    if count:
        unless_committed(lambda: _failures.count(key, count))
    return count


def _counters(attempt: Attempt) -> list[tuple[Pauses, str]]:
    address = _spelling(attempt.address)
    if attempt.known_device:
        return [(_device, address)]
    return [
        (_pair, f"{address} {attempt.network}"),
        (_address, address),
        (_network, attempt.network),
    ]


def _spelling(address: str) -> str:
    # All spellings that find the same account share its counters.
    try:
        return address_key(address)
    except AddressProblem:
        return address.strip().casefold()[:LONGEST_KEY]
