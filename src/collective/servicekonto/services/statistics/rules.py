"""What is counted of an Online-Dienst, and what the numbers say."""

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import pairwise
from itertools import zip_longest


# Decisions are counted by how many days they took: up to one, up to three, and so on.
# What took longer than the last of them has a class of its own.
WAITS = (1, 3, 7, 14, 30, 60, 90)

# Fewer could point at a person. So the numbers of a month are known in steps of so many
# only, and sums are sums of these: no number can be found by subtracting others.
FEWEST = 5

# Stands for one up to FEWEST - 1.
FEW = 2

# The editor compares with the year before the last.
KEPT_MONTHS = 36


@dataclass(frozen=True)
class Counts:
    """What was counted in a month, or in several.

    ``pages``    how many drafts came to each page
    ``decided``  how many decisions took so long, by the classes of WAITS
    """

    started: int = 0
    sent: int = 0
    pages: tuple[int, ...] = ()
    decided: tuple[int, ...] = (0,) * (len(WAITS) + 1)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was counted."""
        return not (self.started or self.sent or any(self.pages) or any(self.decided))


def month_of(day: date) -> str:
    """Return the month of the day, such as 2026-05."""
    return f"{day:%Y-%m}"


def months_until(day: date, number: int) -> list[str]:
    """Return so many months, the last of which is that of the day."""
    months: list[str] = []
    for _number in range(number):
        months.insert(0, month_of(day))
        day = day.replace(day=1) - timedelta(days=1)
    return months


def forgotten_on(month: str) -> date:
    """Return the first day on which the numbers of the month are not kept any more."""
    months = int(month[:4]) * 12 + int(month[5:]) + KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def wait_of(days: int) -> int:
    """Return the number of the class in WAITS that so many days belong to."""
    return bisect_left(WAITS, days)


def total(found: Iterable[Counts]) -> Counts:
    """Return the sum."""
    months = list(found)
    return Counts(
        started=sum(one.started for one in months),
        sent=sum(one.sent for one in months),
        pages=_sums(one.pages for one in months),
        decided=_sums([Counts.decided, *(one.decided for one in months)]),
    )


def left_on(counts: Counts) -> tuple[int, ...]:
    """Return how many came to each page and went on neither to the next nor to the end.

    They have given up, or are still filling in. Whoever sends in another month than the
    one in which the page was reached can only make a number too small, never negative.
    """
    reached = (*counts.pages, counts.sent)
    return tuple(max(here - behind, 0) for here, behind in pairwise(reached))


def coarse(number: int) -> int:
    """Return what may be known of the number: 0, FEW, or the nearest multiple of FEWEST."""
    if 0 < number < FEWEST:
        return FEW
    return (number + FEWEST // 2) // FEWEST * FEWEST


def coarse_counts(counts: Counts) -> Counts:
    """Return what may be known of the counts of a month."""
    return Counts(
        started=coarse(counts.started),
        sent=coarse(counts.sent),
        pages=tuple(map(coarse, counts.pages)),
        decided=tuple(map(coarse, counts.decided)),
    )


def in_digits(number: int) -> str:
    """Return a number as people read it."""
    shown = coarse(number)
    return f"< {FEWEST}" if shown == FEW else str(shown)


def usual_wait(counts: Counts) -> int | None:
    """Return the class of WAITS within which half of the decisions came.

    None where there are too few to say so.
    """
    if sum(counts.decided) < FEWEST:
        return None
    half = sum(counts.decided) / 2
    so_far = 0
    for wait, number in enumerate(counts.decided):
        so_far += number
        if number and so_far >= half:
            return wait
    return None


def _sums(found: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip_longest(*found, fillvalue=0)))
