"""Nothing is loaded from elsewhere when somebody opens a document."""

from collective.servicekonto.postbox.attachments import links
from tests.postbox.attachments.made import EXCEL
from tests.postbox.attachments.made import odf
from tests.postbox.attachments.made import ooxml
from tests.postbox.attachments.made import refused
from tests.postbox.attachments.made import taken
import pytest


SAID = "load something from another place"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relation(kind: str, target: str, mode: str = "External") -> str:
    """Return the relations of a part with one of this kind."""
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<Relationships xmlns="{root}"><Relationship Id="a" Type="{OFFICE}{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def word_with(text: str, part: str = "word/document.xml") -> bytes:
    """Return a document with this in a part of it."""
    content = f'<w:document xmlns:w="{WORDS}">{text}</w:document>'
    return ooxml(**{part: content})


def field(*pieces: str) -> str:
    """Return a field of Word whose code is in pieces."""
    code = "".join(f"<w:instrText>{one}</w:instrText>" for one in pieces)
    return f'<w:fldChar w:fldCharType="begin"/>{code}<w:fldChar/>'


def open_with(element: str, part: str = "content.xml") -> bytes:
    """Return an open document with this element."""
    names = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:text="t" xmlns:draw="d"'
    return odf(**{part: f"<text:p {names}>{element}</text:p>"})


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://evil.example/a.dotm"),
        ("attachedTemplate", "file:///C:/a.dotx"),
        ("oleObject", "mhtml:https://evil.example/a.html!x-usc:https://evil.example"),
        ("image", "https://evil.example/a.png"),
        ("frame", "\\\\evil.example\\a"),
        ("subDocument", "https://evil.example/a.docx"),
        ("hyperlink", "ms-msdt:/id"),
        ("hyperlink", "javascript:alert(1)"),
    ],
)
@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "A/_RELS/b.RELS"])
def test_what_a_document_of_microsoft_would_load_is_refused(kind, target, part):
    assert SAID in refused(ooxml(**{part: relation(kind, target)}), "a.docx")
    assert SAID in refused(ooxml(EXCEL, **{part: relation(kind, target)}), "a.xlsx")


def test_links_to_other_tables_are_refused():
    rels = relation("externalLink", "externalLinks/externalLink1.xml", "Internal")
    table = ooxml(EXCEL, **{"xl/_rels/workbook.xml.rels": rels})
    assert SAID in refused(table, "a.xlsx")


def test_hyperlinks_and_parts_of_the_document_are_taken():
    link = relation("hyperlink", "https://www.stadt.example/?a=b")
    picture = relation("image", "media/image1.png", "Internal")
    document = ooxml(**{"word/_rels/a.xml.rels": link, "_rels/.rels": picture})
    assert taken(document, "a.docx")


@pytest.mark.parametrize(
    "text",
    [
        field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'),
        field(" D", "DE", "AUTO x"),
        field("dde x"),
        field(' INCLUDEPICTURE "https://evil.example/a.png"'),
        field(" LINK Excel.Sheet.12 a.xlsx"),
        '<w:fldSimple w:instr=" DDE cmd x"/>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml"])
def test_fields_that_fetch_data_are_refused(text, part):
    assert SAID in refused(word_with(text, part), "a.docx")


def test_other_fields_and_words_are_taken():
    text = field(" PAGE ") + field(' HYPERLINK "https://stadt.example"')
    assert taken(word_with(f"{text}<w:t>DDE LINK</w:t>"), "a.docx")


@pytest.mark.parametrize(
    "element",
    [
        '<draw:image xlink:href="https://evil.example/a.png"/>',
        '<draw:object xlink:href="../a.ods"/>',
        '<draw:object-ole xlink:href="/tmp/a"/>',
        '<draw:image xlink:href="\\\\evil.example\\a.png"/>',
        '<text:section-source xlink:href="//evil.example/a.odt"/>',
        '<text:event-listener xlink:href="vnd.sun.star.script:a?language=Basic"/>',
        '<text:a xlink:href="vnd.sun.star.script:a?language=Basic">x</text:a>',
        '<text:a xlink:href="macro:///a.b.c">x</text:a>',
        "<text:dde-connection-decl/>",
    ],
)
@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "Object 1/content.xml"])
def test_what_an_open_document_would_load_is_refused(element, part):
    assert SAID in refused(open_with(element, part), "a.odt")


@pytest.mark.parametrize(
    "element",
    [
        '<text:a xlink:href="https://www.stadt.example">x</text:a>',
        '<text:a xlink:href="#Kapitel">x</text:a>',
        '<draw:image xlink:href="Pictures/1.png"/>',
        '<draw:object xlink:href="./Object 1"/>',
        '<text:template xlink:href="../../Vorlagen/Brief.ott"/>',
    ],
)
def test_hyperlinks_and_parts_of_an_open_document_are_taken(element):
    assert taken(open_with(element), "a.odt")


@pytest.mark.parametrize(
    "address", ["https://evil.example/a.ott", "file://evil.example/a.ott", "//evil/a"]
)
def test_a_template_of_another_computer_is_refused(address):
    element = f'<text:template xlink:href="{address}"/>'
    assert SAID in refused(open_with(element, "meta.xml"), "a.odt")


def test_parts_that_cannot_be_read_are_refused():
    assert "damaged" in refused(ooxml(**{"word/document.xml": "<a>"}), "a.docx")
    assert "damaged" in refused(odf(**{"content.xml": "<a></b>"}), "a.odt")
    entity = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "damaged" in refused(odf(**{"styles.xml": entity}), "a.odt")


def test_a_document_of_endless_elements_is_refused(monkeypatch):
    monkeypatch.setattr(links, "MAXIMUM_ELEMENTS", 50)
    assert "too large" in refused(odf(), "a.odt")
