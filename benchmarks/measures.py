"""A measured value beside the bound that it has to keep."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """``value`` in the unit that the end of the name tells; ``bound`` in words.

    Without a bound the value is shown for comparison and always holds.
    """

    measure: str
    value: float
    bound: str | None = None
    holds: bool = True


def at_most(measure: str, value: float, bound: float) -> Measure:
    """Return a value that must not be greater than the bound."""
    return Measure(measure, value, f"≤ {bound:g}", value <= bound)


def at_least(measure: str, value: float, bound: float) -> Measure:
    """Return a value that must not be smaller than the bound."""
    return Measure(measure, value, f"≥ {bound:g}", value >= bound)


def table(measures: list[Measure]) -> str:
    """Return the measures as a table for the console."""
    width = max(len(one.measure) for one in measures)
    lines = [f"{'measure':{width}}  {'value':>12}  bound"]
    for one in measures:
        verdict = "" if one.bound is None else "holds" if one.holds else "FAILS"
        value = f"{one.value:,.3f}".rstrip("0").rstrip(".")
        lines.append(
            f"{one.measure:{width}}  {value:>12}  {one.bound or '':10} {verdict}".rstrip()
        )
    return "\n".join(lines)
