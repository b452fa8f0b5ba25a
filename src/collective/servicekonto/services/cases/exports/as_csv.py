"""CSV as spreadsheets in Germany open it: UTF-8 with a mark, semicolons, all quoted.

A spreadsheet would compute a text that begins like a formula, also one that a stranger
typed into a form. Before such a text there is an apostrophe, and before one that begins
with an apostrophe there is a second one: whoever takes one away gets the text back.
"""

from collective.servicekonto.services.cases.exports.records import Table
from io import StringIO
import csv


MEDIA_TYPE = "text/csv; charset=utf-8"

_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")


def written(table: Table) -> bytes:
    """Return the file."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in (table.header, *table.lines):
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
