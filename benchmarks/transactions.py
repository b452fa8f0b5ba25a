"""What transactions write: objects and bytes, read back from the storage."""

from collections.abc import Callable
from statistics import median
from typing import Any
from typing import NamedTuple
import transaction


SAMPLES = 40


class Written(NamedTuple):
    """What one transaction wrote."""

    objects: int
    bytes: int


def written(site: Any, prepare: Callable, act: Callable) -> list[Written]:
    """Return what each of several acts wrote, without what preparing it wrote."""
    result = []
    for number in range(SAMPLES):
        prepared = prepare(number)
        transaction.commit()
        act(prepared, number)
        transaction.commit()
        result.append(_last_transaction(site))
    return result


def _last_transaction(site: Any) -> Written:
    storage = site._p_jar.db().storage
    last = storage.lastTransaction()
    transactions = storage.iterator(last, last)
    sizes = [len(record.data) for record in next(transactions)]
    return Written(len(sizes), sum(sizes))


def typical(written: list[Written]) -> Written:
    """Return the median."""
    return Written(
        round(median(w.objects for w in written)),
        round(median(w.bytes for w in written)),
    )
