"""Messages of the eID-Interface: read only if they are signed and follow the schema.

Both ends use this: the client for answers, the test eID-Server for requests.
"""

from collective.servicekonto.eid.server.signature import SignatureProblem
from collective.servicekonto.eid.server.signature import Verifier
from datetime import datetime
from functools import cache
from lxml import etree
from pathlib import Path
from typing import Any


EID = "{http://bsi.bund.de/eID/}"
DSS = "{urn:oasis:names:tc:dss:1.0:core:schema}"

INTERFACE = Path(__file__).parent / "interface"

# The data of one document are some kilobytes.
MAXIMUM_BYTES = 256 * 1024


class BadMessage(Exception):
    """The message cannot be used; ``code`` says why, and nothing of what is in it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unsigned(BadMessage):
    """It is not proven who wrote it."""


class AgainstSchema(BadMessage):
    """It is not what the guideline describes."""


def read(content: bytes, name: str, verifier: Verifier, now: datetime) -> Any:
    """Return the element of this name in the body of a signed envelope.

    Everything in it is as in the schema. Raises BadMessage.
    """
    envelope = _parsed(content)
    try:
        body = verifier.verified_body(envelope, now)
    except SignatureProblem as problem:
        raise Unsigned(problem.code) from None
    if len(body) != 1 or body[0].tag != EID + name:
        raise AgainstSchema("other-message")
    if not _schema().validate(body[0]):
        raise AgainstSchema("schema")
    return body[0]


def text_of(element: Any, *path: str) -> str | None:
    """Return the text of the element at this path of names, None where there is none.

    An element without text has the text "".
    """
    found = element.find("/".join(EID + name for name in path))
    return None if found is None else found.text or ""


def _parsed(content: bytes) -> Any:
    if len(content) > MAXIMUM_BYTES:
        raise AgainstSchema("too-large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise AgainstSchema("no-xml") from None
    if root.getroottree().docinfo.doctype:
        raise AgainstSchema("doctype")
    return root


@cache
def _schema() -> Any:
    return etree.XMLSchema(file=str(INTERFACE / "eid-server.xsd"))
