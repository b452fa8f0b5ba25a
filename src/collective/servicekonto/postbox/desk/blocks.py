"""Text blocks of an office: what its staff write again and again."""

from collective.servicekonto import _
from collective.servicekonto.offices.content import ITextBlock
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.postbox.text import from_plain
from collective.servicekonto.postbox.text import is_blank
from typing import Any
import re


MOST = 50

_TAG = re.compile(r"<[a-zA-Z/]")

Blocks = list[dict[str, str]]


class BlocksChanged(RuntimeError):
    """Somebody else has changed the text blocks meanwhile."""


class BlocksIncorrect(ValueError):
    """Something cannot be saved; ``problems`` are texts by number and field."""

    def __init__(self, problems: dict[tuple[int, str], Any]) -> None:
        super().__init__(*problems)
        self.problems = problems


def text_blocks(office: Any) -> Blocks:
    """Return title and text of each text block of the office."""
    return [dict(one) for one in office.text_blocks or ()]


def save(office: Any, seen: Blocks, blocks: Blocks) -> None:
    """Replace the text blocks that were seen; empty ones are left out.

    Raises NotYours, BlocksChanged or BlocksIncorrect.
    """
    service.demand(office)
    if text_blocks(office) != seen:
        raise BlocksChanged
    cleaned = [_cleaned(one) for one in blocks]
    _check(cleaned)
    office.text_blocks = tuple(one for one in cleaned if one["title"] or one["text"])


def with_block(text: str, block: str) -> str:
    """Return what was written with a text block behind it.

    What was written is HTML of the editor, or plain text; it stays what it is.
    """
    if _TAG.search(text):
        return text + from_plain(block)
    return f"{text.rstrip()}\n\n{block}".lstrip()


def _cleaned(block: dict[str, str]) -> dict[str, str]:
    text = clean_text(block["text"]).strip()
    return {
        "title": clean_line(block["title"]),
        "text": "" if is_blank(text) else text,
    }


def _check(blocks: Blocks) -> None:
    problems: dict[tuple[int, str], Any] = {}
    for number, block in enumerate(blocks):
        if not block["title"] and block["text"]:
            problems[number, "title"] = _("Please enter a title for this text block.")
        if block["title"] and not block["text"]:
            problems[number, "text"] = _("Please enter the text of this text block.")
        for name in ("title", "text"):
            longest = ITextBlock[name].max_length
            if len(block[name]) > longest:
                problems[number, name] = _(
                    "This is too long. At most ${number} characters are possible.",
                    mapping={"number": longest},
                )
    if problems:
        raise BlocksIncorrect(problems)
