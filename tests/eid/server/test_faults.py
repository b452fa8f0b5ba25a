"""An eID-Server that answers with faults, and answers that are none."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.server.https import Limits
from collective.servicekonto.eid.server.results import ECARD
from collective.servicekonto.eid.server.results import SERVER
from collective.servicekonto.eid.server.results import SERVER_CODES
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.testserver.soap import https_server
from lxml import etree
from tests.eid.server.conftest import present
from tests.eid.server.conftest import problem_of
import pytest
import time


OPEN = Question(frozenset({Operation.GIVEN_NAMES}))

ENVELOPE = """\
<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:eid="http://bsi.bund.de/eID/"
            xmlns:dss="urn:oasis:names:tc:dss:1.0:core:schema"
><e:Body>{}</e:Body></e:Envelope>"""

REFUSED = """\
<eid:{function}Response><dss:Result>
  <dss:ResultMajor>http://www.bsi.bund.de/ecard/api/1.1/resultmajor#error</dss:ResultMajor>
  <dss:ResultMinor>
    {minor}
  </dss:ResultMinor>
  <dss:ResultMessage xml:lang="de">ERIKA MUSTERMANN</dss:ResultMessage>
</dss:Result></eid:{function}Response>"""

RESULT = """\
<eid:getResultResponse><eid:PersonalData>{}</eid:PersonalData>
<eid:OperationsAllowedByUser><eid:GivenNames>ALLOWED</eid:GivenNames>
<eid:DateOfBirth>ALLOWED</eid:DateOfBirth>
<eid:DateOfExpiry>ALLOWED</eid:DateOfExpiry></eid:OperationsAllowedByUser>
<eid:LevelOfAssuranceResult>http://bsi.bund.de/eID/LoA/hoch</eid:LevelOfAssuranceResult>
<dss:Result>
  <dss:ResultMajor>http://www.bsi.bund.de/ecard/api/1.1/resultmajor#ok</dss:ResultMajor>
