"""An office with very many applications, and one with few: the inbox costs the same."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from pathlib import Path
import os
import shutil


DEFAULT_APPLICATIONS = 100_000
FEW = 100
OPEN = 50

ROUNDS = 3

_SITE = "benchmarks.inbox_site"


def measure(town: Path, directory: Path) -> list[Measure]:
    """Open the inbox of the clerk on both sites, in turns.

    ``APPLICATIONS`` in the environment says how many the large office has.
    """
    many = int(os.environ.get("APPLICATIONS", DEFAULT_APPLICATIONS))
    small, large = (copy_town(town, directory / name) for name in ("small", "large"))
    in_own_process(small, _SITE, "fill", OPEN, FEW - OPEN)
    in_own_process(large, _SITE, "fill", OPEN, many - OPEN)
    seconds: dict[Path, list[tuple[float, float]]] = {small: [], large: []}
    for _round in range(ROUNDS):
        for site, found in seconds.items():
            found.append(in_own_process(site, _SITE, "open_inbox"))
    shutil.rmtree(directory)
    # The quickest of several: what else the machine does is not ours.
    again, first = (
        [min(one[kind] for one in seconds[site]) for site in (small, large)]
        for kind in (0, 1)
    )
    name = f"cases.inbox of {many:,} applications, {OPEN} of them open, to {FEW}"
    return [
        at_most(name, again[1] / again[0], 1.3),
        at_most(f"{name}, from an empty cache", first[1] / first[0], 1.3),
        Measure(f"{name}, milliseconds", again[1] * 1000),
    ]
