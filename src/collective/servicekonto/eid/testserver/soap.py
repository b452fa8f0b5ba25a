"""The eID-Interface of the test eID-Server: SOAP over mutual TLS, signed both ways.

BSI TR-03130-1, chapters 3.2 to 3.5. What it says comes from any EIDServer.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import EIDServer
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server import messages
from collective.servicekonto.eid.server.messages import text_of
from collective.servicekonto.eid.server.questions import LEVEL_HIGH
from collective.servicekonto.eid.server.results import ECARD
from collective.servicekonto.eid.server.results import ERROR
from collective.servicekonto.eid.server.results import OK
from collective.servicekonto.eid.server.results import SERVER
from collective.servicekonto.eid.server.results import SERVER_CODES
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import SOAP
from collective.servicekonto.eid.server.signature import Verifier
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from lxml import etree
from typing import Any
import re
import ssl


_FUNCTIONS = ("useID", "getResult", "getServerInfo")

_INTERNAL = "common#internalError"

_SECONDS = 30

# What a problem is called where it has no code of the guideline.
_CODES: Mapping[type[EIDProblem], str] = {
    port.Busy: "useID#tooManyOpenSessions",
    port.NotReady: "getResult#noResultYet",
    port.SessionGone: "getResult#invalidSession",
    port.DocumentInsufficient: "getResult#deniedDocument",
    port.DocumentRefused: "getResult#invalidDocument",
}
_ECARD_CODES: Mapping[type[EIDProblem], str] = {
    port.Cancelled: "sal#cancellationByUser",
    port.CardBlocked: "sal#securityConditionsNotSatisfied",
    port.ClientFailed: "dp#communicationError",
}

_LAYERS = re.compile(r"(al|dp|ifdl|il|sal)[/#]")

# Content of an element: a text, or further elements by name.
Content = str | Mapping[str, Any]


class NoAnswer(Exception):
    """Whoever asks is not known, and gets nothing (chapter 3.5.2.1)."""


class EIDInterface:
    """Answers messages: checks their signature and schema, and signs the answers.

    ``eservice``  the certificate of whom we answer
    """

    def __init__(
        self,
        server: EIDServer,
        signer: Signer,
        eservice: Verifier,
        now: Callable[[], datetime],
    ) -> None:
        self._server = server
        self._signer = signer
        self._eservice = eservice
        self._now = now

    def answer(self, content: bytes, action: str) -> bytes:
        """Return the answer to a request with this SOAPAction. Raises NoAnswer."""
        function = action.strip('"').rpartition("/")[2]
        if function not in _FUNCTIONS:
            raise NoAnswer
        try:
            request = messages.read(
                content, f"{function}Request", self._eservice, self._now()
            )
        except messages.Unsigned as problem:
            if problem.code == "unsigned":
                raise NoAnswer from None
            said: Content = _result(SERVER + _INTERNAL)
        except messages.AgainstSchema:
            said = _result(f"{SERVER}common#schemaViolation")
        else:
            said = self._said(function, request)
        return self._signed(f"{function}Response", said)

    def _said(self, function: str, request: Any) -> Content:
        try:
            return _ANSWERS[function](self._server, request)
        except EIDProblem as problem:
            return _result(_minor_of(problem))

    def _signed(self, name: str, content: Content) -> bytes:
        envelope = etree.Element(
            SOAP + "Envelope",
            nsmap={
                "soapenv": SOAP[1:-1],
                "eid": messages.EID[1:-1],
                "dss": messages.DSS[1:-1],
            },
        )
        body = etree.SubElement(envelope, SOAP + "Body")
        _add(body, messages.EID + name, content)
        self._signer.sign(envelope, self._now())
        return bytes(etree.tostring(envelope, encoding="utf-8"))


def https_server(
    interface: EIDInterface, address: tuple[str, int], context: ssl.SSLContext
) -> ThreadingHTTPServer:
    """Return a server that is bound and answers as soon as it is run.

    ``context`` has to demand a certificate from whoever asks.
    """
    if context.verify_mode is not ssl.CERT_REQUIRED:
        raise ValueError("Without a certificate nobody gets an answer.")

    class Handler(_Handler):
        answer = staticmethod(interface.answer)

    server = ThreadingHTTPServer(address, Handler)
    server.daemon_threads = True
    # The handshake is made with the first byte that is read, in the request's thread.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS
    answer: Callable[[bytes, str], bytes]

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > messages.MAXIMUM_BYTES:
            self.send_error(413)
            return
        try:
            content = self.answer(
                self.rfile.read(int(length)), self.headers.get("SOAPAction", "")
            )
        except NoAnswer:
            self.send_error(403)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Nothing is logged of requests."""


def _use_id(server: EIDServer, request: Any) -> Content:
    try:
        question = _question(request)
    except ValueError:
        return _result(f"{SERVER}useID#missingArgument")
    opened = server.open(question)
    psk = {"ID": opened.psk_id} | ({"Key": opened.psk} if opened.psk else {})
    said: dict[str, Any] = {
        "Session": {"ID": opened.id},
        "eCardServerAddress": opened.server_address,
        "PSK": psk,
    }
    return said | _result()


