"""Documents of LibreOffice (ODF) and of Microsoft Office (OOXML).

Without macros, and without what is loaded from elsewhere.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.disguises import refuse_hidden_pdf
from collective.servicekonto.postbox.attachments.files import bytes_at
from collective.servicekonto.postbox.attachments.files import File
from collective.servicekonto.postbox.attachments.links import odf_reader
from collective.servicekonto.postbox.attachments.links import ooxml_reader
from collective.servicekonto.postbox.attachments.names import extension
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.postbox.attachments.zips import active
from collective.servicekonto.postbox.attachments.zips import Contents
from collective.servicekonto.postbox.attachments.zips import damaged
from collective.servicekonto.postbox.attachments.zips import look_through
from collective.servicekonto.postbox.attachments.zips import protected
from collective.servicekonto.postbox.attachments.zips import read_archive
from typing import Any
from xml.parsers import expat


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MIMETYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
_CONTENT_TYPES = "[Content_Types].xml"


# How a part, and since ODF 1.4 the whole document, is said to be encrypted.
_KEY = "encryption-data"
_PACKED = "encrypted-package"

_MACROS_ODF = ("basic/", "scripts/", "dialogs/")
_MACROS_OOXML = (
    "activex",
    "javascript",
    "macroenabled",
    "macrosheet",
    "oleobject",
    "text/html",
    "vbadata",
    "vbaproject",
)

_Attributes = dict[str, str]


def check_odf(media_type: str) -> Callable[[File, int], None]:
    """Return the check of a document that says this media type of itself."""

    def check(file: File, size: int) -> None:
        found = _read(file, size, (_MIMETYPE, _MANIFEST))
        if found.kept.get(_MIMETYPE) != media_type.encode():
            raise _other_type()
        elements = _elements(found.kept.get(_MANIFEST, b""))
        listed = [one.get("full-path", "") for _name, one in elements]
        paths = [one.lower() for one in (*found.names, *listed)]
        if _PACKED in paths or any(name == _KEY for name, _one in elements):
            raise protected()
        if any(one.startswith(_MACROS_ODF) for one in paths):
            raise active()
        look_through(file, odf_reader)

    return check


def check_ooxml(main_part: str) -> Callable[[File, int], None]:
    """Return the check of a document whose main part has this content type."""

    def check(file: File, size: int) -> None:
        found = _read(file, size, (_CONTENT_TYPES,))
        elements = _elements(found.kept.get(_CONTENT_TYPES, b""))
        types = list(_content_types(elements, found.names))
        parts = [one.lower() for one in (*found.names, *types)]
        if any(word in one for one in parts for word in _MACROS_OOXML):
            raise active()
        if types.count(main_part) != 1:
            raise _other_type()
        look_through(file, ooxml_reader)

    return check


def _read(file: File, size: int, wanted: tuple[str, ...]) -> Contents:
    if bytes_at(file, 0, len(_OLE)) == _OLE:
        # Microsoft keeps the older formats this way, and all that need a password.
        raise AttachmentRefused(
            _(
                "The document is protected with a password or of an older type. Please "
                "save it without a password, or as PDF, and attach the new file."
            )
        )
    found = read_archive(file, size, wanted)
    refuse_hidden_pdf(file)
    return found


def _elements(document: bytes) -> list[tuple[str, _Attributes]]:
    """Return the names and attributes of all elements, without their namespaces."""
    found: list[tuple[str, _Attributes]] = []

    def start(name: str, attributes: _Attributes) -> None:
        local = {_local(key): value for key, value in attributes.items()}
        found.append((_local(name), local))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise damaged() from error
    return found


def _refuse_entity(*_declaration: Any) -> None:
    raise damaged()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _content_types(
    elements: list[tuple[str, _Attributes]], names: tuple[str, ...]
) -> Iterator[str]:
    """Yield the types of the parts that are there; some writers list all they know."""
    extensions = {extension(name) for name in names}
    for name, attributes in elements:
        content_type = attributes.get("ContentType", "")
        if name == "Override" or (
            name == "Default" and attributes.get("Extension", "").lower() in extensions
        ):
            yield content_type


def _other_type() -> AttachmentRefused:
    return AttachmentRefused(
        _(
            "The document is not of the type that its name says. Please save it anew, "
            "or save it as PDF, and attach the new file."
        )
    )
