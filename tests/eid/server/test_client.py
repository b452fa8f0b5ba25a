"""Asking an eID-Server, over real TLS."""

from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.client import SOAPServer
from dataclasses import replace
from tests.eid.server.conftest import ERIKA
from tests.eid.server.conftest import present


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
    assert opened == prepared.opened


def test_the_key_of_a_session_arrives(client, prepared):
    prepared.opened = Opened("a" * 32, "https://eid.example/paos", "b" * 32, "c" * 64)
    assert client.open(QUESTION) == prepared.opened


def test_an_address_that_the_server_does_not_tell_is_the_configured_one(
    configuration, prepared
):
    prepared.opened = Opened("a" * 32, "", "b" * 32, "")
    fixed = replace(configuration, ecard_address="https://eid.example/ecard")
    opened = SOAPServer(fixed, now=present).open(QUESTION)
    assert opened.server_address == "https://eid.example/ecard"


def test_the_result_arrives_as_it_was_read(client, prepared):
    assert client.result("a" * 32, 1) == ERIKA
    assert prepared.asked == [("a" * 32, 1)]


def test_the_server_says_what_it_is(client):
    assert client.info() == Info((2, 4, 0), frozenset(Operation), is_test=True)
