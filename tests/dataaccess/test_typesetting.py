"""Whatever stands in a message or in an account, it can be set as PDF/UA."""

from collective.servicekonto.dataaccess.export import overview
from collective.servicekonto.dataaccess.typesetting import typeset
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader
import pytest


OVERVIEW = Path(overview.__file__).with_name("overview.typ")

# Also halves of pairs, which UTF-8 cannot hold.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


def text_of(text):
    """Return the words of a document with this text everywhere."""
    row = {"label": text, "text": text, "note": text}
    content = {
        "title": "Ihre Daten",
        "language": "de",
        "introduction": [text],
        "nothing": text,
        "sections": [{"title": f"Titel {text}", "rows": [row]}],
    }
    reader = PdfReader(BytesIO(typeset(OVERVIEW, content)))
    return " ".join(one.extract_text() for one in reader.pages)


@settings(max_examples=60, deadline=None)
@example("a\0b")
@example("a\x7fb\x9f")
@example("\ud800")
@example("\u202eab\u200b")
@example("\u0301")
@example("\uffff\U0010ffff\ue000")
@given(ANYTHING)
def test_any_text_can_be_set(text):
    assert "Ihre Daten" in text_of(text)


@pytest.mark.parametrize("one", ["\0", "\x1b", "\ud800", "\U00013000", "\ue000"])
def test_what_cannot_be_shown_is_marked(one):
    assert "vor[?]nach" in text_of(f"vor{one}nach")
