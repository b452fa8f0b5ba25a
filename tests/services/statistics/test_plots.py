"""Plots that need no script."""

from collective.servicekonto.services.statistics.plots import plot
from collective.servicekonto.services.statistics.rules import coarse
from collective.servicekonto.services.statistics.rules import in_digits
from hypothesis import given
from hypothesis import strategies as st


ROWS = st.lists(
    st.tuples(st.just("Mai"), st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)))
)


@given(ROWS)
def test_each_number_has_a_bar_within_the_plot(rows):
    found = plot("use", "Use", ("Started", "Sent"), rows)
    bars = [bar for line in found.lines for bar in line.bars]
    assert [bar.text for bar in bars] == [
        in_digits(value) for _title, row in rows for value in row
    ]
    assert all(0 <= bar.width <= 85 for bar in bars)
    assert all(0 < bar.y < found.height for bar in bars)


@given(ROWS)
def test_a_larger_number_has_no_shorter_bar(rows):
    found = plot("use", "Use", ("Started", "Sent"), rows)
    bars = [bar for line in found.lines for bar in line.bars]
    values = [value for _title, row in rows for value in row]
    pairs = sorted(
        zip(values, (bar.width for bar in bars), strict=True),
        key=lambda pair: (coarse(pair[0]), pair[1]),
    )
    widths = [width for _value, width in pairs]
    assert widths == sorted(widths)


def test_neither_number_nor_bar_tells_few_from_fewer():
    plots = [plot("use", "Use", ("Sent",), [("Mai", (few,))]) for few in (1, 2, 3, 4)]
    assert len({repr(one) for one in plots}) == 1
    assert plots[0].lines[0].bars[0].text == "< 5"