def _get_result(server: EIDServer, request: Any) -> Content:
    session = (text_of(request, "Session", "ID") or "").strip()
    counter = int(text_of(request, "RequestCounter") or 0)
    result = server.result(session, counter)
    said: dict[str, Any] = {"PersonalData": _personal_data(result)}
    for name, outcome in (
        ("FulfilsAgeVerification", result.old_enough),
        ("FulfilsPlaceVerification", result.lives_there),
    ):
        if outcome is not None:
            said[name] = {"FulfilsRequest": str(outcome).lower()}
    said["OperationsAllowedByUser"] = _outcomes(result)
    said["LevelOfAssuranceResult"] = LEVEL_HIGH
    return said | _result(message=port.TEST_MARK if result.is_test else "")


def _get_server_info(server: EIDServer, request: Any) -> Content:
    info = server.info()
    major, minor, fix = info.version
    text = f"Version {major}.{minor}.{fix}"
    return {
        "ServerVersion": {
            "VersionString": f"{text} {port.TEST_MARK}" if info.is_test else text,
            "Major": str(major),
            "Minor": str(minor),
            "Bugfix": str(fix),
        },
        "DocumentVerificationRights": {
            one.value: "ALLOWED" if one in info.rights else "PROHIBITED"
            for one in Operation
        },
    }


_ANSWERS: Mapping[str, Callable[[EIDServer, Any], Content]] = {
    "useID": _use_id,
    "getResult": _get_result,
    "getServerInfo": _get_server_info,
}


def _question(request: Any) -> Question:
    asked = {
        one: text_of(request, "UseOperations", one.value) or "PROHIBITED"
        for one in Operation
    }
    return Question(
        required=frozenset(one for one, how in asked.items() if how == "REQUIRED"),
        optional=frozenset(one for one, how in asked.items() if how == "ALLOWED"),
        minimum_age=int(text_of(request, "AgeVerificationRequest", "Age") or 0),
        community=text_of(request, "PlaceVerificationRequest", "CommunityID") or "",
        reason=text_of(request, "TransactionInfo") or "",
    )


def _personal_data(result: port.Result) -> Content:
    said: dict[str, Any] = {
        one.value: _value(one, result.values[one])
        for one in Operation
        if one in result.values
    }
    if result.pseudonym:
        said["RestrictedID"] = {"ID": result.pseudonym}
    if result.second_pseudonym:
        said["RestrictedID"]["ID2"] = result.second_pseudonym
    return said


def _value(operation: Operation, value: str | Place) -> Content:
    if isinstance(value, Place):
        return _place(value)
    if operation is Operation.DATE_OF_BIRTH:
        text = value.replace("-", "").ljust(8)
        return {"DateString": text} | ({"DateValue": value} if len(value) == 10 else {})
    return value


def _place(place: Place) -> Content:
    if place.no_place:
        return {"NoPlaceInfo": place.no_place}
    if place.text or not place.city:
        return {"FreetextPlace": place.text}
    parts = {
        "Street": place.street,
        "City": place.city,
        "State": place.state,
        "Country": place.country,
        "ZipCode": place.postal_code,
    }
    told = {name: x for name, x in parts.items() if x or name in ("City", "Country")}
    return {"StructuredPlace": told}


def _outcomes(result: port.Result) -> Content:
    read = set(result.values)
    if result.pseudonym:
        read.add(Operation.RESTRICTED_ID)
    if result.old_enough is not None:
        read.add(Operation.AGE_VERIFICATION)
    if result.lives_there is not None:
        read.add(Operation.PLACE_VERIFICATION)
    outcomes = {one: "ALLOWED" if one in read else "PROHIBITED" for one in Operation}
    outcomes |= dict.fromkeys(result.not_on_chip, "NOTONCHIP")
    return {one.value: outcome for one, outcome in outcomes.items()}


def _result(minor: str = "", message: str = "") -> dict[str, Any]:
    said = {f"{messages.DSS}ResultMajor": ERROR if minor else OK}
    if minor:
        said[f"{messages.DSS}ResultMinor"] = minor
    if message:
        said[f"{messages.DSS}ResultMessage"] = message
    return {f"{messages.DSS}Result": said}


def _minor_of(problem: EIDProblem) -> str:
    kind = type(problem)
    if SERVER_CODES.get(problem.code) is kind:
        return SERVER + problem.code
    if _LAYERS.match(problem.code):
        return ECARD + problem.code
    if kind in _ECARD_CODES:
        return ECARD + _ECARD_CODES[kind]
    return SERVER + _CODES.get(kind, _INTERNAL)


def _add(parent: Any, tag: str, content: Content) -> None:
    element = etree.SubElement(parent, tag)
    if isinstance(content, str):
        element.text = content
        return
    for name, inner in content.items():
        qualified = name if name.startswith("{") else messages.EID + name
        if name == f"{messages.DSS}ResultMessage":
            _add_message(element, inner)
        else:
            _add(element, qualified, inner)


def _add_message(parent: Any, text: str) -> None:
    element = etree.SubElement(parent, f"{messages.DSS}ResultMessage")
    element.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    element.text = text
