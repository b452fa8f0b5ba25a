"""An eID-Server on the loopback interface, spoken to over real TLS."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.server.https import Limits
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import Verifier
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.testserver.soap import EIDInterface
from collective.servicekonto.eid.testserver.soap import https_server
from datetime import datetime
from datetime import UTC
from threading import Thread
import pytest


ERIKA = port.Result(
    values={
        Operation.DOCUMENT_TYPE: "ID",
        Operation.ISSUING_STATE: "D",
        Operation.DATE_OF_EXPIRY: "2029-10-31",
        Operation.GIVEN_NAMES: "ERIKA",
        Operation.FAMILY_NAMES: "MUSTERMANN",
        Operation.ACADEMIC_TITLE: "",
        Operation.DATE_OF_BIRTH: "1964-08",
        Operation.PLACE_OF_BIRTH: Place(text="BERLIN"),
        Operation.PLACE_OF_RESIDENCE: Place(
            street="HEIDESTRASSE 17", city="KÖLN", country="D", postal_code="51147"
        ),
    },
    not_on_chip=frozenset({Operation.BIRTH_NAME}),
    pseudonym="01a4fb509cebc6595151a4fb5f9c75c6fe01a4fb59cb655a4fb5f9c75c6fee00",
    old_enough=True,
)


class Prepared:
    """An eID-Server that was told what to say."""

    def __init__(self):
        self.questions = []
        self.asked = []
        self.opened = port.Opened("a" * 32, "https://eid.example/paos", "b" * 32, "")
        self.outcome = ERIKA
        self.version = (2, 4, 0)

    def open(self, question):
        self.questions.append(question)
        return self.opened

    def result(self, session_id, counter):
        self.asked.append((session_id, counter))
        if isinstance(self.outcome, port.EIDProblem):
            raise self.outcome
        return self.outcome

    def info(self):
        return port.Info(self.version, frozenset(Operation), is_test=True)


def present():
    return datetime.now(UTC)


def problem_of(kind, ask):
    with pytest.raises(kind) as problem:
        ask()
    assert type(problem.value) is kind
    return problem.value.code


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    return interface_files.make_files(tmp_path_factory.mktemp("interface"), present())


@pytest.fixture
def prepared():
    return Prepared()


@pytest.fixture
def interface(files, prepared):
    signer = Signer(
        files.certificate(interface_files.SERVER_SIGNER).read_bytes(),
        files.key(interface_files.SERVER_SIGNER).read_bytes(),
    )
    eservice = Verifier(files.certificate(interface_files.ESERVICE).read_bytes())
    return EIDInterface(prepared, signer, eservice, present)


@pytest.fixture
def run():
    """Runs servers until the test is over; returns the port of each."""
    running = []

    def start(server):
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        running.append((server, thread))
        return server.server_address[1]

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def configuration(files, interface, run):
    server = https_server(interface, (interface_files.HOST, 0), files.tls_context())
    return files.configuration(run(server))


@pytest.fixture
def client(configuration):
    return SOAPServer(configuration, Limits(seconds=5), present)
