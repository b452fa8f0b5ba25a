"""What a clerk looks for among the applications."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Filter:
    """Which applications a clerk wants to see; what is empty does not matter.

    ``states``     that they are in
    ``service``    UID of the service
    ``assigned``   id of the clerk who works on them
    ``unassigned`` whether nobody works on them
    ``overdue``    whether they should have been decided before today
    """

    states: tuple[str, ...]
    service: str = ""
    assigned: str = ""
    unassigned: bool = False
    overdue: bool = False

    def fits(self, application: Any, today: date) -> bool:
        """Tell whether the application is wanted; its state was looked at before."""
        return (
            self.service in ("", application.service)
            and self.assigned in ("", application.assigned)
            and not (self.unassigned and application.assigned)
            and (not self.overdue or is_overdue(application.due, today))
        )


def is_overdue(due: str, today: date) -> bool:
    """Tell whether the day, an ISO text or empty, is over."""
    return bool(due) and date.fromisoformat(due) < today
