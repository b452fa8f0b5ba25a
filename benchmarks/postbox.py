"""Messages on their way: what a delivery writes, how many a second, and at once."""

from benchmarks.letters import active_account
from benchmarks.letters import new_message
from benchmarks.measures import at_least
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.transactions import typical
from benchmarks.transactions import written
from benchmarks.tries import request
from benchmarks.zope import open_site
from collections import Counter
from collections.abc import Callable
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import deliver
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from plone import api
from statistics import median
from threading import Barrier
from typing import Any
from ZODB.POSException import ConflictError
import time
import transaction


# Boxes and lists that are in use: their buckets are as full as they usually are.
EARLIER = 400
EARLIER_IN_THE_BOX = 60

ROUNDS = 9
COMMITS = 40

WRITERS = 4
DELIVERIES = 150


def measure() -> list[Measure]:
    """Measure a delivery beside a catalogued page, then four writers at once."""
    with open_site() as site:
        boxes = [active_account(number).id for number in range(EARLIER)]
        for number, account_id in enumerate(boxes):
            deliver(query_account(account_id), new_message(number), now())
        account = query_account(boxes[0])
        for number in range(EARLIER_IN_THE_BOX):
            deliver(account, new_message(number), now())
        transaction.commit()
        measures = [*_written(site, boxes), *_speed(site, account)]
    apart = _at_once(boxes[:WRITERS])
    together = _at_once(boxes[:1] * WRITERS)
    return [*measures, *_conflicts("4 boxes", apart), *_conflicts("one box", together)]


def _written(site: Any, boxes: list[str]) -> list[Measure]:
    changes = site.portal_catalog.getCounter()
    ours = written(site, lambda number: query_account(boxes[0]), _deliver)
    first = written(site, lambda number: query_account(boxes[number + 1]), _deliver)
    catalogued = site.portal_catalog.getCounter() - changes
    return [
        at_most("postbox.delivery.objects", typical(ours).objects, 6),
        at_most("postbox.delivery.kilobytes", typical(ours).bytes / 1000, 8),
        Measure("postbox.delivery.most objects", max(w.objects for w in ours)),
        Measure("postbox.delivery.most kilobytes", max(w.bytes for w in ours) / 1000),
        Measure("postbox.delivery.objects, in a small box", typical(first).objects),
        Measure(
            "postbox.delivery.kilobytes, in a small box", typical(first).bytes / 1000
        ),
        at_most("postbox.delivery.changes of portal_catalog", catalogued, 0),
    ]


def _deliver(account: Any, number: int) -> None:
    deliver(account, new_message(number), now())


def _deliver_to(account_id: str, number: int) -> None:
    _deliver(query_account(account_id), number)


def _speed(site: Any, account: Any) -> list[Measure]:
    folder = api.content.create(site, "Folder", id="vergleich-postfach")
    transaction.commit()
    ours, pages = [], []
    for _round in range(ROUNDS):
        pages.append(_per_second(lambda number: _add_page(folder, number)))
        ours.append(_per_second(lambda number: _deliver(account, number)))
    ratio = median(one / other for one, other in zip(ours, pages, strict=True))
    return [
        at_least("postbox.deliveries to catalogued pages, per second", ratio, 20),
        Measure("postbox.deliveries per second", median(ours)),
        Measure("postbox.catalogued pages per second", median(pages)),
    ]


def _add_page(folder: Any, number: int) -> None:
    api.content.create(folder, "Document", title=f"Rückfrage {number}")


def _per_second(act: Callable[[int], None]) -> float:
    started = time.perf_counter()
    for number in range(COMMITS):
        act(number)
        transaction.commit()
    return COMMITS / (time.perf_counter() - started)


def _at_once(boxes: list[str]) -> Counter:
    """Let each writer deliver into its box; count what was lost."""
    before = _messages_in(boxes)
    together = Barrier(len(boxes))
    firsts = range(0, len(boxes) * DELIVERIES, DELIVERIES)
    with ThreadPoolExecutor(len(boxes)) as pool:
        counts = sum(
            pool.map(
                lambda box, first: _deliver_many(box, first, together), boxes, firsts
            ),
            Counter(),
        )
    counts["lost"] = len(boxes) * DELIVERIES + before - _messages_in(boxes)
    return counts


def _messages_in(boxes: list[str]) -> int:
    with open_site():
        return sum(
            sum(1 for _one in query_box(one).newest(Folder.INBOX)) for one in set(boxes)
        )


def _deliver_many(account_id: str, first: int, together: Barrier) -> Counter:
    counts: Counter = Counter()
    with open_site():
        together.wait()
        for number in range(first, first + DELIVERIES):
            try:
                request(partial(_deliver_to, account_id, number), counts)
            except ConflictError:
                counts["refused"] += 1
    return counts


def _conflicts(where: str, counts: Counter) -> list[Measure]:
    name = f"postbox.{WRITERS} writers on {where}"
    return [
        at_most(f"{name}, conflicts that reach a caller", counts["refused"], 0),
        at_most(f"{name}, lost messages", counts["lost"], 0),
        Measure(f"{name}, conflicts tried again", counts["conflicts"]),
    ]
