"""What happens at an office."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ClerksChanged:
    """A role was given or taken at an office; ids of members and groups."""

    office: Any
    role: str
    given: frozenset[str]
    taken: frozenset[str]
