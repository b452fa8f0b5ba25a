"""Reading cards through REST: for the session that began, and nobody else."""

from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import transaction


CHANGE = [
    "@servicekonto-eid-begin",
    "@servicekonto-eid-take",
    "@servicekonto-eid-settle",
    "@servicekonto-eid-cancel",
]


@pytest.fixture
def erika(client, account):
    """A program with the token of a citizen."""
    client.log_in(ADDRESS)
    return client


@pytest.fixture
def max_(new_client, site, clock):
    """Somebody else with a token."""
    active_account(clock(), "max@example.org")
    transaction.commit()
    client = new_client()
    client.log_in("max@example.org")
    return client


def state(client):
    """Return what is known of the card."""
    return client.get("@servicekonto-eid").json()


@pytest.mark.parametrize("service", CHANGE)
def test_nobody_changes_anything_without_a_session(client, account, service):
    assert client.post(service, json={}).status_code == 401


def test_nobody_reads_without_a_session(client, account):
    assert client.get("@servicekonto-eid").status_code == 401


def test_another_site_cannot_use_the_cookie(erika, provider):
    body = {"login": ADDRESS, "password": PASSWORD}
    erika.without_token().post(f"{erika.site_url}/@login", json=body)
    for service in CHANGE:
        answer = erika.post(service, json={"password": PASSWORD})
        assert answer.json()["type"] == "NotProven"
    assert provider.questions == []


def test_the_secret_of_somebody_else_is_worth_nothing(erika, max_, provider):
    secret = erika.secret_of_way_back(erika.begin_reading())
    answer = max_.take_reading(secret)
    assert answer.status_code == 410
    assert provider.asked == []
    assert state(max_)["state"] == "nothing"
    assert state(erika)["state"] == "waiting"


def test_nothing_is_settled_that_was_not_read(erika, provider):
    answer = erika.post("@servicekonto-eid-settle", json={"revision": 1, "keep": []})
    assert answer.status_code == 410
    assert not state(erika)["plus"]


def test_a_change_meanwhile_is_looked_at_first(erika, provider):
    erika.take_reading(erika.secret_of_way_back(erika.begin_reading()))
    body = {"revision": state(erika)["revision"] - 1, "keep": []}
    answer = erika.post("@servicekonto-eid-settle", json=body)
    assert answer.json()["type"] == "Changed"
    assert not state(erika)["plus"]


def test_the_upgrade_lifts_account_and_session(erika, provider):
    erika.upgrade()
    known = state(erika)
    assert known["plus"]
    assert known["session_level"] == "hoch"
