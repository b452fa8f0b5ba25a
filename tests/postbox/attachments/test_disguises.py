"""Damaged, disguised and hostile files, one of each kind."""

from tests.postbox.attachments.made import archive
from tests.postbox.attachments.made import GOOD
from tests.postbox.attachments.made import jpeg
from tests.postbox.attachments.made import pdf
from tests.postbox.attachments.made import png
from tests.postbox.attachments.made import png_chunk
from tests.postbox.attachments.made import refused
from tests.postbox.attachments.made import taken
import pytest
import struct
import zlib


ZIP = archive({"a.exe": b"MZ" + bytes(100)})


def png_of(width: int, height: int) -> bytes:
    """Return a PNG of few bytes that claims this size."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    chunks = [(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]
    return png()[:8] + b"".join(png_chunk(*one) for one in chunks)


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG that claims this size."""
    content = jpeg()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def png_with(kind: bytes, body: bytes) -> bytes:
    """Return a PNG with a chunk more behind its header."""
    content = png()
    return content[:33] + png_chunk(kind, body) + content[33:]


def pdf_with(text: bytes) -> bytes:
    """Return a PDF with a comment behind its header."""
    return pdf().replace(b"\n", b"\n%" + text + b"\n", 1)


@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "txt"])
def test_an_archive_at_the_end_is_refused(ending):
    assert refused(GOOD[ending] + ZIP, f"a.{ending}")


def test_an_archive_between_a_picture_and_its_end_is_refused():
    assert "disguise" in refused(jpeg(comment=ZIP), "a.jpg")
    assert "disguise" in refused(png_with(b"zTXt", ZIP), "a.png")


def test_an_archive_before_the_end_of_a_pdf_is_refused():
    content = pdf()
    start = content.rindex(b"startxref")
    assert "disguise" in refused(content[:start] + ZIP + content[start:], "a.pdf")


@pytest.mark.parametrize(
    "before", [b"\n", b" ", b"\xef\xbb\xbf", b"GIF89a;", b"<html>", b"MZ", b"\0", ZIP]
)
def test_something_before_a_pdf_is_refused(before):
    assert refused(before + pdf(), "a.pdf")


@pytest.mark.parametrize("behind", [b"x", b"<script>1</script>", b"MZ", bytes(3000)])
def test_something_behind_a_pdf_is_refused(behind):
    assert refused(pdf() + behind, "a.pdf")


@pytest.mark.parametrize("behind", [b"\n", b"\r\n\r\n", b"\0\0\0"])
def test_blank_space_behind_a_pdf_does_not_matter(behind):
    assert taken(pdf() + behind, "a.pdf")


@pytest.mark.parametrize(
    "page",
    [
        b"<html>",
        b"<!DOCTYPE html>",
        b"<!doctype  HTML>",
        b"<SCRIPT src=x>",
        b"<svg onload=x>",
        b"<iframe/>",
        b"<?php x ?>",
        b"<body\n>",
    ],
)
def test_a_web_page_in_the_head_is_refused(page):
    assert "disguise" in refused(jpeg(comment=page), "a.jpg")
    assert "disguise" in refused(png_with(b"tEXt", b"Comment\0" + page), "a.png")
    assert refused(pdf_with(page), "a.pdf")
    assert "web page" in refused(b"Hallo\n" * 100_000 + page, "a.txt")


@pytest.mark.parametrize("ending", ["png", "jpg", "txt", "csv"])
def test_a_pdf_in_the_head_of_something_else_is_refused(ending):
    disguised = {
        "png": png_with(b"tEXt", b"Comment\0%PDF-1.7"),
        "jpg": jpeg(comment=b"%PDF-1.7"),
        "txt": b"Hallo %PDF-1.7",
        "csv": b"a;%PDF-1.7",
    }
    assert "disguise" in refused(disguised[ending], f"a.{ending}")


@pytest.mark.parametrize("ending", sorted(GOOD.keys() - {"txt", "csv"}))
def test_half_a_file_is_refused(ending):
    content = GOOD[ending]
    assert refused(content[: len(content) // 2], f"a.{ending}")


def test_a_pdf_whose_table_is_elsewhere_is_refused():
    content = pdf()
    start = content.rindex(b"startxref")
    assert "damaged" in refused(content[:start] + b"startxref\n7\n%%EOF\n", "a.pdf")


def test_a_locked_pdf_with_a_hostile_lock_is_refused():
    pre = b"%PDF-1.5\n"
    body = zlib.compress(b"\0\1" * 20_000_000, 9)
    pdf_bomb = (
        pre
        + b"5 0 obj\n<</Type/XRef/W[1 1 0]/Size 20000000/Root 1 0 R/Encrypt 6 0 R"
        + b"/Filter/FlateDecode/Length %d>>stream\n" % len(body)
        + body
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(pre)
    )
    assert "password" in refused(pdf_bomb, "a.pdf")


@pytest.mark.parametrize("width", [100_000, 0xFFFFFFFF])
def test_a_png_that_becomes_huge_is_refused(width):
    assert "pixels" in refused(png_of(width, 100_000), "a.png")


def test_a_jpeg_that_becomes_huge_is_refused():
    assert "pixels" in refused(jpeg_of(65_000, 65_000), "a.jpg")


def test_a_large_photo_is_taken():
    assert taken(png_of(14_000, 14_000), "a.png")
    assert taken(jpeg_of(16_000, 12_000), "a.jpg")


@pytest.mark.parametrize(("width", "height"), [(0, 10), (10, 0)])
def test_a_picture_without_size_is_refused(width, height):
    assert "damaged" in refused(png_of(width, height), "a.png")
    assert "damaged" in refused(jpeg_of(width, height), "a.jpg")


def test_a_png_of_endless_small_chunks_is_refused():
    content = png()
    many = png_chunk(b"tEXt", b"") * 60_000
    assert "damaged" in refused(content[:33] + many + content[33:], "a.png")


def test_something_behind_a_png_is_refused():
    assert "damaged" in refused(png() + b"x", "a.png")


@pytest.mark.parametrize(
    "cell",
    [
        b"=cmd|' /C calc'!A0",
        b"1;=cmd|'/c calc.exe'!A1",
        b"a,\"+MSEXCEL|'\\..\\..\\calc'!A\"",
        b"x\n@SUM(1+1)*cmd|'/C calc'!A0",
    ],
)
def test_a_cell_that_starts_a_program_is_refused(cell):
    assert "cell" in refused(cell, "a.csv")


@pytest.mark.parametrize("cell", [b"=1+1", b"-5,20;+49 30 1|2", b"a|b!", b"@name"])
def test_other_cells_are_taken(cell):
    assert taken(cell, "a.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_of_wider_characters_is_refused(encoding):
    assert "UTF-8" in refused("Grüße".encode(encoding), "a.txt")


def test_text_with_a_byte_order_mark_is_taken():
    assert taken("\ufeffGrüße\r\n\tAnna".encode(), "a.txt")
