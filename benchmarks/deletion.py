"""Deleting an account takes no longer because there are many others."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from pathlib import Path
import shutil


FEW = 1_000
MANY = 100_000
MESSAGES = 1_000
FILES = 100
ROUNDS = 3

_STORE = "benchmarks.big_store"


def measure(town: Path, directory: Path) -> list[Measure]:
    """Measure the deletion at few and at many accounts, in turns."""
    stores = {size: copy_town(town, directory / f"{size}") for size in (FEW, MANY)}
    for size, store in stores.items():
        in_own_process(store, _STORE, "grow", size)
    seconds: dict[int, list[float]] = {FEW: [], MANY: []}
    for _round in range(ROUNDS):
        for size, store in stores.items():
            one = in_own_process(store, _STORE, "delete_rich_accounts", MESSAGES, FILES)
            seconds[size].append(one)
    shutil.rmtree(directory)
    # The quickest of several: what else the machine does is not ours.
    few, many = min(seconds[FEW]), min(seconds[MANY])
    name = (
        f"account.deletion with {MESSAGES:,} messages and transfers, {FILES} "
        "attachments,"
    )
    return [
        at_most(f"{name} at {MANY:,} to {FEW:,} accounts", many / few, 1.3),
        Measure(f"{name} at {MANY:,} accounts, milliseconds", many * 1000),
    ]
