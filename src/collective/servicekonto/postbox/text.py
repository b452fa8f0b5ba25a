"""Texts of messages: clean HTML from staff, plain text from citizens."""

from html import escape
from lxml.html import fragments_fromstring
import nh3
import re
import unicodedata


LONGEST_TEXT = 20_000

# What an editor needs in a letter. There are no pictures: nothing is loaded from
# elsewhere when a message is opened.
_TAGS = {
    "a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan"}, "th": {"colspan", "scope"}}
_SCHEMES = {"https", "http", "mailto", "tel"}

_BLOCKS = "p|br|li|h2|h3|h4|tr|blockquote|hr"
_AFTER_BLOCK = re.compile(rf"(</(?:{_BLOCKS})>|<(?:br|hr)\s*/?>)")
_MANY_LINES = re.compile(r"\n{3,}")


def clean_html(html: str) -> str:
    """Return the HTML with nothing in it but text, its structure, and safe links."""
    cleaned: str = nh3.clean(
        _without_controls(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return cleaned.strip()


def from_plain(text: str) -> str:
    """Return plain text as HTML, with its paragraphs and lines."""
    cleaned = _without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = [block.strip() for block in re.split(r"\n\s*\n", cleaned)]
    return "".join(
        f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )


def to_plain(html: str) -> str:
    """Return the text of clean HTML, with its lines."""
    if not html:
        return ""
    lined = _AFTER_BLOCK.sub(r"\1" + "\n", html)
    parts = fragments_fromstring(lined)
    texts = (
        part if isinstance(part, str) else part.text_content() + (part.tail or "")
        for part in parts
    )
    return _MANY_LINES.sub("\n\n", "".join(texts)).strip()


def _without_controls(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    return "".join(one for one in normal if one in "\n\t" or not _is_unsafe(one))


def _is_unsafe(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
        or character in _TURNING
    )


# Signs that turn the direction of the text, so that it reads as something else.
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
