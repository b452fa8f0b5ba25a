"""Messages between server and AusweisApp in the binding PAOS (TR-03112-7, 2.3, 3.6)."""

from collections.abc import Iterable
from collective.servicekonto.eid.testserver.tlv import Malformed
from dataclasses import dataclass
from lxml import etree


SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/03/addressing"
ISO = "urn:iso:std:iso-iec:24727:tech:schema"
DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ECARD = "http://www.bsi.bund.de/ecard/api/1.1"

BINDING = "urn:liberty:paos:2006-08"
PSK_SECURITY = "urn:ietf:rfc:4279"
MEDIA_TYPE = "application/vnd.paos+xml"

MAJOR_OK = f"{ECARD}/resultmajor#ok"
MAJOR_ERROR = f"{ECARD}/resultmajor#error"
MINOR = f"{ECARD}/resultminor/"
INTERNAL_ERROR = "al/common#internalError"

EAC = "urn:oid:1.3.162.15480.3.0.14.2"
APPLICATION = "e80704007f00070302"

_MESSAGES = ("StartPAOS", "DIDAuthenticateResponse", "TransmitResponse")


@dataclass(frozen=True)
class Message:
    """What the AusweisApp sent.

    ``name``        of the body: StartPAOS, DIDAuthenticateResponse, TransmitResponse
    ``id``          to be named by our answer
    ``relates_to``  the id of our message that it answers; "" in the first
    ``texts``       content of the elements that have no elements, by their names
    """

    name: str
    id: str
    relates_to: str
    texts: dict[str, list[str]]

    @property
    def failed(self) -> bool:
        """Tell whether the AusweisApp reports an error."""
        return self.name != "StartPAOS" and self.texts.get("ResultMajor") != [MAJOR_OK]

    @property
    def error(self) -> str:
        """Return the end of the ResultMinor of a reported error, or ""."""
        minors = self.texts.get("ResultMinor", [""])
        return minors[0].removeprefix(MINOR)

    def text(self, name: str) -> str:
        """Return the content of the only element of that name. Raises Malformed."""
        found = self.texts.get(name, [])
        if len(found) != 1:
            raise Malformed(f"Not one {name}.")
        return found[0]

    def octets(self, name: str) -> bytes:
        """Return the same from hexadecimal digits. Raises Malformed."""
        return _octets(self.text(name))

    def optional_octets(self, name: str) -> bytes | None:
        """Return the same, or None without that element. Raises Malformed."""
        return self.octets(name) if name in self.texts else None

    def all_octets(self, name: str) -> list[bytes]:
        """Return the content of all elements of that name. Raises Malformed."""
        return [_octets(text) for text in self.texts.get(name, [])]


def _octets(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Malformed("Not hexadecimal digits.") from error


def parse(encoded: bytes) -> Message:
    """Return the message in a SOAP envelope. Raises Malformed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed("Not XML.") from error
    if root.getroottree().docinfo.doctype:
        raise Malformed("A document type is not taken.")
    bodies = [child for body in root.findall(f"{{{SOAP}}}Body") for child in body]
    if len(bodies) != 1 or not isinstance(bodies[0].tag, str):
        raise Malformed("Not one body.")
    name = etree.QName(bodies[0])
    if name.namespace != ISO or name.localname not in _MESSAGES:
        raise Malformed("Not a message that a server gets.")
    return Message(
        name=name.localname,
        id=_header(root, "MessageID"),
        relates_to=_header(root, "RelatesTo"),
        texts=_texts(bodies[0]),
    )


def _header(root: etree._Element, name: str) -> str:
    found = root.findall(f"{{{SOAP}}}Header/{{{ADDRESSING}}}{name}")
    return (found[0].text or "") if len(found) == 1 else ""


def _texts(body: etree._Element) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for element in body.iter(etree.Element):
        if len(element) == 0:
            name = etree.QName(element).localname
            texts.setdefault(name, []).append((element.text or "").strip())
    return texts


Content = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Body:
    """What the server says; ``final`` if it is its last word in the session."""

    element: etree._Element
    final: bool = False


def envelope(body: Body, message_id: str, relates_to: str) -> bytes:
    """Return a message with its envelope."""
    root = etree.Element(
        f"{{{SOAP}}}Envelope",
        nsmap={"soap": SOAP, "wsa": ADDRESSING, "xsi": XSI, "iso": ISO, "dss": DSS},
    )
    header = etree.SubElement(root, f"{{{SOAP}}}Header")
    _add(header, ADDRESSING, [("RelatesTo", relates_to), ("MessageID", message_id)])
    etree.SubElement(root, f"{{{SOAP}}}Body").append(body.element)
    encoded: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return encoded


def _add(parent: etree._Element, namespace: str, content: Content) -> None:
    for name, text in content:
        etree.SubElement(parent, f"{{{namespace}}}{name}").text = text


def authenticate(kind: str, content: Content) -> Body:
    """Return DIDAuthenticate with protocol data of a kind, such as EAC1InputType."""
    root = etree.Element(f"{{{ISO}}}DIDAuthenticate", nsmap={None: ISO})
    handle = etree.SubElement(root, f"{{{ISO}}}ConnectionHandle")
    _add(handle, ISO, [("CardApplication", APPLICATION), ("SlotHandle", "00")])
    _add(root, ISO, [("DIDName", "PIN")])
    data = etree.SubElement(
        root, f"{{{ISO}}}AuthenticationProtocolData", {"Protocol": EAC}
    )
    data.set(f"{{{XSI}}}type", f"iso:{kind}")
    _add(data, ISO, content)
    return Body(root)


def transmit(commands: Iterable[bytes]) -> Body:
    """Return Transmit with a batch of commands for the card."""
    root = etree.Element(f"{{{ISO}}}Transmit", nsmap={None: ISO})
    _add(root, ISO, [("SlotHandle", "00")])
    for command in commands:
        info = etree.SubElement(root, f"{{{ISO}}}InputAPDUInfo")
        _add(info, ISO, [("InputAPDU", command.hex())])
    return Body(root)


def finish(minor: str = "") -> Body:
    """Return StartPAOSResponse: the session is over, well or with an error."""
    root = etree.Element(
        f"{{{ISO}}}StartPAOSResponse", {"Profile": ECARD}, nsmap={None: ISO}
    )
    result = etree.SubElement(root, f"{{{DSS}}}Result", nsmap={None: DSS})
    if minor:
        _add(
            result, DSS, [("ResultMajor", MAJOR_ERROR), ("ResultMinor", MINOR + minor)]
        )
    else:
        _add(result, DSS, [("ResultMajor", MAJOR_OK)])
    return Body(root, final=True)
