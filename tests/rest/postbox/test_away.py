"""Citizens say by REST when they are away."""

import pytest


AWAY = "@servicekonto-postbox-absence"
DAYS = {"first": "2026-12-01", "last": "2026-12-14"}


def days(answer):
    """Return first and last day of an answer."""
    assert answer.status_code == 200
    return {name: answer.json()[name] for name in ("first", "last")}


def test_the_days_are_said_and_taken_back(erika, clock):
    assert days(erika.get(AWAY)) == {"first": None, "last": None}
    assert days(erika.put(AWAY, json=DAYS)) == DAYS
    assert days(erika.get(AWAY)) == DAYS
    assert days(erika.delete(AWAY, json={})) == {"first": None, "last": None}
    assert days(erika.get(AWAY)) == {"first": None, "last": None}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"first": ""}, "first"),
        ({"last": "morgen"}, "last"),
        ({"last": "2026-11-30"}, "last"),
        ({"last": "2028-01-01"}, "last"),
        ({"first": "2020-01-01", "last": "2020-01-02"}, "last"),
    ],
)
def test_days_that_make_no_sense(erika, changes, name):
    answer = erika.put(AWAY, json=DAYS | changes)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {name}


def test_nobody_says_it_for_somebody_else(client, erika, max_):
    erika.put(AWAY, json=DAYS)
    assert days(max_.get(AWAY)) == {"first": None, "last": None}
    client.without_token()
    for answer in (client.get(AWAY), client.put(AWAY, json=DAYS)):
        assert answer.status_code == 401
