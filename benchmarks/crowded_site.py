"""A site whose accounts have messages, and the visit to one of their boxes."""

from Acquisition import aq_base
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
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.postbox.content import Postfachnachricht
from collective.servicekonto.postbox.messages import get_box
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Turn
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.thread_lists import note_reference
from collective.servicekonto.postbox.thread_lists import set_turn
from statistics import median
from typing import Any
import time
import transaction
import Zope2


BATCH = 1000
SAMPLES = 25


def fill(accounts: int, in_the_first: int, usually: int) -> None:
    """Make accounts with messages; the first one has another number of them.

    Its messages are delivered; those of all others are copies, kept the same way.
    """
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        models = _deliver(active_account(0), in_the_first)
        for number in range(1, accounts):
            # One is there: the welcome.
            _copy(models[: usually - 1], active_account(number))
            if number % BATCH == BATCH - 1:
                transaction.commit()
                site._p_jar.cacheMinimize()


def _deliver(account: Any, number: int) -> list[Any]:
    """Deliver so many messages, the welcome being one; return the delivered ones."""
    delivered = []
    for one in range(number - 1):
        delivered.append(aq_base(deliver(account, new_message(one), now())))
        if one % BATCH == BATCH - 1:
            transaction.savepoint(optimistic=True)
    return delivered


def _copy(models: list[Any], account: Any) -> None:
    box = get_box(account.id)
    for model in models:
        copy = Postfachnachricht()
        copy.__dict__.update(model.__dict__)
        copy.id = copy.thread = new_id(box.free_time(time.time_ns()))
        copy.last = 0
        box.put(Folder.INBOX, copy)
        box.count_unread(1)
        set_turn(account, copy, Turn.CITIZEN, now())
        note_reference(account, copy)


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
