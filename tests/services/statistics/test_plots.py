"""Plots that need no script."""

from collective.servicekonto.services.statistics.plots import plot
from hypothesis import given
from hypothesis import strategies as st


ROWS = st.lists(
    st.tuples(st.just("Mai"), st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)))
)


@given(ROWS)
def test_each_number_has_a_bar_within_the_plot(rows):
    found = plot("use", "Use", ("Started", "Sent"), rows)
    bars = [bar for line in found.lines for bar in line.bars]
    assert [bar.value for bar in bars] == [
        value for _title, row in rows for value in row
    ]
    assert all(0 <= bar.width <= 85 for bar in bars)
    assert all(0 < bar.y < found.height for bar in bars)


@given(ROWS)
def test_a_larger_number_has_no_shorter_bar(rows):
    found = plot("use", "Use", ("Started", "Sent"), rows)
    bars = sorted(
        (bar for line in found.lines for bar in line.bars), key=lambda bar: bar.value
    )
    widths = [bar.width for bar in bars]
    assert widths == sorted(widths)
