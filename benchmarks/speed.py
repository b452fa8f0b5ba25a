"""Accounts per second beside bare persistent objects, one commit each."""

from benchmarks.measures import at_least
from benchmarks.measures import Measure
from benchmarks.people import new_account
from benchmarks.zope import open_site
from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collective.servicekonto.accounts.service import create_account
from collective.servicekonto.accounts.service import NewAccount
from collective.servicekonto.clock import now
from persistent import Persistent
from statistics import median
from uuid import uuid4
import time
import transaction


ROUNDS = 9
COMMITS = 150


class Bare(Persistent):
    """The fields of an account and nothing else."""


def measure() -> list[Measure]:
    """Measure both in turns, so that a disturbance meets both."""
    ours, bare = [], []
    with open_site() as site:
        site._p_jar.root()["bare"] = accounts = OOBTree()
        transaction.commit()
        for part in range(ROUNDS):
            numbers = range(part * COMMITS, (part + 1) * COMMITS)
            bare.append(_per_second(numbers, lambda new: _add(accounts, new)))
            ours.append(_per_second(numbers, lambda new: create_account(new, now())))
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return [
        at_least("registration.store.ratio to bare objects", ratio, 0.25),
        Measure("registration.store.accounts per second", median(ours)),
        Measure("registration.store.bare objects per second", median(bare)),
    ]


def _per_second(numbers: range, add: Callable[[NewAccount], object]) -> float:
    started = time.perf_counter()
    for number in numbers:
        add(new_account(number))
        transaction.commit()
    return len(numbers) / (time.perf_counter() - started)


def _add(accounts: OOBTree, new: NewAccount) -> None:
    bare = Bare()
    bare.__dict__.update(vars(new))
    bare.registered = int(now().timestamp())
    accounts[uuid4().hex] = bare
