"""An office with very many applications, and one with few: its inbox costs the same."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from pathlib import Path
import os
import shutil


DEFAULT_APPLICATIONS = 1_000_000
FEW = 100
OPEN = 50

ROUNDS = 3

_SITE = "benchmarks.inbox_site"


def measure(town: Path, directory: Path) -> list[Measure]:
    """Open the inbox of the office on both sites, in turns.

    ``APPLICATIONS`` in the environment says how many the large one has; all but fifty
    are decided.
    """
    many = int(os.environ.get("APPLICATIONS", DEFAULT_APPLICATIONS))
    sites = {size: copy_town(town, directory / f"{size}") for size in (FEW, many)}
    for size, site in sites.items():
        in_own_process(site, _SITE, "fill", size, OPEN)
    seconds: dict[int, list[tuple[float, float]]] = {size: [] for size in sites}
    for _round in range(ROUNDS):
        for size, site in sites.items():
            seconds[size].append(in_own_process(site, _SITE, "open_inbox"))
    shutil.rmtree(directory)
    # The quickest of several: what else the machine does is not ours.
    again, first = (
        [min(one[kind] for one in seconds[size]) for size in (FEW, many)]
        for kind in (0, 1)
    )
    name = f"services.inbox of {OPEN} open among {many:,} applications to {FEW}"
    return [
        at_most(name, again[1] / again[0], 1.3),
        at_most(f"{name}, from an empty cache", first[1] / first[0], 1.3),
        Measure(f"{name}, milliseconds", again[1] * 1000),
    ]
