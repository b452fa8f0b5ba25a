"""An Excel workbook in which everything is text, so that nothing is computed.

A cell holds 32,767 characters; what is longer goes on in columns beside it.
"""

from collective.servicekonto.services.cases.exports.records import Table
from io import BytesIO
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from typing import Any
import re


MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Escaped, a character takes up to seven.
LONGEST = 32_767 // 7

# What XML cannot hold, and what looks as if it stood for it (ECMA-376, ST_Xstring).
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def written(table: Table) -> bytes:
    """Return the file."""
    wide = _widened(table)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, Font(bold=True)) for title in wide.header])
    for row in wide.lines:
        sheet.append([_cell(sheet, text) for text in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def escaped(text: str) -> str:
    """Return the text as a cell holds it."""
    plain = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", plain)


def _cell(sheet: Any, text: str, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = escaped(text)
    # It would be a formula where the text begins with “=”.
    cell.data_type = "s"
    cell.quotePrefix = True
    if font is not None:
        cell.font = font
    return cell


def _widened(table: Table) -> Table:
    """Return a table whose texts fit into cells."""
    pieces = [[_pieces(text) for text in row] for row in table.lines]
    widths = [
        max([1, *(len(row[column]) for row in pieces)])
        for column in range(len(table.header))
    ]
    header = [
        title if number == 1 else f"{title} – {number}"
        for title, width in zip(table.header, widths, strict=True)
        for number in range(1, width + 1)
    ]
    rows = [
        tuple(
            text
            for found, width in zip(row, widths, strict=True)
            for text in (found + [""] * width)[:width]
        )
        for row in pieces
    ]
    return Table(tuple(header), tuple(rows))


def _pieces(text: str) -> list[str]:
    return [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)] or [""]
