"""Texts of messages: nothing in them runs, nothing is lost."""

from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.postbox.text import from_plain
from collective.servicekonto.postbox.text import is_blank
from collective.servicekonto.postbox.text import to_plain
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragments_fromstring
import pytest
import unicodedata


HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<p style='position:fixed'>x</p>",
    "<form action='https://evil.example'><input name='password'></form>",
    "<math><mtext></p><script>alert(1)</script>",
    "<link rel=stylesheet href=https://evil.example>",
    "<base href='https://evil.example'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
]
ALLOWED = {
    "a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip


def elements(html):
    """Return all elements of the HTML."""
    parts = fragments_fromstring(html) if html else []
    return [one for part in parts if not isinstance(part, str) for one in part.iter()]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_loads_or_asks_survives(html):
    for one in elements(clean_html(f"<p>vor</p>{html}<p>nach</p>")):
        assert one.tag in ALLOWED
        assert set(one.attrib) <= {"href", "rel", "colspan", "scope"}
        assert not one.get("href", "").startswith(("javascript", "data"))
    assert "vor" in clean_html(f"<p>vor</p>{html}")


@given(st.text())
def test_whatever_is_typed_stays_text(text):
    for one in elements(from_plain(text)):
        assert one.tag in {"p", "br"}
        assert not one.attrib


def test_markup_of_a_citizen_is_shown_as_typed():
    assert to_plain(from_plain("<b>x</b> & <script>")) == "<b>x</b> & <script>"


def test_every_letter_of_the_standard_survives():
    name = "Ŝčëpān Ģārḑ\u0327 C\u0304 Ṁ ﬁn ǆ Łódź ẞ ʼʹ"
    normal = unicodedata.normalize("NFC", name)
    assert to_plain(from_plain(name)) == normal
    assert to_plain(clean_html(f"<p>{name}</p>")) == normal


def test_paragraphs_and_lines_are_kept():
    text = "Guten Tag,\n\nerste Zeile\r\nzweite Zeile\n\n\n\nGruß"
    assert to_plain(from_plain(text)) == "Guten Tag,\nerste Zeile\nzweite Zeile\nGruß"


def test_signs_that_turn_the_direction_of_the_text_are_left_out():
    assert to_plain(from_plain("Rechnung\u202efdp.exe")) == "Rechnungfdp.exe"
    assert "\u202e" not in clean_html("<p>a\u202eb</p>")


def test_links_of_staff_keep_their_address():
    link = '<a href="https://stadt.example/a?b=c">Termin</a>'
    (anchor,) = elements(clean_html(link))
    assert anchor.get("href") == "https://stadt.example/a?b=c"
    assert "noopener" in anchor.get("rel")


@pytest.mark.parametrize(
    "link",
    [
        "//evil.example",
        "/portal/abmelden",
        "seite",
        "#teil",
        "https://user:pw@evil.example/",
        "https://stadt.example@evil.example/",
        "https:evil.example",
        "https:///evil.example",
        "https://stadt.example\\@evil.example/",
        "https://[::1/",
        "ftp://evil.example/",
        "mailto:amt@stadt.example?body=x",
        "mailto:amt@stadt.example%0ABcc:x@evil.example",
        "mailto:a@stadt.example,b@evil.example",
        "tel:110;ext=1",
        "javascript:alert(1)",
        "java&#10;script:alert(1)",
    ],
)
def test_links_that_lead_elsewhere_than_they_seem_to_are_only_text(link):
    (anchor,) = elements(clean_html(f'<a href="{link}">Termin</a>'))
    assert anchor.get("href") is None
    assert anchor.text == "Termin"


@pytest.mark.parametrize(
    "link",
    [
        "HTTP://www.stadt.example",
        "https://stadt.example:8443/a?b=c%20d#e",
        "mailto:amt@stadt.example",
        "tel:+49 89 123-45",
    ],
)
def test_links_to_pages_addresses_and_telephones_stay(link):
    (anchor,) = elements(clean_html(f'<a href="{link}">Termin</a>'))
    assert anchor.get("href") == link


def test_signs_written_as_entities_are_left_out():
    assert clean_html("<p>a&#x202e;b&#1;c</p>") == "<p>abc</p>"


def test_a_sign_behind_a_tag_does_not_break_it():
    (paragraph,) = elements(clean_html("<p>&#824;x</p>"))
    assert paragraph.tag == "p"


def test_a_line_has_nothing_in_it_that_nobody_sees():
    assert clean_line(" Ihr\r\nAntrag\0\u202e\ud800\u200b\tvom 3.\u2028Mai ") == (
        "Ihr Antrag vom 3. Mai"
    )
    assert clean_line("Mu\u0308ller") == "Müller"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b", "\u202e\u00ad", "\ud800", "\u3164", "\0", "\u0301"]
)
def test_a_line_of_nothing_is_empty(text):
    assert clean_line(text) == ""
    assert is_blank(text)


@example("\u202e\0\ud800\u2029")
@given(st.text(st.characters(exclude_categories=())))
def test_a_cleaned_text_stays_as_it_is(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert line.isprintable()
    assert clean_text(clean_text(text)) == clean_text(text)
    clean_text(text).encode()