</dss:Result></eid:getResultResponse>"""

NAMED = RESULT.format("<eid:GivenNames>ERIKA</eid:GivenNames>")


class Recorded:
    """Says what was recorded, whatever is asked; it knows its version for once."""

    def __init__(self, files, interface):
        self._files = files
        self._interface = interface
        self.said = b""

    def answer(self, content, action):
        if "getServerInfo" in action:
            return self._interface.answer(content, action)
        return self.said

    def sign(self, body, by=interface_files.SERVER_SIGNER, now=None):
        envelope = etree.fromstring(ENVELOPE.format(body))
        signer = Signer(
            self._files.certificate(by).read_bytes(), self._files.key(by).read_bytes()
        )
        signer.sign(envelope, now or present())
        self.said = etree.tostring(envelope)


@pytest.fixture
def recorded(files, interface):
    return Recorded(files, interface)


@pytest.fixture
def asking(recorded, files, run):
    server = https_server(recorded, (interface_files.HOST, 0), files.tls_context())
    client = SOAPServer(
        files.configuration(run(server)), Limits(seconds=5, bytes=20_000), present
    )
    client.info()
    return client


@pytest.mark.parametrize(("code", "kind"), list(SERVER_CODES.items()))
def test_every_code_of_the_guideline_is_told(asking, recorded, code, kind):
    function = "useID" if code.startswith("useID") else "getResult"
    recorded.sign(REFUSED.format(function=function, minor=SERVER + code))
    ask = (
        (lambda: asking.open(OPEN))
        if function == "useID"
        else (lambda: asking.result("a" * 32, 1))
    )
    assert problem_of(kind, ask) == code


def test_that_the_citizen_cancelled_is_told(asking, recorded):
    minor = f"{ECARD}sal#cancellationByUser"
    recorded.sign(REFUSED.format(function="getResult", minor=minor))
    problem_of(port.Cancelled, lambda: asking.result("a" * 32, 1))


def test_a_recorded_result_is_read_once(asking, recorded):
    recorded.sign(NAMED)
    assert asking.result("a" * 32, 1).values == {Operation.GIVEN_NAMES: "ERIKA"}
    code = problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1))
    assert code == "replayed"


def test_a_result_signed_by_somebody_else_is_refused(asking, recorded):
    recorded.sign(NAMED, by=interface_files.SERVER)
    assert problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1)) == "signature"


def test_an_unsigned_result_is_refused(asking, recorded):
    recorded.said = ENVELOPE.format(NAMED).encode()
    assert problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1)) == "unsigned"


def test_the_answer_to_another_question_is_refused(asking, recorded):
    recorded.sign(NAMED)
    assert problem_of(port.Untrusted, lambda: asking.open(OPEN)) == "other-message"


def test_a_document_of_a_lower_level_is_refused(asking, recorded):
    recorded.sign(NAMED.replace("LoA/hoch", "LoA/substantiell"))
    problem_of(port.DocumentInsufficient, lambda: asking.result("a" * 32, 1))


def test_a_document_of_an_unknown_level_is_refused(asking, recorded):
    start = NAMED.index("<eid:LevelOfAssuranceResult>")
    recorded.sign(NAMED[:start] + NAMED[NAMED.index("<dss:Result>") :])
    problem_of(port.DocumentInsufficient, lambda: asking.result("a" * 32, 1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"", "no-xml"),
        (b"\x00\xff\xfe", "no-xml"),
        (b"<html><body>Wartung</body></html>", "no-envelope"),
        (ENVELOPE.format(NAMED).encode()[:300], "no-xml"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "doctype"),
        (b"<x>" * 300 + b"</x>" * 300, "no-xml"),
        (b"<x>" + b"y" * 30_000 + b"</x>", "too-large"),
    ],
    ids=["nothing", "bytes", "page", "truncated", "entity", "deep", "large"],
)
def test_what_is_no_answer_is_refused(asking, recorded, said, code):
    recorded.said = said
    assert problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1)) == code


def test_entities_are_not_expanded_one_by_the_other(asking, recorded):
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    recorded.said = f"<!DOCTYPE x [<!ENTITY a0 'x'>{entities}]><x>&a11;</x>".encode()
    began = time.monotonic()
    problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1))
    assert time.monotonic() - began < 4


def test_files_of_the_server_cannot_be_fetched_by_an_answer(asking, recorded):
    recorded.said = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1)) == "doctype"


@pytest.mark.parametrize(
    "data",
    [
        "<eid:GivenName>ERIKA</eid:GivenName>",
        "<eid:GivenNames>A</eid:GivenNames><eid:GivenNames>B</eid:GivenNames>",
        "<eid:DateOfExpiry>2029-02-30</eid:DateOfExpiry>",
        "<eid:DateOfBirth><eid:DateString>12.08.64</eid:DateString></eid:DateOfBirth>",
        "<eid:DateOfBirth><eid:DateString>19649999</eid:DateString></eid:DateOfBirth>",
        "<eid:RestrictedID><eid:ID>xy</eid:ID></eid:RestrictedID>",
        "<eid:RestrictedID><eid:ID></eid:ID></eid:RestrictedID>",
    ],
)
def test_data_that_are_none_are_refused(asking, recorded, data):
    recorded.sign(RESULT.format(data))
    code = problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1))
    assert code in {"schema", "date-of-birth"}


def test_a_success_without_data_is_none(asking, recorded):
    start = NAMED.index("<eid:PersonalData>")
    end = NAMED.index("<eid:OperationsAllowedByUser>")
    recorded.sign(NAMED[:start] + NAMED[end:])
    assert problem_of(port.Untrusted, lambda: asking.result("a" * 32, 1)) == "no-data"


def test_a_session_without_an_id_is_none(asking, recorded):
    recorded.sign(REFUSED.format(function="useID", minor="x").replace("#error", "#ok"))
    assert problem_of(port.Untrusted, lambda: asking.open(OPEN)) == "no-session"
