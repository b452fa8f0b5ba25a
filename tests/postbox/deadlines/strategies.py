"""Days, Länder and bases for the properties of deadlines."""

from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.workdays import Land
from datetime import date
from hypothesis import settings
from hypothesis import strategies as st


thorough = settings(max_examples=3_000, deadline=None)

FIRST = date(2022, 8, 1)
LAST = date(2035, 12, 31)

DAYS = st.dates(FIRST, LAST)
LATER = st.integers(0, 60)
LANDS = st.sampled_from(list(Land))
BASES = st.sampled_from(list(Basis))
