"""The TC token: how the eID-Client reaches the eID-Server, and the way back (TR-03124-1).

Without a PSK the client uses the connection over which it fetched the token ("attached").
"""

from collective.servicekonto.eid.port import Opened
from urllib.parse import quote
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement
from xml.etree.ElementTree import tostring


PAOS = "urn:liberty:paos:2006-08"
TLS_PSK = "urn:ietf:rfc:4279"

# The eID-Client listens on the device itself, at this port (TR-03124-1, chapter 3.2).
CLIENT = "127.0.0.1:24727/eID-Client"


def tc_token(opened: Opened, refresh: str, problem: str) -> bytes:
    """Return the token as XML.

    ``refresh`` is the address to which the browser comes back, ``problem`` the one
    where the eID-Client never reached the eID-Server.
    """
    token = Element("TCTokenType")
    for name, text in (
        ("ServerAddress", opened.server_address),
        ("SessionIdentifier", opened.psk_id),
        ("RefreshAddress", refresh),
        ("CommunicationErrorAddress", problem),
        ("Binding", PAOS),
    ):
        SubElement(token, name).text = text
    if opened.psk:
        SubElement(token, "PathSecurity-Protocol").text = TLS_PSK
        parameters = SubElement(token, "PathSecurity-Parameters")
        SubElement(parameters, "PSK").text = opened.psk
    return _written(token)


def no_token(problem: str) -> bytes:
    """Return the answer in place of a token: the client leads the browser there."""
    token = Element("TCTokenType")
    SubElement(token, "CommunicationErrorAddress").text = problem
    return _written(token)


def desktop_link(address: str) -> str:
    """Return the link that lets the eID-Client of this computer fetch the token."""
    return f"http://{CLIENT}?tcTokenURL={quote(address, safe='')}"


def phone_link(address: str) -> str:
    """Return the link that opens the AusweisApp of this telephone."""
    return f"eid://{CLIENT}?tcTokenURL={quote(address, safe='')}"


def _written(token: Element) -> bytes:
    xml: bytes = tostring(token, encoding="utf-8", xml_declaration=True)
    return xml
