"""Citizens' applications by REST."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from tests.factories import active_account
import pytest
import transaction


LIST = "@servicekonto-own-applications"
ONE = "@servicekonto-own-application"
DOCUMENTS = "@servicekonto-own-application-documents"
WITHDRAW = "@servicekonto-own-application-withdraw"
FILE = "@servicekonto-own-application-file"

OTHERS = "max@example.org"


def adds(client, application, name="nachweis.txt", content=b"Ein Nachweis", **headers):
    """Add a file."""
    files = [("files", (name, content, "text/plain"))]
    return client.post(f"{DOCUMENTS}/{application}", files=files, headers=headers)


def stored(application):
    """Return the application as it is stored."""
    transaction.begin()
    return service.query(application)


@pytest.fixture
def max_(new_client, site, clock):
    """The program of another citizen."""
    active_account(clock(), OTHERS)
    transaction.commit()
    client = new_client()
    client.log_in(OTHERS)
    return client


def test_nobody_gets_at_those_of_others(max_, applied):
    application = applied()
    pdf = stored(application).paper.id
    assert max_.get(LIST).json()["items"] == []
    assert max_.get(f"{ONE}/{application}").status_code == 404
    assert max_.get(f"{FILE}/{application}/{pdf}").status_code == 404
    assert max_.post(f"{WITHDRAW}/{application}", json={}).status_code == 404
    assert adds(max_, application).status_code == 404
    assert service.state(stored(application)) == State.SUBMITTED


def test_without_log_in_there_is_nothing(erika, applied):
    application = applied()
    visitor = erika.without_token()
    for address in (LIST, f"{ONE}/{application}"):
        assert visitor.get(address).status_code == 401
    assert visitor.post(f"{WITHDRAW}/{application}", json={}).status_code == 401


@pytest.mark.parametrize("path", ["", "x", "x/y", "0" * 32 + "/x/y"])
def test_addresses_that_name_nothing(erika, path):
    assert erika.get(f"{ONE}/{path}").status_code == 404
    assert erika.get(f"{FILE}/{path}").status_code == 404


def test_documents_with_a_key_are_added_once(erika, applied):
    application = applied()
    key = {"Idempotency-Key": "k-1"}
    for _time in range(2):
        assert adds(erika, application, **key).status_code == 201
    assert len(stored(application).files) == 1
    other = adds(erika, application, content=b"Anderes", **key)
    assert other.status_code == 422
    assert len(stored(application).files) == 1


def test_a_file_that_is_not_allowed_is_refused(erika, applied):
    application = applied()
    answer = adds(erika, application, "boese.exe", b"MZ")
    assert (answer.status_code, answer.json()["type"]) == (400, "FileRefused")
    assert stored(application).files == ()


def test_nothing_is_added_to_what_is_decided(erika, applied, clock):
    application = applied()
    found = stored(application)
    service.change(found, State.APPROVED, Actor.OFFICE, "", clock())
    transaction.commit()
    answer = adds(erika, application)
    assert (answer.status_code, answer.json()["type"]) == (409, "NotPossible")


def test_withdrawing_twice_is_withdrawing_once(erika, applied):
    application = applied()
    for _time in range(2):
        answer = erika.post(f"{WITHDRAW}/{application}", json={})
        assert answer.json()["application"]["state"] == "withdrawn"
    assert len(service.steps(stored(application))) == 2


def test_what_needs_a_higher_level_is_locked(erika, applied):
    application = applied(level=TrustLevel.HIGH)
    pdf = stored(application).paper.id
    [listed] = erika.get(LIST).json()["items"]
    assert listed["locked"]
    assert listed["required_level"] == "hoch"
    assert (listed["service"], listed["state"], listed["decided"]) == ("", "", None)
    answers = [
        erika.get(f"{ONE}/{application}"),
        erika.get(f"{FILE}/{application}/{pdf}"),
        erika.post(f"{WITHDRAW}/{application}", json={}),
        adds(erika, application),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
        assert answer.json()["required_level"] == "hoch"
        assert answer.json()["level"] == "niedrig"
        assert "Hundesteuer" not in answer.text
    assert service.state(stored(application)) == State.SUBMITTED
    assert stored(application).files == ()
