"""The profile through plone.restapi: the same rules as in the browser."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from tests.factories import ADDRESS
import pytest
import transaction


PROFILE = "@servicekonto-profile"


@pytest.fixture
def citizen(client, account):
    """A program of a citizen who is logged in."""
    client.log_in(ADDRESS)
    return client


def known(client) -> dict:
    """Return the attributes by name."""
    return {each["name"]: each for each in client.get(PROFILE).json()["attributes"]}


def change(client, name, entry):
    """Change an attribute as somebody who sees its present version."""
    one = {"entry": entry, "version": known(client)[name]["version"]}
    return client.patch(PROFILE, json={"attributes": {name: one}})


def test_every_attribute_says_who_stated_it(citizen):
    name = known(citizen)["family_name"]
    assert (name["value"], name["level"]) == ("Mustermann", "basisregistrierung")
    assert (name["source"], name["locked"]) == ("eingabe", False)
    assert name["since"].startswith("2026-11-23T")


def test_what_nobody_stated_has_no_level(citizen):
    telephone = known(citizen)["telephone"]
    assert (telephone["value"], telephone["level"]) == (None, None)
    assert (telephone["entry"], telephone["version"]) == ("", "")


def test_entries_and_rows_are_kept(citizen):
    assert change(citizen, "telephone", "030 1234").ok
    change(citizen, "date_of_birth", "24.5.1950")
    change(citizen, "Kind", [{"given_names": "Max"}])
    found = known(citizen)
    assert found["telephone"]["value"] == "030 1234"
    assert found["date_of_birth"]["value"] == "1950-05-24"
    assert found["Kind"]["value"][0]["given_names"] == "Max"


def test_what_was_read_can_be_sent_back(citizen):
    change(citizen, "date_of_birth", "5.1950")
    change(citizen, "Kind", [{"given_names": "Max", "date_of_birth": "2019"}])
    everything = {
        name: {"entry": each["entry"], "version": each["version"]}
        for name, each in known(citizen).items()
    }
    before = known(citizen)
    assert citizen.patch(PROFILE, json={"attributes": everything}).ok
    assert known(citizen) == before


def test_an_address_is_one_attribute(citizen):
    assert change(citizen, "address", {"postal_code": "1"}).status_code == 400
    answer = change(citizen, "address", {"city": "Musterstadt"})
    assert answer.ok
    assert known(citizen)["address"]["value"]["city"] == "Musterstadt"


def test_a_version_that_is_not_the_present_one_is_a_conflict(citizen):
    change(citizen, "telephone", "030 1")
    stale = {"telephone": {"entry": "030 2", "version": ""}}
    answer = citizen.patch(PROFILE, json={"attributes": stale})
    assert (answer.status_code, answer.json()["type"]) == (409, "ChangedElsewhere")
    (conflict,) = answer.json()["conflicts"]
    assert (conflict["name"], conflict["entry"]) == ("telephone", "030 1")
    stale["telephone"]["version"] = conflict["version"]
    assert citizen.patch(PROFILE, json={"attributes": stale}).ok


def test_what_is_proven_is_locked(citizen, account, clock):
    transaction.begin()
    card = Source.ONLINE_AUSWEIS
    proof = proven("ERIKA", TrustLevel.HIGH, card, int(clock().timestamp()))
    attributes.put(account, "given_names", proof)
    transaction.commit()
    assert known(citizen)["given_names"]["locked"]
    answer = change(citizen, "given_names", "Max")
    assert (answer.status_code, answer.json()["type"]) == (409, "AttributeLocked")
    assert answer.json()["names"] == ["given_names"]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("email", "other@example.org"),
        ("password_hash", "x"),
        ("telephone", 5),
        ("telephone", ["1"]),
        ("telephone", "call me"),
        ("Kind", "Max"),
        ("Kind", ["Max"]),
        ("Kind", [{"unknown": "Max"}]),
        ("Kind", [{"given_names": 5}]),
        ("address", "Rathausplatz 1"),
        ("address", {"unknown": "x"}),
        ("nationality", "XX"),
    ],
)
def test_what_is_wrong_is_told_by_name(citizen, name, entry):
    one = {name: {"entry": entry, "version": ""}}
    answer = citizen.patch(PROFILE, json={"attributes": one})
    assert (answer.status_code, answer.json()["type"]) == (400, "Incorrect")
    assert [each.partition(".")[0] for each in answer.json()["problems"]] == [name]


@pytest.mark.parametrize(
    "sent", [[], "x", {"telephone": "030"}, {"telephone": {"version": ""}}]
)
def test_other_forms_are_refused(citizen, sent):
    answer = citizen.patch(PROFILE, json={"attributes": sent})
    assert (answer.status_code, answer.json()["type"]) == (400, "Incorrect")


def test_a_cookie_alone_changes_nothing(citizen, account):
    cookies = {"servicekonto_session": "forged"}
    citizen.without_token()
    answer = citizen.patch(PROFILE, json={"attributes": {}}, cookies=cookies)
    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["get", "patch"])
def test_it_is_for_citizens_alone(client, account, method):
    assert client.request(method, PROFILE, json={}).status_code == 401
