"""A site with very many messages, and one with few: opening a box costs the same."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from pathlib import Path
import os
import shutil


DEFAULT_ACCOUNTS = 100_000
MESSAGES_PER_ACCOUNT = 10
IN_THE_LARGE_BOX = 10_000
IN_THE_SMALL_BOX = 10

ROUNDS = 3

_SITE = "benchmarks.crowded_site"


def measure(town: Path, directory: Path) -> list[Measure]:
    """Open the box of the first citizen on both sites, in turns.

    ``ACCOUNTS`` in the environment says how many accounts the large site has; each has
    ten messages.
    """
    accounts = int(os.environ.get("ACCOUNTS", DEFAULT_ACCOUNTS))
    small, large = (copy_town(town, directory / name) for name in ("small", "large"))
    in_own_process(small, _SITE, "fill", 1, IN_THE_SMALL_BOX, 0)
    in_own_process(
        large, _SITE, "fill", accounts, IN_THE_LARGE_BOX, MESSAGES_PER_ACCOUNT
    )
    seconds: dict[Path, list[tuple[float, float]]] = {small: [], large: []}
    for _round in range(ROUNDS):
        for site, found in seconds.items():
            found.append(in_own_process(site, _SITE, "open_box"))
    shutil.rmtree(directory)
    # The quickest of several: what else the machine does is not ours.
    again, first = (
        [min(one[kind] for one in seconds[site]) for site in (small, large)]
        for kind in (0, 1)
    )
    messages = accounts * MESSAGES_PER_ACCOUNT
    name = (
        f"postbox.opening a box of {IN_THE_LARGE_BOX:,} among {messages:,} messages to "
        f"one of {IN_THE_SMALL_BOX} alone"
    )
    return [
        at_most(name, again[1] / again[0], 1.3),
        at_most(f"{name}, from an empty cache", first[1] / first[0], 1.3),
        Measure(f"{name}, milliseconds", again[1] * 1000),
    ]
