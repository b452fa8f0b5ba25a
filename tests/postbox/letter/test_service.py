"""Letters are PDF/UA whatever a message says."""

from collective.servicekonto.postbox.letter.blocks import blocks_of
from collective.servicekonto.postbox.letter.service import Letter
from collective.servicekonto.postbox.letter.service import pdf
from collective.servicekonto.postbox.letter.service import Section
from collective.servicekonto.postbox.text import clean_html
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from io import BytesIO
from pypdf import PdfReader
import pytest


LONG_TABLE = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 300 + "</table>"


def made(body, title="Ihr Antrag", **changes):
    """Return the PDF of a letter with this body."""
    entries = {
        "title": title,
        "facts": ("Von: Bürgerbüro",),
        "body": clean_html(body),
        "sections": (Section("Anhänge", ("vertrag.pdf",)),),
    } | changes
    return PdfReader(BytesIO(pdf(Letter(**entries), "de", str)))


def text_of(reader):
    """Return the words of all pages."""
    return " ".join(" ".join(one.extract_text() for one in reader.pages).split())


def test_it_has_title_language_and_tags():
    reader = made("<p>Guten Tag</p>")
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Ihr Antrag"
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_it_says_everything():
    text = text_of(made("<p>Guten <b>Tag</b>,</p><p>Zeile<br>Zeile</p>"))
    for part in ("Von: Bürgerbüro", "Guten Tag,", "vertrag.pdf"):
        assert part in text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Nur Text",
        "<h4>Überschrift</h4><p>Text</p><h2>Noch eine</h2><h4>Und noch</h4>",
        "<ul><li>eins<ul><li>zwei</li></ul></li><li></li></ul><ol><li><p>drei</p></li></ol>",
        "<ul></ul><ol></ol>",
        "<blockquote><p>Zitat</p><h3>Darin</h3></blockquote>",
        "<table><tr><th>a</th><th>b</th></tr><tr><td colspan='2'>c</td></tr></table>",
        "<table><tr><td colspan='99999'>c</td></tr><tr></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
        "<table></table>",
        "<table><tr><td colspan='2'>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr>"
        "<tr><td colspan='2'>e</td></tr></table>",
        f"<p><a href='https://x.example/{'x' * 20_000}'>Link</a></p>",
        "<table><tr><th>nur</th><th>Kopf</th></tr></table>",
        LONG_TABLE,
        '<p><a href="https://www.example.org/?a=1&amp;b=2">Link</a></p>',
        '<p><a href="mailto:amt@example.org">Brief</a> <a>ohne</a></p>',
        "<p>#set page(width: 1cm) $x$ *fett* @label &lt;script&gt; \\ ` // /* </p>",
        "<p>Ș ț Ḥ ẞ ĳ Ǆ Ω И 中 عربى 😀</p>",
        "<hr><p></p><br>",
        "<ul><li>" * 200 + "tief" + "</li></ul>" * 200,
        "<b>" * 500 + "tief" + "</b>" * 500,
        f"<p>{'Donaudampfschifffahrt' * 500}</p>",
    ],
)
def test_whatever_is_written_makes_a_letter(body):
    assert len(made(body).pages) >= 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<h2>", "<h3>x</h3>", "<ul><li>", "</li></ul>", "a", "<td>",
             "<tr>", "<table>", "</table>", "<th>", "<b>", "</b>", "<br>", "<hr>", "😀",
             "<blockquote>", "</blockquote>", "<a href='https://x.example'>", "</a>"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_any_html_makes_a_letter(body):
    assert made(body).pages


@pytest.mark.parametrize("title", ["", "\u200b", "a\0b", "\ud800"])
def test_whatever_the_subject_is_there_is_a_letter(title):
    assert made("<p>Text</p>", title=title).pages


def test_words_are_kept_in_any_structure():
    html = "<h2>A</h2>B<ul><li>C<p>D</p></li></ul><table><tr><td>E</td></tr></table>F"
    text = text_of(made(html))
    assert [one for one in "ABCDEF" if one not in text] == []


def test_what_no_font_can_show_is_replaced_and_the_rest_stays():
    text = text_of(made("<p>Ş Ĥ ẞ Ω И, \U0001fae8 und 中文, ģ</p>"))
    assert "Ş Ĥ ẞ Ω И" in text
    assert "[?]" in text
    assert "ģ" in text


def test_levels_of_headings_follow_each_other():
    assert [one["kind"] for one in blocks_of("<h4>a</h4><p>b</p>")] == [
        "heading",
        "paragraph",
    ]


def test_a_title_in_markup_is_text():
    assert "#strong[x]" in text_of(made("<p>a</p>", title="#strong[x] <b>"))
