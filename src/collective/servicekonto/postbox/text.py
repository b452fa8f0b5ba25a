"""Texts of messages: clean HTML from staff, plain text from citizens."""

from html import escape
from lxml.html import fragments_fromstring
from urllib.parse import urlsplit
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

# One plain address, without texts that it would put into the mail.
_MAIL = re.compile(r"mailto:[^\s@?&%,;:<>\"\\]+@[^\s@?&%,;:<>\"\\]+", re.IGNORECASE)
_TELEPHONE = re.compile(r"tel:\+?[0-9][0-9()./ -]*", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)

_BLOCKS = "p|br|li|h2|h3|h4|tr|blockquote|hr"
_AFTER_BLOCK = re.compile(rf"(</(?:{_BLOCKS})>|<(?:br|hr)\s*/?>)")
_MANY_LINES = re.compile(r"\n{3,}")

# Letters and signs that nobody sees.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_html(html: str) -> str:
    """Return the HTML with nothing in it but text, its structure, and safe links."""
    cleaned: str = nh3.clean(
        _without_controls(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    # What stood there as an entity is a character by now.
    return _without_unsafe(cleaned).strip()


def clean_line(text: str) -> str:
    """Return the text as one line without anything that nobody sees.

    It is empty where nothing can be read in it.
    """
    normal = unicodedata.normalize("NFC", " ".join(text.split()))
    seen = normal if normal.isprintable() else "".join(filter(_is_seen, normal))
    return "" if is_blank(seen) else " ".join(seen.split())


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"


def clean_text(text: str) -> str:
    """Return a plain text of several lines without controls and turning signs."""
    return _without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Tell whether nothing can be read in the text."""
    return all(unicodedata.category(one)[0] in "CMZ" or one in _BLANKS for one in text)


def from_plain(text: str) -> str:
    """Return plain text as HTML, with its paragraphs and lines."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", clean_text(text))]
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


def _safe_attribute(_tag: str, name: str, value: str) -> str | None:
    """Return the value, None for an address that leads elsewhere than it seems to."""
    return value if name != "href" or _is_safe_link(value) else None


def _is_safe_link(address: str) -> bool:
    if _MAIL.fullmatch(address) or _TELEPHONE.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(_WEB.fullmatch(address) and parts.hostname and "@" not in parts.netloc)


def _without_controls(text: str) -> str:
    return _without_unsafe(unicodedata.normalize("NFC", text))


def _without_unsafe(text: str) -> str:
    if text.isprintable():
        # Nearly always; it is much faster to ask for all of it at once.
        return text
    return "".join(one for one in text if one in "\n\t" or not _is_unsafe(one))


def _is_unsafe(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
        or character in _TURNING
    )


# Signs that turn the direction of the text, so that it reads as something else.
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
