"""Attributes, means and levels as the properties need them.

Ten thousand examples are affordable because each is one single number, which says
what to take from every pool.
"""

from collections.abc import Sequence
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import typed
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import Means
from hypothesis import settings
from hypothesis import strategies as st
from itertools import combinations
from itertools import product
from math import prod
from random import Random
from typing import Any


thorough = settings(max_examples=10_000)


def cases(*pools: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy for all combinations of one element from each pool."""

    def chosen(number: int) -> tuple[Any, ...]:
        elements = []
        for pool in pools:
            number, position = divmod(number, len(pool))
            elements.append(pool[position])
        return tuple(elements)

    return st.sampled_from(range(prod(map(len, pools)))).map(chosen)


LEVELS = list(TrustLevel)

# The levels of log-ins, of sessions and of whole accounts.
REACHED = LEVELS[1:]

NAMES = [*MINIMUM_DATA, "email", "de_mail", "phone", "children"]

VALUES = ["Erika", "ERIKA", [{"name": "Anna"}], ""]

# What an account holds, and what is proven afterwards.
THEN = 1_600_000_000
NOW = 1_700_000_000

_PROOFS = [
    (value, level, source)
    for value, level, source in product(VALUES, REACHED, Source)
    if level <= source.highest
]
PROOFS = [proven(*proof, NOW) for proof in _PROOFS]
ATTRIBUTES = [
    *(typed(value, THEN) for value in VALUES if value),
    *(proven(*proof, THEN) for proof in _PROOFS),
]

_random = Random(20230303)


def _some(attributes):
    names = _random.sample(NAMES, _random.randint(0, 6))
    return {name: _random.choice(attributes) for name in names}


ACCOUNTS = [_some(ATTRIBUTES) for _ in range(2000)]
READINGS = [_some(PROOFS) for _ in range(2000)]

NAME_SETS = [frozenset(_random.sample(NAMES, size % 11)) for size in range(300)]

ONE_MEANS = [
    Means(f"{kind.value}-{confirmed}-{blocked}", kind, "", 1, confirmed, blocked)
    for kind, confirmed, blocked in product(Kind, (True, False), (0, 9))
]
ALL_MEANS = [means for size in range(3) for means in combinations(ONE_MEANS, size)]
