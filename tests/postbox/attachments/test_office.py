"""Documents of office programs: complete, without macros, and not a bomb."""

from io import BytesIO
from tests.postbox.attachments.made import archive
from tests.postbox.attachments.made import EXCEL
from tests.postbox.attachments.made import odf
from tests.postbox.attachments.made import OOXML
from tests.postbox.attachments.made import ooxml
from tests.postbox.attachments.made import refused
from tests.postbox.attachments.made import taken
from tests.postbox.attachments.made import WORD
from zipfile import ZIP_BZIP2
from zipfile import ZipFile
import pytest
import struct
import time


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = '<Override PartName="/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
BINARY = '<Default Extension="bin" ContentType="application/x.macroEnabled.main"/>'

ENCRYPTED = '<a><file-entry full-path="content.xml"><encryption-data/></file-entry></a>'

ENTRIES = 10
DIRECTORY_LENGTH = 12


def end_with(content: bytes, at: int, layout: str, value: int) -> bytes:
    """Return the archive with another value in its end record."""
    end = bytearray(content[-22:])
    struct.pack_into(layout, end, at, value)
    return content[:-22] + bytes(end)


def lying(entry: str, size: int) -> bytes:
    """Return a document whose entry says another size than it has."""
    content = bytearray(ooxml(**{entry: bytes(5_000_000)}))
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, size)
    return bytes(content)


def test_an_open_document_with_another_type_is_refused():
    assert "type" in refused(odf("text-template"), "a.odt")
    assert "type" in refused(odf("presentation"), "a.odt")
    assert "type" in refused(odf("spreadsheet"), "a.odt")


def test_an_archive_without_type_is_refused():
    assert refused(archive({"a.txt": "Hallo"}), "a.odt")
    assert refused(archive({"a.txt": "Hallo"}), "a.docx")


@pytest.mark.parametrize("main", [MACRO_MAIN, EXCEL, f"{OOXML}x.template.main+xml", ""])
def test_a_word_document_with_another_main_part_is_refused(main):
    assert refused(ooxml(main), "a.docx")


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/VBADATA.xml",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "xl/macrosheets/sheet1.xml",
    ],
)
def test_macros_and_objects_in_microsofts_documents_are_refused(part):
    assert "macros" in refused(ooxml(**{part: b"x"}), "a.docx")


def test_macros_that_only_the_content_types_tell_are_refused():
    assert "macros" in refused(ooxml(types=VBA), "a.docx")
    assert "macros" in refused(ooxml(types=BINARY, **{"a.bin": b"x"}), "a.docx")


def test_a_type_that_no_part_has_does_not_matter():
    assert taken(ooxml(EXCEL, types=BINARY), "a.xlsx")


@pytest.mark.parametrize(
    "part", ["Basic/Standard/Module1.xml", "Scripts/python/a.py", "Dialogs/a.xml"]
)
def test_macros_in_open_documents_are_refused(part):
    assert "macros" in refused(odf(**{part: b"x"}), "a.odt")
    entry = f'<m:file-entry m:full-path="{part}" m:media-type="text/xml"/>'
    assert "macros" in refused(odf(manifest=entry), "a.odt")


@pytest.mark.parametrize(
    "content", [archive({"a": "x"}), OLE, b"MZ\x90\0", b"\x7fELF", b"Rar!\x1a", b"#!/x"]
)
@pytest.mark.parametrize("name", ["Pictures/a.png", "media/image1.jpeg", "a.bin"])
def test_files_inside_are_refused(content, name):
    assert "other files" in refused(odf(**{name: content}), "a.odt")
    assert "other files" in refused(ooxml(**{name: content}), "a.docx")


def test_documents_with_a_password_are_refused():
    key = '<m:encryption-data m:checksum="x"/>'
    assert "password" in refused(odf(manifest=key), "a.odt")
    assert "password" in refused(odf(**{"encrypted-package": b"x"}), "a.odt")
    parts = {"content.xml": b"\x8f\x01", "META-INF/manifest.xml": ENCRYPTED}
    assert "password" in refused(odf(**parts), "a.odt")
    assert "password" in refused(OLE, "a.docx")
    assert "password" in refused(OLE, "a.xlsx")


