"""Deleting the account by REST, and keeping it."""

from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest


SURE = {"password": PASSWORD, "confirmed": True}


@pytest.fixture
def erika(client, account):
    """A program that is logged in."""
    client.log_in(ADDRESS)
    return client


def test_an_account_is_deleted_and_kept(erika, new_client, token):
    assert erika.post("@servicekonto-deletion", json=SURE).status_code == 202
    assert erika.own_account().status_code == 401
    other = new_client()
    assert other.log_in(ADDRESS).status_code == 401
    body = {"token": token()}
    assert other.post("@servicekonto-deletion-undo", json=body).status_code == 200
    assert other.log_in(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"password": "geraten"}, "password"),
        ({"password": None}, "password"),
        ({"confirmed": False}, "confirmed"),
        ({"confirmed": "true"}, "confirmed"),
        ({"confirmed": 1}, "confirmed"),
    ],
)
def test_what_is_refused_changes_nothing(erika, changes, problem):
    answer = erika.post("@servicekonto-deletion", json=SURE | changes)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {problem}
    assert erika.own_account().status_code == 200


def test_it_is_for_those_who_are_logged_in(client, account):
    assert client.get("@servicekonto-deletion").status_code == 401
    assert client.post("@servicekonto-deletion", json=SURE).status_code == 401


def test_guessing_is_slowed_down(erika):
    for _guess in range(4):
        erika.post("@servicekonto-deletion", json=SURE | {"password": "geraten"})
    answer = erika.post("@servicekonto-deletion", json=SURE)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
