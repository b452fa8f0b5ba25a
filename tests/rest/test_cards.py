"""Logging in and registering with the card, as programs do it."""

from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.accounts.service import query_by_address
from dataclasses import replace
from tests.eid.provider import ERIKA
from tests.eid.provider import MAX
import pytest
import transaction


LOG_IN = "@servicekonto-eid-login"
REGISTER = "@servicekonto-eid-registration"
ADDRESS = "gabler@example.org"


def registers(client, token):
    """Register a Servicekonto Plus, and activate it."""
    client.begin()
    client.patch("@servicekonto-registration", json={"account": "servicekonto-plus"})
    client.comes_back(client.post(REGISTER, json={}))
    client.enter(account="servicekonto-plus", email=ADDRESS)
    client.create()
    client.activate(token())


def test_registering_and_logging_in_with_the_card(client, provider, token):
    registers(client, token)
    transaction.begin()
    account = query_by_address(ADDRESS)
    assert is_plus(account)
    assert account.given_names == "ERIKA MARIA"
    client.go_on(client.comes_back(client.post(LOG_IN, json={})))
    means = client.get("@servicekonto-means").json()
    assert means["session_level"] == "hoch"


def test_without_the_card_no_servicekonto_plus_is_created(client, provider):
    client.begin()
    client.enter(account="servicekonto-plus")
    refused = client.create()
    assert refused.status_code == 409
    assert refused.json()["type"] == "ProofMissing"


def test_without_an_eid_server_it_is_not_offered(client):
    client.begin()
    refused = client.patch(
        "@servicekonto-registration", json={"account": "servicekonto-plus"}
    )
    assert refused.json()["problems"].keys() == {"account"}
    assert client.post(LOG_IN, json={}).json()["problem"] == "Misconfigured"


def test_a_card_fills_in_the_registration_of_a_servicekonto_plus_alone(
    client, provider
):
    client.begin()
    client.enter()
    assert client.post(REGISTER, json={}).status_code == 410
    assert provider.questions == []


def test_another_program_does_not_take_it(client, provider, token, new_client):
    registers(client, token)
    begun = client.post(LOG_IN, json={})
    secret = client.secret_of_way_back(begun)
    attacker = new_client()
    for headers in ({}, {"X-Servicekonto-Browser": "guessed"}):
        attacker.headers.update(headers)
        answer = attacker.post("@servicekonto-eid-return", json={"secret": secret})
        assert answer.status_code == 410
    assert len(provider.asked) == 1


def test_a_new_card_has_to_say_so(client, provider, token):
    registers(client, token)
    provider.answer = MAX
    refused = client.comes_back(client.post(LOG_IN, json={}))
    assert refused.json()["problem"] == "UnknownCard"
    provider.answer = replace(ERIKA, pseudonym=MAX.pseudonym)
    found = client.comes_back(client.post(LOG_IN, json={"new_card": True}))
    assert found.json().keys() == {"token"}


@pytest.mark.parametrize("body", [{"new_card": "yes"}, {"new_card": 1}])
def test_what_is_no_flag_is_refused(client, provider, body):
    assert client.post(LOG_IN, json=body).status_code == 400
