"""What happens at an office."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ClerksChanged:
    """The role Clerk was given or taken; ids of members and groups."""

    office: Any
    given: frozenset[str]
    taken: frozenset[str]
