"""What has to be corrected in a form."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """``field`` is the id of the field, ``about`` what the text is about, if needed."""

    field: str
    text: Any
    about: str = ""


class Problems(ValueError):
    """A form that cannot be accepted like this."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(len(problems))
        self.problems = problems
