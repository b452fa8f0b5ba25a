"""Every character leaves with an export, and none of them does anything."""

from base64 import b64decode
from collective.servicekonto.services.cases.exports import as_csv
from collective.servicekonto.services.cases.exports import as_json
from collective.servicekonto.services.cases.exports import as_xlsx
from collective.servicekonto.services.cases.exports import as_xml
from collective.servicekonto.services.cases.exports.records import Answer
from collective.servicekonto.services.cases.exports.records import File
from collective.servicekonto.services.cases.exports.records import Record
from collective.servicekonto.services.cases.exports.records import Table
from collective.servicekonto.services.cases.exports.records import table
from datetime import date
from datetime import datetime
from datetime import UTC
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from io import BytesIO
from io import StringIO
from lxml import etree
from openpyxl import load_workbook
from zipfile import ZipFile
from zoneinfo import ZoneInfo
import csv
import json
import pytest
import re


# What a sender can type: no halves of characters.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = ["Łukasz Žižek-Ǆuro", "Ḫālid al-Ġazālī", "Ș̌erban 🐕", 'O\'Neill; "Jr."\r\nzwei']
FORMULAS = ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", "''"]


def record(*texts, **changes):
    """Return an application with these answers."""
    answers = tuple(
        Answer(f"f{number}", f"Feld {number}", "Seite 1", text, [text], "")
        for number, text in enumerate(texts)
    )
    entries = {
        "id": "a" * 32,
        "number": "A-123",
        "service_id": "hund",
        "service": "Hundesteuer",
        "state": "submitted",
        "state_title": "Eingegangen",
        "submitted": datetime(2026, 5, 4, 12, 5, tzinfo=UTC),
        "due": date(2026, 6, 4),
        "email": "",
        "answers": answers,
        "files": (File("x", "Ausweis.pdf", "application/pdf", 3, "b" * 64),),
    }
    return Record(**(entries | changes))


def rows_of_csv(content):
    """Return the cells as a program reads them, with the guard taken away."""
    reader = csv.reader(
        StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"
    )
    return [[cell.removeprefix("'") for cell in row] for row in reader]


def all_examples(test):
    """Let the test see the texts that are known to be difficult."""
    for text in (*NAMES, *FORMULAS, "_x0041_", "\x00\x1b", "x" * 40_000):
        test = example(text)(test)
    return test


@all_examples
@given(TEXTS)
def test_csv_keeps_every_character(text):
    (header, row) = rows_of_csv(as_csv.written(Table((text,), (("b" + text,),))))
    assert (header, row) == ([text], ["b" + text])


@all_examples
@given(TEXTS)
def test_no_spreadsheet_takes_a_text_of_a_csv_for_a_formula(text):
    guarded = as_csv.guarded(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert guarded.removeprefix("'") == text


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_guarded(text):
    assert as_csv.guarded(text) == f"'{text}"


@all_examples
@given(TEXTS.filter(lambda text: text.strip()))
def test_excel_keeps_every_character(text):
    content = as_xlsx.written(Table(("Feld",), ((text,),)))
    texts = [unescaped(one) for one in texts_of_sheet(content)]
    width = max(1, -(-len(text) // as_xlsx.LONGEST))
    assert "".join(texts[width:]) == text
    assert all(len(one.encode("utf-16-le")) <= 2 * 32_767 for one in texts)


@pytest.mark.parametrize("text", FORMULAS)
def test_excel_computes_nothing(text):
    book = load_workbook(BytesIO(as_xlsx.written(Table(("Feld",), ((text,),)))))
    cell = book.active["A2"]
    assert cell.data_type != "f"
    assert cell.quotePrefix


def texts_of_sheet(content):
    """Return the texts of the cells as they are in the file."""
    with ZipFile(BytesIO(content)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        names = archive.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(one.itertext()) for one in strings]
    return [
        shared[int("".join(cell.itertext()))]
        if cell.get("t") == "s"
        else "".join(cell.itertext())
        for cell in sheet.iter("{*}c")
    ]


def unescaped(text):
    """Return what stands for itself in a cell (ECMA-376, ST_Xstring)."""
    return re.sub(
        "_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text
    )


@all_examples
@given(TEXTS)
def test_xml_keeps_every_character(text):
    document = etree.fromstring(as_xml.written([record(text, service=text)]))
    answer = document.find(".//{*}answer")
    assert read(answer.find("{*}text")) == text
    assert json.loads(read(answer.find("{*}value"))) == [text]
    assert read(document.find(".//{*}service")) == text


def read(element):
    """Return the text of an element."""
    text = element.text or ""
    is_packed = element.get("encoding") == "base64"
    return b64decode(text).decode() if is_packed else text


@all_examples
@given(st.text())
def test_json_keeps_every_character(text):
    (found,) = json.loads(as_json.written([record(text)]))["applications"]
    assert found["answers"][0]["text"] == text
    assert found["answers"][0]["value"] == [text]
    assert found["submitted"] == "2026-05-04T12:05:00+00:00"


def test_a_table_has_a_column_for_each_field_of_each_service():
    first, second = record("Rex"), record("Auto", service_id="parken", number="A-124")
    found = table([first, second], UTC, str)
    assert found.header[-3:] == ("Feld 0", "Feld 0 (2)", "Files")
    assert [row[-3:] for row in found.lines] == [
        ("Rex", "", "Ausweis.pdf"),
        ("", "Auto", "Ausweis.pdf"),
    ]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 5, 4, 22, 5, tzinfo=UTC), "2026-05-05T00:05+02:00"),
        (datetime(2026, 12, 4, 12, 5, tzinfo=UTC), "2026-12-04T13:05+01:00"),
    ],
)
def test_a_table_says_the_time_of_the_town(moment, written):
    found = table([record("Rex", submitted=moment)], ZoneInfo("Europe/Berlin"), str)
    assert found.lines[0][3] == written


def test_an_export_without_applications_is_a_header():
    assert table([], UTC, str).lines == ()
    assert len(rows_of_csv(as_csv.written(table([], UTC, str)))) == 1
