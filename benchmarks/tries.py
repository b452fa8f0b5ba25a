"""A request as the publisher runs it: committed, and tried again after a conflict."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar
from ZODB.POSException import ConflictError
import transaction


# As often as the publisher does when zope.conf says nothing else.
RETRIES = 3

Result = TypeVar("Result")


def request(act: Callable[[], Result], counts: Counter) -> Result:
    """Return what the act returned once it is committed.

    Counts ``conflicts``. Raises ConflictError where no try was left.
    """
    for tries_left in reversed(range(RETRIES + 1)):
        try:
            result = act()
            transaction.commit()
        except ConflictError:
            transaction.abort()
            counts["conflicts"] += 1
            if not tries_left:
                raise
        else:
            break
    return result
