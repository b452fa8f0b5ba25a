"""Many accounts: exact look-ups, and a cleanup that reads only what is due.

The store grows from size to size. Each measure runs in a process of its own, so that
its peak of memory is its own.
"""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from pathlib import Path
from typing import NamedTuple
import os
import shutil


FEW = 1_000
MANY = 100_000
DUE = 10_000
FEW_BESIDE_DUE = 20_000
DEFAULT_SCALE = 100_000

_STORE = "benchmarks.big_store"


class LookUp(NamedTuple):
    """Seconds of one look-up, typically."""

    from_disk: float
    in_memory: float


class CleanUp(NamedTuple):
    """What a cleanup took, and the process's peak of memory in bytes."""

    done: int
    seconds: float
    memory: int


def measure(town: Path, directory: Path) -> list[Measure]:
    """Measure at few accounts, then at many."""
    scale = int(os.environ.get("SCALE", DEFAULT_SCALE))
    few = copy_town(town, directory / "few")
    _grow(few, FEW)
    look_up_few = _look_up(few)
    _grow(few, FEW_BESIDE_DUE - DUE)
    many = copy_town(town, directory / "many")
    _grow(many, MANY)
    look_up_many = _look_up(many)
    _grow(many, scale - DUE)
    for store in (few, many):
        in_own_process(store, _STORE, "add_due", DUE)
    clean_up_few = _clean_up(few)
    clean_up_many = _clean_up(many)
    shutil.rmtree(directory)
    return [
        *_compare_look_ups(look_up_many, look_up_few),
        *_compare_clean_ups(clean_up_many, clean_up_few, scale),
    ]


def _compare_look_ups(many: LookUp, few: LookUp) -> list[Measure]:
    name = f"registration.look-up at {MANY:,}"
    return [
        at_most(f"{name} to {FEW:,}, in memory", many.in_memory / few.in_memory, 1.5),
        # A larger tree has one more node, and here it is read from the disk each time.
        Measure(
            f"{name} to {FEW:,}, from an empty cache", many.from_disk / few.from_disk
        ),
        Measure(f"{name} in memory, microseconds", many.in_memory * 1e6),
        Measure(f"{name} from an empty cache, microseconds", many.from_disk * 1e6),
    ]


def _compare_clean_ups(many: CleanUp, few: CleanUp, scale: int) -> list[Measure]:
    name = f"registration.cleanup of {DUE:,}"
    among = f"{name} among {scale:,} to {FEW_BESIDE_DUE:,}"
    return [
        at_most(f"{among}, time", many.seconds / few.seconds, 2.0),
        at_most(f"{among}, peak memory", many.memory / few.memory, 1.3),
        at_most(f"{name}, left over", 2 * DUE - many.done - few.done, 0),
        Measure(f"{name} among {scale:,}, seconds", many.seconds),
        Measure(f"{name} among {scale:,}, peak megabytes", many.memory / 1e6),
    ]


def _grow(directory: Path, size: int) -> None:
    in_own_process(directory, _STORE, "grow", size)


def _look_up(directory: Path) -> LookUp:
    return LookUp(*in_own_process(directory, _STORE, "look_up"))


def _clean_up(directory: Path) -> CleanUp:
    return CleanUp(*in_own_process(directory, _STORE, "clean_up"))
