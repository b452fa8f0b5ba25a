"""What a document would load from elsewhere when it is opened, and what it may name.

A hyperlink is followed by nobody but the reader. Everything else that leads out of the
document is refused: templates, pictures, objects and data of other computers.
"""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.postbox.attachments.zips import damaged
from collective.servicekonto.postbox.attachments.zips import Reader
from collective.servicekonto.postbox.attachments.zips import too_large
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat
import re


# More than any letter or table of a citizen has; each takes time.
MAXIMUM_ELEMENTS = 2_000_000
MAXIMUM_FIELDS = 1_000_000

# What a hyperlink may lead to; a place in the document has none of them.
_HYPERLINKS = frozenset({"", "file", "ftp", "http", "https", "mailto", "tel"})

# Fields of Word that fetch something, or start a program for it.
_FETCHING = re.compile(
    r"^[\s\"]*(DDE|DDEAUTO|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK)\b",
    re.IGNORECASE | re.MULTILINE,
)

_ODF_PARTS = ("content.xml", "styles.xml", "meta.xml")
_ODF_DATA = frozenset({"auto-reload", "dde-connection-decl", "dde-link", "dde-source"})
_OOXML_TYPES = ("/attachedTemplate", "/externalLink", "/oleObject", "/subDocument")

_Attributes = dict[str, str]


def loads_elsewhere() -> AttachmentRefused:
    """Return the refusal of a document that would load something when opened."""
    return AttachmentRefused(
        _(
            "The document would load something from another place when it is opened, "
            "for example a template, a picture or data of another program. Please save "
            "it as PDF and attach the PDF file."
        )
    )


def odf_reader(name: str) -> Reader | None:
    """Return what reads this part of an OpenDocument, None for nothing."""
    is_read = name.rpartition("/")[2].lower() in _ODF_PARTS
    return _Elements(_check_odf) if is_read else None


def ooxml_reader(name: str) -> Reader | None:
    """Return what reads this part of a document of Microsoft Office."""
    lower = name.lower()
    if lower.endswith(".rels"):
        return _Elements(_check_relationship)
    # Tables have no fields, and are long.
    is_read = lower.endswith(".xml") and not lower.startswith("xl/")
    return _Fields() if is_read else None


class _Elements:
    """Shows each element of an XML part to a check, while it is inflated."""

    def __init__(self, check: Callable[[str, _Attributes], None]) -> None:
        self._check = check
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EntityDeclHandler = _refuse_entity

    def feed(self, part: bytes) -> None:
        """Read on. Raises AttachmentRefused."""
        self._parse(part, False)

    def close(self) -> None:
        """Notice that nothing follows. Raises AttachmentRefused."""
        self._parse(b"", True)

    def _parse(self, part: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(part, is_last)
        except expat.ExpatError as error:
            raise damaged() from error

    def _start(self, name: str, attributes: _Attributes) -> None:
        self._count += 1
        if self._count > MAXIMUM_ELEMENTS:
            raise too_large()
        if attributes:
            attributes = {_local(key): value for key, value in attributes.items()}
        self._check(_local(name), attributes)


class _Fields(_Elements):
    """Puts the fields of a part of Word together, whose names can be in pieces."""

    def __init__(self) -> None:
        super().__init__(self._note)
        self._code: list[str] = []
        self._length = 0
        self._is_code = False
        self._parser.CharacterDataHandler = self._characters
        self._parser.EndElementHandler = self._end

    def close(self) -> None:
        """Look at the fields. Raises AttachmentRefused."""
        super().close()
        if _FETCHING.search("".join(self._code)):
            raise loads_elsewhere()

    def _note(self, name: str, attributes: _Attributes) -> None:
        if name == "instrText":
            self._is_code = True
        elif name == "fldSimple":
            self._add(f"\n{attributes.get('instr', '')}\n")
        elif name == "fldChar":
            self._add("\n")

    def _end(self, _name: str) -> None:
        self._is_code = False

    def _characters(self, text: str) -> None:
        if self._is_code:
            self._add(text)

    def _add(self, code: str) -> None:
        self._length += len(code)
        if self._length > MAXIMUM_FIELDS:
            raise too_large()
        self._code.append(code)


def _check_odf(name: str, attributes: _Attributes) -> None:
    if name in _ODF_DATA:
        raise loads_elsewhere()
    address = attributes.get("href")
    if address is None:
        return
    if name == "a":
        _check_hyperlink(address)
    elif name == "template":
        # The name of the template it was made with; only a remote one is loaded.
        if _scheme(address) not in ("", "file") or _is_of_another_computer(address):
            raise loads_elsewhere()
    elif _scheme(address) or address.startswith(("/", "\\", "..")):
        raise loads_elsewhere()


def _check_relationship(name: str, attributes: _Attributes) -> None:
    if name != "Relationship":
        return
    kind = attributes.get("Type", "")
    if kind.endswith(_OOXML_TYPES):
        raise loads_elsewhere()
    if attributes.get("TargetMode", "").strip().lower() == "external":
        if not kind.endswith("/hyperlink"):
            raise loads_elsewhere()
        _check_hyperlink(attributes.get("Target", ""))


def _check_hyperlink(address: str) -> None:
    if _scheme(address) not in _HYPERLINKS:
        raise loads_elsewhere()


def _is_of_another_computer(address: str) -> bool:
    path = address.replace("\\", "/")
    return path.startswith("//") or bool(urlsplit(path).netloc)


def _scheme(address: str) -> str:
    found = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def _refuse_entity(*_declaration: Any) -> None:
    raise damaged()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
