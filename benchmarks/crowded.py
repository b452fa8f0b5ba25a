"""A site with very many messages, and one with few: opening a box costs the same."""

from benchmarks.letters import active_account
from benchmarks.letters import new_message
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.people import address
from benchmarks.visit import visit
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from benchmarks.zope import NO_PORT
from benchmarks.zope import open_site
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.service import deliver
from pathlib import Path
from statistics import median
import os
import shutil
import transaction
import Zope2


DEFAULT_ACCOUNTS = 10_000
MESSAGES_PER_ACCOUNT = 10
IN_THE_LARGE_BOX = 10_000
IN_THE_SMALL_BOX = 10

BATCH = 500
ROUNDS = 5
SAMPLES = 40

_HERE = "benchmarks.crowded"


def measure(town: Path, directory: Path) -> list[Measure]:
    """Open the box of the first citizen on both sites, in turns.

    ``ACCOUNTS`` in the environment says how many accounts the large site has; each has
    ten messages.
    """
    accounts = int(os.environ.get("ACCOUNTS", DEFAULT_ACCOUNTS))
    small, large = (copy_town(town, directory / name) for name in ("small", "large"))
    in_own_process(small, _HERE, "fill", 1, IN_THE_SMALL_BOX)
    in_own_process(large, _HERE, "fill", accounts, IN_THE_LARGE_BOX)
    seconds: dict[Path, list[tuple[float, float]]] = {small: [], large: []}
    for _round in range(ROUNDS):
        for site, found in seconds.items():
            found.append(in_own_process(site, _HERE, "open_box"))
    shutil.rmtree(directory)
    # The quickest of several: what else the machine does is not ours.
    again, first = (
        [min(one[kind] for one in seconds[site]) for site in (small, large)]
        for kind in (0, 1)
    )
    messages = accounts * MESSAGES_PER_ACCOUNT
    name = (
        f"postbox.opening a box of {IN_THE_LARGE_BOX:,} among {messages:,} messages to "
        f"one of {IN_THE_SMALL_BOX} alone"
    )
    return [
        at_most(name, again[1] / again[0], 1.3),
        at_most(f"{name}, from an empty cache", first[1] / first[0], 1.3),
        Measure(f"{name}, milliseconds", again[1] * 1000),
    ]


def fill(accounts: int, in_the_first: int) -> None:
    """Make accounts with messages; the first one has another number of them."""
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        for number in range(accounts):
            account = active_account(number)
            # One is there: the welcome.
            more = (MESSAGES_PER_ACCOUNT if number else in_the_first) - 1
            for message in range(more):
                deliver(account, new_message(message), now())
                if message % (BATCH * MESSAGES_PER_ACCOUNT) == 0:
                    transaction.savepoint(optimistic=True)
            if number % BATCH == BATCH - 1:
                transaction.commit()
                site._p_jar.cacheMinimize()


def open_box() -> tuple[float, float]:
    """Return the seconds of processor time of the page: usually, and the first time."""
    with open_site() as site:
        account = query_by_address(address(0))
        ticket = sessions.start(account, TrustLevel.LOW, "password", now())
        path = f"/{site.getId()}/buergerportal/postfach"
    citizen = {"HTTP_COOKIE": f"{SESSION_COOKIE}={ticket}"}
    visit(path, **citizen)
    again = [visit(path, **citizen) for _number in range(SAMPLES)]
    first = []
    for _number in range(SAMPLES):
        Zope2.DB.cacheMinimize()
        first.append(visit(path, **citizen))
    return median(again), median(first)
