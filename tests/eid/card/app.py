"""An eID-Client in this process: it speaks PAOS to a server, and to an emulated card.

The messages are those of TR-03112-7, 2.3 and 3.6.4, written from the guideline.
"""

from collections.abc import Callable
from collections.abc import Iterable
from lxml import etree
from tests.eid.card import tlv
from tests.eid.card.apdu import Refused
from tests.eid.card.card import Card
from tests.eid.card.client import Client
from tests.eid.card.passwords import Reference
import uuid


SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/03/addressing"
ISO = "urn:iso:std:iso-iec:24727:tech:schema"
DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ECARD = "http://www.bsi.bund.de/ecard/api/1.1"
OK = f"{ECARD}/resultmajor#ok"
ERROR = f"{ECARD}/resultmajor#error"
CANCELLED = f"{ECARD}/resultminor/sal#cancellationByUser"

Content = Iterable[tuple[str, str]]


class App:
    """Lets a citizen with a card and a PIN authenticate.

    ``deselected``  bits of optional rights that the citizen does not allow
    ``changes``     what an attacker makes of outgoing values, by the element's name
    """

    def __init__(
        self,
        answer: Callable[[bytes], bytes],
        card: Card,
        *,
        pin: str = "123456",
        deselected: int = 0,
        changes: dict[str, Callable[[bytes], bytes]] | None = None,
    ) -> None:
        self._answer = answer
        self._card = card
        self._pin = pin
        self._deselected = deselected
        self._changes = changes or {}

    def run(self, session: str) -> str:
        """Authenticate; return the ResultMajor that the server ends with."""
        self._card.power_on()
        self._client = Client(self._card.transmit)
        message = self._exchange(_start(session), "")
        steps = {
            "EAC1InputType": self._prepare,
            "EAC2InputType": self._authenticate,
            "Transmit": self._transmit,
        }
        while (name := _kind(message)) in steps:
            body = steps[name](message)
            message = self._exchange(body, _text(message, "MessageID"))
        return _text(message, "ResultMajor")

    def _exchange(self, body: etree._Element, relates_to: str) -> etree._Element:
        return etree.fromstring(self._answer(_envelope(body, relates_to)))

    def _prepare(self, message: etree._Element) -> etree._Element:
        """Do PACE with what the citizen allows."""
        self._chain = _ordered(_all_octets(message, "Certificate"))
        self._auxiliary = _octets(message, "AuthenticatedAuxiliaryData")
        description = _octets(message, "CertificateDescription")
        self._client.check_description(description, self._chain[-1])
        allowed = _rights(message, "RequiredCHAT") | (
            _rights(message, "OptionalCHAT") & ~self._deselected
        )
        chat = allowed.to_bytes(5, "big")
        access = self._client.card_access()
        try:
            self._client.open(Reference.PIN, self._pin, chat)
        except Refused:
            return _failed()
        template = _octets(message, "RequiredCHAT")[:-5] + chat
        return self._output(
            "EAC1OutputType",
            {
                "CertificateHolderAuthorizationTemplate": template,
                "CertificationAuthorityReference": self._client.authority,
                "EFCardAccess": access,
                "IDPICC": self._client.identity,
                "Challenge": self._client.challenge(),
            },
        )

    def _authenticate(self, message: etree._Element) -> etree._Element:
        """Do terminal and chip authentication."""
        ephemeral = _octets(message, "EphemeralPublicKey")
        signature = _octets(message, "Signature")
        try:
            self._client.let_in(self._chain, self._auxiliary, ephemeral, signature)
            security = self._client.card_security()
            nonce, token = self._client.prove_chip(ephemeral)
        except Refused:
            return _failed(f"{ECARD}/resultminor/al/common#unknownError")
        return self._output(
            "EAC2OutputType",
            {
                "EFCardSecurity": security,
                "AuthenticationToken": token,
                "Nonce": nonce,
            },
        )

    def _transmit(self, message: etree._Element) -> etree._Element:
        """Carry the server's commands to the card."""
        answers = [
            self._changed("OutputAPDU", self._client.carry(command))
            for command in _all_octets(message, "InputAPDU")
        ]
        root = _response("TransmitResponse")
        _add(root, ISO, (("OutputAPDU", answer.hex()) for answer in answers))
        return root

    def _output(self, kind: str, values: dict[str, bytes]) -> etree._Element:
        root = _response("DIDAuthenticateResponse")
        data = etree.SubElement(root, f"{{{ISO}}}AuthenticationProtocolData")
        data.set(f"{{{XSI}}}type", f"iso:{kind}")
        for name, value in values.items():
            _add(data, ISO, [(name, self._changed(name, value).hex())])
        return root

    def _changed(self, name: str, value: bytes) -> bytes:
        return self._changes.get(name, bytes)(value)


def _start(session: str) -> etree._Element:
    root = etree.Element(f"{{{ISO}}}StartPAOS")
    _add(root, ISO, [("SessionIdentifier", session)])
    return root


def _response(name: str) -> etree._Element:
    root = etree.Element(f"{{{ISO}}}{name}")
    result = etree.SubElement(root, f"{{{DSS}}}Result")
    _add(result, DSS, [("ResultMajor", OK)])
    return root


def _failed(minor: str = CANCELLED) -> etree._Element:
    root = etree.Element(f"{{{ISO}}}DIDAuthenticateResponse")
    result = etree.SubElement(root, f"{{{DSS}}}Result")
    _add(result, DSS, [("ResultMajor", ERROR), ("ResultMinor", minor)])
    return root


def _envelope(body: etree._Element, relates_to: str) -> bytes:
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP, "iso": ISO})
    header = etree.SubElement(root, f"{{{SOAP}}}Header")
    if relates_to:
        _add(header, ADDRESSING, [("RelatesTo", relates_to)])
    _add(header, ADDRESSING, [("MessageID", f"urn:uuid:{uuid.uuid4()}")])
    etree.SubElement(root, f"{{{SOAP}}}Body").append(body)
    return etree.tostring(root)


def _add(parent: etree._Element, namespace: str, content: Content) -> None:
    for name, text in content:
        etree.SubElement(parent, f"{{{namespace}}}{name}").text = text


def _kind(message: etree._Element) -> str:
    body = message.find(f"{{{SOAP}}}Body")[0]
    data = body.find(f"{{{ISO}}}AuthenticationProtocolData")
    if data is None:
        return etree.QName(body).localname
    return data.get(f"{{{XSI}}}type").rpartition(":")[2]


def _texts(message: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in message.iter(f"{{*}}{name}")]


def _text(message: etree._Element, name: str) -> str:
    return _texts(message, name)[0]


def _all_octets(message: etree._Element, name: str) -> list[bytes]:
    return [bytes.fromhex(text) for text in _texts(message, name)]


def _octets(message: etree._Element, name: str) -> bytes:
    return _all_octets(message, name)[0]


def _rights(message: etree._Element, name: str) -> int:
    template = tlv.one(_octets(message, name), 0x7F4C)
    return int.from_bytes(template.child(0x53).value, "big")


def _ordered(certificates: list[bytes]) -> list[bytes]:
    """Return the certificates so that each is issued by the one before."""
    bodies = {each: tlv.one(each, 0x7F21).child(0x7F4E) for each in certificates}
    issuers = {body.child(0x42).value for body in bodies.values()}
    return sorted(
        certificates, key=lambda each: bodies[each].child(0x5F20).value not in issuers
    )
