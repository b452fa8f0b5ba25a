"""XML for programs of the office.

XML knows no control characters. A text that holds some is written in base64, and its
element says so; nothing of it is lost.
"""

from base64 import b64encode
from collections.abc import Mapping
from collections.abc import Sequence
from collective.servicekonto.services.applications.content import Answer
from collective.servicekonto.services.cases.exports.records import File
from collective.servicekonto.services.cases.exports.records import Record
from lxml import etree
from typing import Any
import json
import re


MEDIA_TYPE = "application/xml"
NAMESPACE = "https://github.com/collective/collective.servicekonto/applications"

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(records: Sequence[Record]) -> bytes:
    """Return the file."""
    root = etree.Element(f"{{{NAMESPACE}}}applications", nsmap={None: NAMESPACE})
    for record in records:
        _add_record(root, record)
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def _add_record(root: Any, record: Record) -> None:
    element = _add(root, "application", {"id": record.id, "state": record.state})
    texts = {
        "number": record.number,
        "service": record.service,
        "submitted": record.submitted.isoformat(),
        "due": record.due.isoformat() if record.due else "",
        "email": record.email,
    }
    _add_texts(element, texts)
    for answer in record.answers:
        _add_answer(element, answer)
    for file in record.files:
        _add_file(element, file)


def _add_answer(parent: Any, answer: Answer) -> None:
    element = _add(parent, "answer", {})
    texts = {
        "field": answer.field,
        "label": answer.label,
        "page": answer.page,
        "text": answer.text,
        "value": json.dumps(answer.value),
        "origin": answer.origin,
    }
    _add_texts(element, texts)


def _add_file(parent: Any, file: File) -> None:
    facts = {"id": file.id, "size": str(file.size), "sha256": file.sha256}
    element = _add(parent, "file", facts)
    _add_texts(element, {"name": file.name, "media-type": file.media_type})


def _add_texts(parent: Any, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        element = _add(parent, name, {})
        if _UNWRITABLE.search(text):
            element.set("encoding", "base64")
            text = b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")
        element.text = text


def _add(parent: Any, name: str, attributes: Mapping[str, str]) -> Any:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
