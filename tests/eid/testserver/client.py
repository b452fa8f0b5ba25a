"""An eID-Client in this process: PAOS towards a server, commands towards a card."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from lxml import etree
from tests.eid.card import tlv
from tests.eid.card.apdu import Refused
from tests.eid.card.card import Card
from tests.eid.card.client import Client
from tests.eid.card.passwords import Reference
from uuid import uuid4


PIN = "123456"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/03/addressing"
ISO = "urn:iso:std:iso-iec:24727:tech:schema"
ECARD = "http://www.bsi.bund.de/ecard/api/1.1"
OK = f"<ResultMajor>{ECARD}/resultmajor#ok</ResultMajor>"

ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="{soap}" xmlns:wsa="{addressing}"><soap:Header>
<wsa:RelatesTo>{relates_to}</wsa:RelatesTo><wsa:MessageID>{id}</wsa:MessageID>
</soap:Header><soap:Body>{body}</soap:Body></soap:Envelope>"""


def envelope(body: str, relates_to: str = "", message_id: str = "") -> bytes:
    """Return a message of an eID-Client."""
    return ENVELOPE.format(
        soap=SOAP,
        addressing=ADDRESSING,
        relates_to=relates_to,
        id=message_id or f"urn:uuid:{uuid4()}",
        body=body,
    ).encode()


def start(session: str) -> str:
    """Return the body of StartPAOS."""
    return (
        f'<StartPAOS xmlns="{ISO}"><SessionIdentifier>{session}</SessionIdentifier>'
        "</StartPAOS>"
    )


def response(name: str, content: str, result: str = OK) -> str:
    """Return the body of a response."""
    return f'<{name} xmlns="{ISO}"><Result>{result}</Result>{content}</{name}>'


def failure(minor: str, name: str = "DIDAuthenticateResponse") -> str:
    """Return the body of a response that reports an error."""
    result = (
        f"<ResultMajor>{ECARD}/resultmajor#error</ResultMajor>"
        f"<ResultMinor>{ECARD}/resultminor/{minor}</ResultMinor>"
    )
    return response(name, "", result)


def elements(pairs: Iterable[tuple[str, str]]) -> str:
    """Return elements with their content."""
    return "".join(f"<{name}>{text}</{name}>" for name, text in pairs)


@dataclass(frozen=True)
class Answer:
    """What a server answered: the name of the body, and the texts in it."""

    name: str
    message_id: str
    relates_to: str
    texts: dict[str, list[str]]

    @classmethod
    def parse(cls, encoded: bytes) -> "Answer":
        """Return a message of a server."""
        root = etree.fromstring(encoded)
        texts: dict[str, list[str]] = {}
        for element in root.find(f"{{{SOAP}}}Body").iter():
            name = etree.QName(element).localname
            texts.setdefault(name, []).append(element.text or "")
        header = f"{{{SOAP}}}Header/{{{ADDRESSING}}}"
        return cls(
            name=etree.QName(root.find(f"{{{SOAP}}}Body")[0]).localname,
            message_id=root.findtext(header + "MessageID"),
            relates_to=root.findtext(header + "RelatesTo"),
            texts=texts,
        )

    def octets(self, name: str) -> bytes:
        """Return the only content of that name."""
        (text,) = self.texts[name]
        return bytes.fromhex(text)


@dataclass
class InProcessClient:
    """Reads a card for a server that is a function from message to message.

    ``chat``    what the citizen allows, by default everything that was asked
    ``change``  looks at each body before it is sent, and may say something else
    """

    server: Callable[[bytes], bytes]
    card: Card
    chat: bytes | None = None
    change: Callable[[str], str] = field(default=lambda body: body)

    def run(self, session: str) -> Answer:
        """Return the last message of the server; raises Refused by the card."""
        self.card.power_on()
        client = Client(self.card.transmit)
        first = self._say(start(session))
        if first.name != "DIDAuthenticate":
            return first
        second = self._open(client, first)
        if second.name != "DIDAuthenticate":
            return second
        third = self._authenticate(client, first, second)
        if third.name != "Transmit":
            return third
        answers = [
            client.carry(bytes.fromhex(each)) for each in third.texts["InputAPDU"]
        ]
        content = elements(("OutputAPDU", each.hex()) for each in answers)
        return self._say(response("TransmitResponse", content), third)

    def _say(self, body: str, to: Answer | None = None) -> Answer:
        relates_to = to.message_id if to else ""
        return Answer.parse(self.server(envelope(self.change(body), relates_to)))

    def _authentication(self, pairs: list[tuple[str, str]]) -> str:
        data = (
            '<AuthenticationProtocolData Protocol="urn:oid:1.3.162.15480.3.0.14.2">'
            f"{elements(pairs)}</AuthenticationProtocolData>"
        )
        return response("DIDAuthenticateResponse", data)

    def _open(self, client: Client, asked: Answer) -> Answer:
        access = client.card_access()
        chat = self.chat or _all_of(asked)
        client.open(Reference.PIN, PIN, chat)
        pairs = [
            ("EFCardAccess", access.hex()),
            ("IDPICC", client.identity.hex()),
            ("Challenge", client.challenge().hex()),
        ]
        if self.chat:
            role = tlv.encode(0x06, bytes.fromhex("04007F000703010202"))
            template = tlv.encode(0x7F4C, role, tlv.encode(0x53, chat))
            pairs.insert(0, ("CertificateHolderAuthorizationTemplate", template.hex()))
        return self._say(self._authentication(pairs), asked)

    def _authenticate(self, client: Client, asked: Answer, proof: Answer) -> Answer:
        terminal, verifier = map(bytes.fromhex, asked.texts["Certificate"])
        client.check_description(asked.octets("CertificateDescription"), terminal)
        ephemeral = proof.octets("EphemeralPublicKey")
        try:
            client.let_in(
                [verifier, terminal],
                asked.octets("AuthenticatedAuxiliaryData"),
                ephemeral,
                proof.octets("Signature"),
            )
        except Refused:
            return self._say(failure("al/common#internalError"), proof)
        security = client.card_security()
        nonce, token = client.prove_chip(ephemeral)
        pairs = [
            ("EFCardSecurity", security.hex()),
            ("AuthenticationToken", token.hex()),
            ("Nonce", nonce.hex()),
        ]
        return self._say(self._authentication(pairs), proof)


def _all_of(asked: Answer) -> bytes:
    wanted = 0
    for name in ("RequiredCHAT", "OptionalCHAT"):
        template = tlv.one(asked.octets(name), 0x7F4C)
        wanted |= int.from_bytes(template.child(0x53).value, "big")
    return wanted.to_bytes(5, "big")
