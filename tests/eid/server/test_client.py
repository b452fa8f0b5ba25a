"""Asking an eID-Server, over real TLS."""

from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from tests.eid.server.conftest import ERIKA


QUESTION = Question(
    required=frozenset({Operation.GIVEN_NAMES, Operation.AGE_VERIFICATION}),
    optional=frozenset({Operation.ACADEMIC_TITLE, Operation.PLACE_VERIFICATION}),
    minimum_age=16,
    community="027605",
    reason="Servicekonto Plus für Erika",
)


def test_a_question_arrives_as_it_was_asked(client, prepared):
    opened = client.open(QUESTION)
    assert prepared.questions == [QUESTION]
    assert opened.id == prepared.opened.id
    assert opened.server_address == "https://eid.example/paos"


def test_the_result_arrives_as_it_was_read(client, prepared):
    assert client.result("a" * 32, 1) == ERIKA
    assert prepared.asked == [("a" * 32, 1)]


def test_the_server_says_what_it_is(client):
    assert client.info() == Info((2, 4, 0), frozenset(Operation), is_test=True)
