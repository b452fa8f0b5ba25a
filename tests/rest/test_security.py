"""Means, sessions and history through REST belong to their citizen alone."""

from tests.authenticator import Authenticator
from tests.factories import active_account
from tests.factories import ADDRESS
import pytest
import transaction


READ = ["@servicekonto-means", "@servicekonto-sessions", "@servicekonto-history"]
CHANGE = [
    "@servicekonto-passkey-begin",
    "@servicekonto-passkey-add",
    "@servicekonto-passkey-ask",
    "@servicekonto-passkey-use",
    "@servicekonto-passkey-block",
    "@servicekonto-passkey-unblock",
    "@servicekonto-passkey-remove",
    "@servicekonto-session-end",
    "@servicekonto-not-me",
]


@pytest.fixture
def erika(client, account):
    """A program with the token of a citizen."""
    client.log_in(ADDRESS)
    return client


@pytest.fixture
def phone(erika):
    """Erika's passkey."""
    phone = Authenticator(erika.origin)
    erika.has_passkey(phone)
    return phone


@pytest.fixture
def max_(new_client, site, clock):
    """Somebody else with a token."""
    active_account(clock(), "max@example.org")
    transaction.commit()
    client = new_client()
    client.log_in("max@example.org")
    return client


@pytest.mark.parametrize("service", READ)
def test_nobody_reads_without_a_session(client, account, service):
    assert client.get(service).status_code == 401


@pytest.mark.parametrize("service", CHANGE)
def test_nobody_changes_anything_without_a_session(client, account, service):
    assert client.post(service, json={}).status_code == 401


@pytest.mark.parametrize("service", CHANGE)
def test_another_site_cannot_use_the_cookie(erika, service):
    answer = erika.post(f"{erika.site_url}/@login", json={"login": ADDRESS})
    assert answer.status_code == 400
    body = {"login": ADDRESS, "password": "Kuhglocke hinterm Fahrradständer"}
    erika.without_token().post(f"{erika.site_url}/@login", json=body)
    answer = erika.post(service, json={})
    assert answer.status_code == 403
    assert answer.json()["type"] == "NotProven"


@pytest.mark.parametrize("verb", ["block", "remove"])
def test_nobody_touches_the_passkey_of_somebody_else(erika, phone, max_, verb):
    (passkey,) = erika.passkeys()
    assert max_.about_passkey(verb, passkey).status_code == 404
    assert erika.passkeys() == [passkey]


def test_nobody_ends_the_session_of_somebody_else(erika, max_):
    (present,) = erika.get("@servicekonto-sessions").json()["items"]
    answer = max_.post("@servicekonto-session-end", json={"id": present["id"]})
    assert answer.status_code == 404
    assert erika.own_account().status_code == 200


def test_the_present_session_is_ended_by_logging_out_only(erika):
    (present,) = erika.get("@servicekonto-sessions").json()["items"]
    answer = erika.post("@servicekonto-session-end", json={"id": present["id"]})
    assert answer.status_code == 404


def test_the_former_token_is_dead_after_stepping_up(erika, new_client):
    former = new_client()
    former.headers["Authorization"] = erika.headers["Authorization"]
    erika.has_passkey(Authenticator(erika.origin))
    assert former.own_account().status_code == 401
    means = erika.get("@servicekonto-means").json()
    assert means["session_level"] == "substanziell"


@pytest.mark.parametrize("credential", [None, "text", [], 1])
def test_a_credential_is_an_object(erika, credential):
    answer = erika.post("@servicekonto-passkey-use", json={"credential": credential})
    assert answer.status_code == 400
    assert answer.json()["problems"].keys() == {"credential"}


def test_a_passkey_needs_a_name(erika):
    phone = Authenticator(erika.origin)
    made = phone.create(erika.begin_passkey().json())
    answer = erika.add_passkey(made, label=" ")
    assert answer.json()["problems"].keys() == {"label"}
    assert erika.add_passkey(made).status_code == 201


def test_no_answer_holds_a_key(erika, phone):
    answer = erika.get("@servicekonto-means")
    assert set(answer.json()["items"][1]) == {
        "id",
        "kind",
        "level",
        "label",
        "registered",
        "confirmed",
        "blocked",
        "last_used",
    }
