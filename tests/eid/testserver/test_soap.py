"""The eID-Interface of the test eID-Server: what it answers, to whom, and what arrives."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.server.messages import EID
from collective.servicekonto.eid.server.results import SERVER
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import SOAP
from collective.servicekonto.eid.server.signature import Verifier
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.testserver.interface_files import make_files
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from collective.servicekonto.eid.testserver.soap import EIDInterface
from collective.servicekonto.eid.testserver.soap import https_server
from collective.servicekonto.eid.testserver.soap import NoAnswer
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import datetime
from datetime import UTC
from lxml import etree
from tests.eid.card.card import Card
from tests.eid.card.issuer import issuer
from tests.eid.testserver.client import Answer
from tests.eid.testserver.client import envelope as paos_envelope
from tests.eid.testserver.client import failure
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.client import start
from threading import Thread
import http.client
import pytest
import ssl


ASKED = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
    reason="Servicekonto Plus",
)

MINOR = (
    "{urn:oasis:names:tc:dss:1.0:core:schema}Result/"
    "{urn:oasis:names:tc:dss:1.0:core:schema}ResultMinor"
)


def now():
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    directory = tmp_path_factory.mktemp("pki")
    (directory / "csca").mkdir()
    certificate = issuer().csca.public_bytes(Encoding.PEM)
    (directory / "csca" / "emulated.pem").write_bytes(certificate)
    return PKI(directory, now())


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_files(tmp_path_factory.mktemp("interface"), now())


@pytest.fixture
def service(pki):
    settings = Settings("https://localhost/eid/paos", "https://localhost")
    return EIDService(pki, settings, now)


def signer_of(files, name):
    return Signer(files.certificate(name).read_bytes(), files.key(name).read_bytes())


def verifier_of(files, name):
    return Verifier(files.certificate(name).read_bytes())


@pytest.fixture
def interface(files, service):
    return EIDInterface(
        service,
        signer_of(files, interface_files.SERVER_SIGNER),
        verifier_of(files, interface_files.ESERVICE),
        now,
    )


@pytest.fixture
def number(files, interface):
    """The port of a server that runs."""
    server = https_server(interface, (interface_files.HOST, 0), files.tls_context())
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(files, number):
    return SOAPServer(files.configuration(number), now=now)


def test_a_card_that_the_server_has_read_arrives_as_it_was_read(client, service, pki):
    opened = client.open(ASKED)
    InProcessClient(service.answer, Card(pki.cvca)).run(opened.psk_id)
    result = client.result(opened.id, 1)
    assert result.values[Operation.GIVEN_NAMES] == "ERIKA MARIA"
    assert result.values[Operation.ARTISTIC_NAME] == ""
    assert result.values[Operation.DATE_OF_BIRTH] == "1964-08-12"
    assert result.values[Operation.PLACE_OF_RESIDENCE].city == "KÖLN"
    assert len(result.pseudonym) == 64
    assert result.old_enough is True
    assert result.lives_there is True
    assert result.is_test is True


def test_a_result_is_handed_out_once(client, service, pki):
    opened = client.open(ASKED)
    InProcessClient(service.answer, Card(pki.cvca)).run(opened.psk_id)
    client.result(opened.id, 1)
    with pytest.raises(port.SessionGone, match="invalidSession"):
        client.result(opened.id, 2)


def test_the_counter_has_to_grow_by_one(client):
    opened = client.open(ASKED)
    with pytest.raises(port.NotReady):
        client.result(opened.id, 1)
    with pytest.raises(port.SessionGone, match="invalidCounter"):
        client.result(opened.id, 1)


@pytest.mark.parametrize(
    ("minor", "kind"),
    [
        ("sal#cancellationByUser", port.Cancelled),
        ("al/common#unknownError", port.ClientFailed),
        ("dp#communicationError", port.ClientFailed),
    ],
)
def test_how_the_ausweisapp_ended_arrives(client, service, minor, kind):
    opened = client.open(ASKED)
    first = Answer.parse(service.answer(paos_envelope(start(opened.psk_id))))
    service.answer(paos_envelope(failure(minor), first.message_id))
    with pytest.raises(kind) as problem:
        client.result(opened.id, 1)
    assert problem.value.code == minor


def test_the_server_says_that_it_reads_test_cards_only(client):
    assert client.info().is_test is True


REQUEST = (
    f'<e:Envelope xmlns:e="{SOAP[1:-1]}" xmlns="{EID[1:-1]}">'
    "<e:Body>{}</e:Body></e:Envelope>"
)


def asked(interface, files, body, function="useID", by=interface_files.ESERVICE):
    """Return the ResultMinor of the answer, without its beginning."""
    envelope = etree.fromstring(REQUEST.format(body))
    signer_of(files, by).sign(envelope, now())
    action = f'"http://bsi.bund.de/eID/{function}"'
    answer = interface.answer(etree.tostring(envelope), action)
    body = verifier_of(files, interface_files.SERVER_SIGNER).verified_body(
        etree.fromstring(answer), now()
    )
    return body[0].findtext(MINOR).removeprefix(SERVER)


def test_what_is_against_the_schema_is_named_so(interface, files):
    body = "<useIDRequest><Everything/></useIDRequest>"
    assert asked(interface, files, body) == "common#schemaViolation"


def test_a_verification_without_its_parameter_is_named_so(interface, files):
    body = (
        "<useIDRequest><UseOperations><AgeVerification>REQUIRED</AgeVerification>"
        "</UseOperations></useIDRequest>"
    )
    assert asked(interface, files, body) == "useID#missingArgument"


def test_a_wrong_signature_gets_an_internal_error_and_nothing_else(interface, files):
    body = "<useIDRequest><UseOperations/></useIDRequest>"
    code = asked(interface, files, body, by=interface_files.SERVER)
    assert code == "common#internalError"


def test_an_unknown_session_is_named_so(interface, files):
    body = (
        "<getResultRequest><Session><ID>aaaa</ID></Session>"
        "<RequestCounter>1</RequestCounter></getResultRequest>"
    )
    assert asked(interface, files, body, "getResult") == "getResult#invalidSession"


def test_who_does_not_sign_gets_no_answer(interface):
    content = REQUEST.format("<useIDRequest><UseOperations/></useIDRequest>").encode()
    with pytest.raises(NoAnswer):
        interface.answer(content, "http://bsi.bund.de/eID/useID")


def test_what_is_no_function_gets_no_answer(interface):
    with pytest.raises(NoAnswer):
        interface.answer(b"", "http://bsi.bund.de/eID/everything")


def test_a_request_is_answered_once(interface, files):
    envelope = etree.fromstring(
        REQUEST.format("<useIDRequest><UseOperations/></useIDRequest>")
    )
    signer_of(files, interface_files.ESERVICE).sign(envelope, now())
    content = etree.tostring(envelope)
    interface.answer(content, "http://bsi.bund.de/eID/useID")
    again = interface.answer(content, "http://bsi.bund.de/eID/useID")
    assert b"common#internalError" in again


def test_without_a_certificate_nobody_is_let_in(files, number):
    context = ssl.create_default_context(
        cafile=str(files.certificate(interface_files.AUTHORITY))
    )
    connection = http.client.HTTPSConnection(
        interface_files.HOST, number, context=context, timeout=5
    )

    def ask():
        connection.request("POST", "/", b"")
        connection.getresponse().read()

    with pytest.raises((OSError, http.client.HTTPException)):
        ask()


def test_a_server_for_everybody_is_not_made(files, interface):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ValueError, match="certificate"):
        https_server(interface, (interface_files.HOST, 0), context)


def test_certificates_are_made_once(files):
    before = files.key(interface_files.ESERVICE).read_bytes()
    assert make_files(files.directory, now()) == files
    assert files.key(interface_files.ESERVICE).read_bytes() == before
    assert files.key(interface_files.ESERVICE).stat().st_mode & 0o077 == 0
