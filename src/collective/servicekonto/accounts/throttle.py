"""Slowing down guessing, without locking anybody out.

The counters live in the memory of one process: a restart forgets them, and each
process counts for itself. Keys are kept as keyed hashes only, so that neither
addresses nor networks can be read from the memory. Both classes are thread-safe.
"""

from collections import deque
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from threading import Lock
import hashlib
import secrets


CAPACITY = 50_000
FREE_FAILURES = 3
PAUSE_GROWTH = 1.8
LONGEST_PAUSE = 60.0
FORGOTTEN_AFTER = timedelta(hours=1)

# The first failure whose pause is cut at the longest one.
_SLOWEST = FREE_FAILURES + 7


class _Counters[T]:
    """The most recently used values by the keyed hashes of their keys."""
