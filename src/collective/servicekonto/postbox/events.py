"""What other modules can subscribe to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AnswerProvided:
    """A citizen answered an office, which can read it from now on."""

    account: Any
    message: Any
    now: datetime