def test_an_archive_with_a_password_is_refused():
    content = bytearray(ooxml())
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1
    assert "password" in refused(bytes(content), "a.docx")


def test_a_document_that_becomes_huge_is_refused():
    bomb = ooxml(**{"word/a.xml": bytes(100_000_000)})
    assert len(bomb) < 200_000
    assert "too large" in refused(bomb, "a.docx")


def test_many_entries_that_become_huge_together_are_refused():
    bomb = ooxml(**{f"word/{number}.xml": bytes(2_000_000) for number in range(50)})
    assert "too large" in refused(bomb, "a.docx")


@pytest.mark.parametrize("size", [0, 100, 0x7FFFFFFF])
def test_an_entry_that_lies_about_its_size_is_refused(size):
    started = time.process_time()
    assert refused(lying("word/a.xml", size), "a.docx")
    assert time.process_time() - started < 1


def test_a_document_of_endless_entries_is_refused():
    parts = {f"word/{number}": b"" for number in range(2_100)}
    assert "too large" in refused(ooxml(**parts), "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        end_with(ooxml(), ENTRIES, "<H", 1),
        end_with(ooxml(), DIRECTORY_LENGTH, "<I", 5),
        end_with(ooxml(), DIRECTORY_LENGTH, "<I", 0xFFFFFFFF),
        ooxml() + b"x",
        ooxml()[:-1],
        b"x" + ooxml(),
        b"PK\x03\x04" + ooxml(),
        ooxml() + ooxml(),
    ],
)
def test_an_archive_with_something_before_or_behind_is_refused(content):
    assert "damaged" in refused(content, "a.docx")


def test_a_gap_between_entries_is_refused():
    content = ooxml()
    place = content.index(b"PK\x03\x04", 4)
    shifted = bytearray(content[:place] + bytes(100) + content[place:])
    entry = shifted.rindex(b"PK\x01\x02")
    struct.pack_into("<I", shifted, entry + 42, place + 100)
    start = struct.unpack_from("<I", shifted, len(shifted) - 6)[0]
    struct.pack_into("<I", shifted, len(shifted) - 6, start + 100)
    assert "damaged" in refused(bytes(shifted), "a.docx")


def test_entries_that_share_their_bytes_are_refused():
    content = bytearray(ooxml())
    first = content.index(b"PK\x01\x02")
    length = struct.unpack_from("<I", content, first + 20)[0]
    struct.pack_into("<I", content, first + 20, length + 60)
    assert "damaged" in refused(bytes(content), "a.docx")


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "a\\b.xml", "C:a.xml"])
def test_an_entry_that_leads_elsewhere_is_refused(name):
    assert "damaged" in refused(ooxml(**{name: b"x"}), "a.docx")


def test_doubled_entries_are_refused():
    assert "damaged" in refused(ooxml(**{"MAIN.xml": b"x"}), "a.docx")


def test_a_compression_without_bounds_is_refused():
    buffer = BytesIO(ooxml())
    with ZipFile(buffer, "a", ZIP_BZIP2) as made:
        made.writestr("word/a.xml", bytes(1000))
    assert "damaged" in refused(buffer.getvalue(), "a.docx")


def test_a_changed_byte_is_noticed():
    content = bytearray(odf())
    content[content.index(b"content.xml") + len("content.xml") + 3] ^= 0xFF
    assert "damaged" in refused(bytes(content), "a.odt")


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "<a>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a>" + " " * 600_000 + "</a>",
    ],
)
def test_a_manifest_that_is_no_list_is_refused(manifest):
    document = odf(**{"META-INF/manifest.xml": manifest})
    assert "damaged" in refused(document, "a.odt")


def test_an_old_manifest_with_its_document_type_is_taken():
    manifest = '<!DOCTYPE manifest PUBLIC "-//x//DTD//EN" "Manifest.dtd"><manifest/>'
    assert taken(odf(**{"META-INF/manifest.xml": manifest}), "a.odt")


def test_pictures_in_a_document_are_taken():
    assert taken(ooxml(WORD, **{"word/media/image1.png": b"\x89PNG" * 9}), "a.docx")
