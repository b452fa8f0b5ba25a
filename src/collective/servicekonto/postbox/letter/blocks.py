"""The clean HTML of a message as plain data, from which a letter is set."""

from collections.abc import Iterator
from lxml.html import fragment_fromstring
from lxml.html import HtmlElement
from typing import Any


Run = dict[str, Any]
Block = dict[str, Any]

_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_STYLES = {
    "b": "bold",
    "strong": "bold",
    "em": "italic",
    "i": "italic",
    "u": "underline",
}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "table", "hr", *_HEADINGS}

# What a PDF takes, in bytes.
_LONGEST_LINK = 8000

# Nobody writes letters deeper than this; what is deeper is set as plain text.
_DEEPEST = 12


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of a text: paragraphs, headings, lists, quotes, tables, rules."""
    if not html:
        return []
    return list(_blocks(fragment_fromstring(html, create_parent="div"), 0))


def _blocks(element: HtmlElement, depth: int) -> Iterator[Block]:
    """Yield the blocks inside; text that stands between them is a paragraph."""
    loose: list[Run] = []
    if element.text:
        loose.append({"text": element.text})
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(loose)
            loose = []
            yield from _block(child, depth)
        else:
            loose += _runs_of(child, {})
        if child.tail:
            loose.append({"text": child.tail})
    yield from _paragraph(loose)


def _block(element: HtmlElement, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        yield from _paragraph([{"text": element.text_content()}])
    elif element.tag in _HEADINGS:
        yield from _heading(element, depth)
    elif element.tag in ("ul", "ol"):
        items = [list(_blocks(one, depth + 1)) for one in element.iterchildren("li")]
        yield {"kind": "list", "ordered": element.tag == "ol", "items": items}
    elif element.tag == "blockquote":
        yield {"kind": "quote", "blocks": list(_blocks(element, depth + 1))}
    elif element.tag == "table":
        yield from _table(element, depth)
    elif element.tag == "hr":
        yield {"kind": "rule"}
    else:
        yield from _blocks(element, depth + 1)


def _heading(element: HtmlElement, depth: int) -> Iterator[Block]:
    """Yield a heading; within lists and tables it would break their order."""
    if depth or not element.text_content().strip():
        yield from _paragraph(_runs(element, {"bold": True}))
    else:
        level = _HEADINGS[element.tag]
        yield {"kind": "heading", "level": level, "runs": _runs(element, {})}


def _table(element: HtmlElement, depth: int) -> Iterator[Block]:
    rows = [
        [
            {
                "head": cell.tag == "th",
                "span": _span(cell),
                "blocks": list(_blocks(cell, depth + 1)),
            }
            for cell in row.iterchildren("td", "th")
        ]
        for row in element.iter("tr")
    ]
    columns = max(map(_width, rows), default=0)
    if columns:
        filled = [_filled(row, columns) for row in rows if row]
        yield {"kind": "table", "columns": columns, "rows": filled}


def _width(row: list[Block]) -> int:
    return sum(cell["span"] for cell in row)


def _filled(row: list[Block], columns: int) -> list[Block]:
    """Return the row with a cell at its end for what it lacks in width."""
    rest = columns - _width(row)
    if not rest:
        return row
    is_head = all(cell["head"] for cell in row)
    return [*row, {"head": is_head, "span": rest, "blocks": []}]


def _span(cell: HtmlElement) -> int:
    text = cell.get("colspan") or "1"
    return min(max(int(text), 1), 50) if text.isdecimal() and len(text) < 4 else 1


def _paragraph(runs: list[Run]) -> Iterator[Block]:
    if any(run["text"].strip() for run in runs):
        yield {"kind": "paragraph", "runs": runs}


def _runs(element: HtmlElement, style: Run) -> list[Run]:
    runs: list[Run] = []
    if element.text:
        runs.append({"text": element.text, **style})
    for child in element:
        runs += _runs_of(child, style)
        if child.tail:
            runs.append({"text": child.tail, **style})
    return runs


def _runs_of(element: HtmlElement, style: Run) -> list[Run]:
    if element.tag == "br":
        return [{"break": True, "text": ""}]
    own = dict(style)
    if element.tag in _STYLES:
        own[_STYLES[element.tag]] = True
    if element.tag == "a" and 0 < len(element.get("href", "").encode()) < _LONGEST_LINK:
        own["link"] = element.get("href")
    return _runs(element, own)
