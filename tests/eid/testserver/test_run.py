"""A question goes out by SOAP, a card is read, and the result comes back by SOAP."""

from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.run import running
from contextlib import closing
from http.client import HTTPSConnection
from tests.eid.card import persons
from tests.eid.card.card import Card
from tests.eid.testserver.client import Answer
from tests.eid.testserver.client import envelope
from tests.eid.testserver.client import failure
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.client import start
from tests.eid.testserver.trust import trust_cards
from urllib.parse import urlsplit
import pytest
import ssl


QUESTION = Question(
    required=frozenset(
        {
            Operation.FAMILY_NAMES,
            Operation.BIRTH_NAME,
            Operation.DATE_OF_BIRTH,
            Operation.PLACE_OF_RESIDENCE,
            Operation.RESTRICTED_ID,
            Operation.AGE_VERIFICATION,
        }
    ),
    optional=frozenset({Operation.ACADEMIC_TITLE}),
    minimum_age=16,
    reason="Hochstufen des Servicekontos",
)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    directory = tmp_path_factory.mktemp("eid")
    trust_cards(directory / "cards")
    with running(directory) as server:
        yield server


@pytest.fixture(scope="module")
def eid_server(here):
    """How the add-on asks in production."""
    return SOAPServer(here.configuration)


@pytest.fixture(scope="module")
def say(here):
    """A function that sends a message as the AusweisApp does."""
    context = ssl.create_default_context(cadata=here.pki.tls.certificate)

    def post(message: bytes) -> bytes:
        address = urlsplit(here.origin)
        connection = HTTPSConnection(address.netloc, context=context, timeout=10)
        with closing(connection):
            connection.request("POST", web.PAOS_PATH, message)
            return connection.getresponse().read()

    return post


def test_what_was_read_arrives(here, eid_server, say):
    opened = eid_server.open(QUESTION)
    assert opened.server_address == here.origin + web.PAOS_PATH
    with pytest.raises(NotReady):
        eid_server.result(opened.id, 1)
    InProcessClient(say, Card(here.pki.cvca, persons.ZOE)).run(opened.psk_id)
    result = eid_server.result(opened.id, 2)
    assert dict(result.values) == {
        Operation.FAMILY_NAMES: "ŁĘCKI-ÞÓRÐARDÓTTIR",
        Operation.BIRTH_NAME: "ÑUÑEZ D’ÄẞLER",
        Operation.DATE_OF_BIRTH: "1987-02-28",
        Operation.ACADEMIC_TITLE: "DR.HC.",
        Operation.PLACE_OF_RESIDENCE: Place(
            street="GROẞE ČECHSTRAẞE 1",
            city="BAUTZEN/BUDYŠIN",
            country="D",
            postal_code="02625",
        ),
    }
    assert result.old_enough
    assert result.is_test
    assert len(result.pseudonym) == 64
    with pytest.raises(SessionGone):
        eid_server.result(opened.id, 3)


def test_a_card_without_the_data_group_is_told_apart(here, eid_server, say):
    opened = eid_server.open(QUESTION)
    InProcessClient(say, Card(here.pki.cvca, persons.OLD_CARD)).run(opened.psk_id)
    result = eid_server.result(opened.id, 1)
    assert Operation.BIRTH_NAME in result.not_on_chip


def test_an_expired_card_is_refused(here, eid_server, say):
    opened = eid_server.open(QUESTION)
    InProcessClient(say, Card(here.pki.cvca, persons.EXPIRED)).run(opened.psk_id)
    with pytest.raises(DocumentRefused):
        eid_server.result(opened.id, 1)


def test_a_citizen_who_cancels_is_told_as_such(eid_server, say):
    opened = eid_server.open(QUESTION)
    first = Answer.parse(say(envelope(start(opened.psk_id))))
    say(envelope(failure("sal#cancellationByUser"), first.message_id))
    with pytest.raises(Cancelled):
        eid_server.result(opened.id, 1)
