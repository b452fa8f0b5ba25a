"""A site whose accounts have messages, and the visit to one of their boxes."""

from benchmarks.letters import active_account
from benchmarks.letters import new_message
from benchmarks.people import address
from benchmarks.visit import visit
from benchmarks.zope import NO_PORT
from benchmarks.zope import open_site
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.service import deliver
from statistics import median
import transaction
import Zope2


BATCH = 1000
SAMPLES = 25


def fill(accounts: int, in_the_first: int, usually: int) -> None:
    """Make accounts with messages; the first one has another number of them."""
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        for number in range(accounts):
            account = active_account(number)
            # One is there: the welcome.
            more = (usually if number else in_the_first) - 1
            for message in range(more):
                deliver(account, new_message(message), now())
                if message % BATCH == BATCH - 1:
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
