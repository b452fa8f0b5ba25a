"""The door to letters: a message with what belongs to it, as PDF/UA."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto.dataaccess.typesetting import typeset
from collective.servicekonto.postbox.letter.blocks import blocks_of
from dataclasses import dataclass
from pathlib import Path
from typing import Any


Translate = Callable[[Any], str]

# PDF/UA wants a heading with something in it.
_NO_TITLE = "–"

_SOURCE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True)
class Section:
    """A part of the letter below the text; ``lines`` are paragraphs."""

    title: Any
    lines: tuple[Any, ...]


@dataclass(frozen=True)
class Letter:
    """What is set. Texts are strings, or messages to be translated.

    ``body`` is clean HTML; ``facts`` stand below the title.
    """

    title: Any
    facts: tuple[Any, ...]
    body: str
    sections: tuple[Section, ...]


def pdf(letter: Letter, language: str, translate: Translate) -> bytes:
    """Return the letter as a PDF with tags for screen readers."""
    content = {
        "title": translate(letter.title) or _NO_TITLE,
        "language": language.partition("-")[0],
        "facts": list(map(translate, letter.facts)),
        "body": list(_levelled(blocks_of(letter.body))),
        "sections": [
            {"title": translate(one.title), "lines": list(map(translate, one.lines))}
            for one in letter.sections
        ],
    }
    return typeset(_SOURCE, content)


def _levelled(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Let no level of headings be left out, as PDF/UA demands."""
    before = 0
    for block in blocks:
        if block["kind"] == "heading":
            before = min(block["level"], before + 1)
            block = block | {"level": before}
        yield block
