"""Citizens who register at the very same time, without a web server between."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.people import new_account
from benchmarks.people import references
from benchmarks.tries import request
from benchmarks.zope import open_site
from collections import Counter
from collective.servicekonto.clock import now
from collective.servicekonto.registration import service
from collective.servicekonto.registration.draft import Details
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from ZODB.POSException import ConflictError


THREADS = 4
REGISTRATIONS = 150


def measure() -> list[Measure]:
    """Let the threads register without hashing, which would keep them apart."""
    together = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        counts = sum(
            pool.map(lambda thread: _register_many(thread, together), range(THREADS)),
            Counter(),
        )
    registered = THREADS * REGISTRATIONS
    return [
        at_most(
            "registration.threads.conflicts that reach the user", counts["lost"], 0
        ),
        Measure("registration.threads.registrations", registered),
        Measure("registration.threads.conflicts tried again", counts["conflicts"]),
    ]


def _register_many(thread: int, together: Barrier) -> Counter:
    counts: Counter = Counter()
    with open_site():
        together.wait()
        for number in range(REGISTRATIONS):
            try:
                _register(thread * REGISTRATIONS + number, counts)
            except ConflictError:
                counts["lost"] += 1
    return counts


def _register(number: int, counts: Counter) -> None:
    new = new_account(number)
    key = request(lambda: service.begin("privatperson", "de", now()), counts)
    request(lambda: service.choose_account(key, "servicekonto", now()), counts)
    details = Details(
        new.salutation, new.given_names, new.family_name, new.email, new.password_hash
    )
    request(lambda: setattr(service.get_draft(key, now()), "details", details), counts)
    request(lambda: service.register(key, set(references()), now()), counts)
