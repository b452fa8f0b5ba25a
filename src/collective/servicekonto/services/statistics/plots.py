"""Plots as lines of bars: they need no script, and are as legible on a telephone.

Each bar has its number beside it, and its line says what it is: so nothing depends on
colours. Positions across are percentages of the width, the others are pixels.
"""

from collections.abc import Sequence
from collective.servicekonto.services.statistics.rules import coarse
from collective.servicekonto.services.statistics.rules import in_digits
from dataclasses import dataclass


_TITLE = 20
_BAR = 18
_GAP = 10

# Behind the longest bar there is room for its number.
_WIDEST = 85


@dataclass(frozen=True)
class Bar:
    """``series`` is its number in the legend, ``width`` a percentage.

    ``text`` is the number that stands beside it.
    """

    series: int
    text: str
    width: float
    y: int


@dataclass(frozen=True)
class Line:
    """A title with the bars below; ``y`` is the base line of the title."""

    title: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Plot:
    """``name`` tells its parts from those of other plots on the page."""

    name: str
    title: str
    series: tuple[str, ...]
    lines: tuple[Line, ...]
    height: int


def plot(
    name: str,
    title: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
) -> Plot:
    """Return a plot in which each row has a bar for each series.

    The numbers are shown as ``rules.coarse`` has them.
    """
    rows = [(heading, list(map(coarse, values))) for heading, values in rows]
    most = max((value for _title, values in rows for value in values), default=0)
    height = _TITLE + len(series) * _BAR + _GAP
    lines = tuple(
        _line(heading, values, number * height, most)
        for number, (heading, values) in enumerate(rows)
    )
    return Plot(name, title, tuple(series), lines, height * len(rows))


def _line(title: str, values: Sequence[int], top: int, most: int) -> Line:
    bars = tuple(
        Bar(
            series,
            in_digits(value),
            round(_WIDEST * value / most, 1) if most else 0.0,
            top + _TITLE + series * _BAR,
        )
        for series, value in enumerate(values)
    )
    return Line(title, top + _TITLE - 6, bars)
