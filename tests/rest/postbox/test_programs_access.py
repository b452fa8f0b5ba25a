"""Nobody but the programs of an office acts for it, and none of them endlessly."""

from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.postbox.desk import recipients
from collective.servicekonto.postbox.desk import service as desk
from collective.servicekonto.postbox.rest import programs
from datetime import timedelta
from plone import api
from tests.factories import ADDRESS
from tests.rest.postbox.conftest import message
from tests.rest.postbox.conftest import Program
from tests.rest.postbox.conftest import PROGRAMS_PASSWORD
from tests.rest.postbox.test_programs import answered
from tests.rest.postbox.test_programs import ANSWERS
from tests.rest.postbox.test_programs import SENT
import pytest
import transaction


REQUESTS = [
    ("GET", SENT),
    ("POST", SENT),
    ("GET", SENT + "/{sent}"),
    ("DELETE", SENT + "/{sent}"),
    ("GET", ANSWERS),
    ("GET", ANSWERS + "/{answer}"),
    ("GET", ANSWERS + "/{answer}/x"),
    ("POST", ANSWERS + "-settle/{answer}"),
]


@pytest.fixture
def ids(program, erika):
    """The ids of a message and of the answer to it."""
    answer = answered(erika, program)
    return {"answer": answer, "sent": program.get(SENT).json()["items"][0]["id"]}


def tried(program, method, path, ids):
    """Send a request that is correct but for who sends it."""
    body = {} if method == "GET" else {"json": message()}
    headers = {"Idempotency-Key": "8e03978e"}
    return program.call(method, path.format(**ids), headers=headers, **body)


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_nobody_without_a_log_in(program, new_client, office, ids, method, path):
    stranger = Program(new_client(), office)
    assert tried(stranger, method, path, ids).status_code == 401


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_no_program_of_another_office(other_program, ids, method, path):
    answer = tried(other_program, method, path, ids)
    assert (answer.status_code, answer.json()["type"]) == (403, "NotYours")


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_no_citizen(erika, office, ids, method, path):
    answer = tried(Program(erika, office), method, path, ids)
    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_no_manager_who_does_not_work_there(new_client, office, ids, method, path):
    transaction.begin()
    with api.env.adopt_roles(["Manager"]):
        address = "chef@musterstadt.example"
        api.user.create(address, "chef", PROGRAMS_PASSWORD)
        api.user.grant_roles("chef", roles=["Manager"])
    transaction.commit()
    client = new_client()
    client.log_in("chef", PROGRAMS_PASSWORD)
    answer = tried(Program(client, office), method, path, ids)
    assert (answer.status_code, answer.json()["type"]) == (403, "NotYours")


def test_the_ids_of_another_office_find_nothing(
    other_program, other_office, program, ids
):
    elsewhere = Program(other_program.client, other_office)
    for path in (f"{SENT}/{ids['sent']}", f"{ANSWERS}/{ids['answer']}"):
        assert elsewhere.get(path).status_code == 404
    answer = elsewhere.send(recipient=None, in_reply_to=ids["sent"])
    assert answer.status_code == 404
    recalled = elsewhere.call("DELETE", f"{SENT}/{ids['sent']}")
    assert recalled.status_code == 404


def test_what_staff_wrote_in_the_browser_is_no_message_of_a_program(program, send):
    assert program.get(f"{SENT}/{send()}").status_code == 404


def test_a_cookie_alone_sends_nothing(program, erika, office):
    client = program.client.without_token()
    body = {"login": "fachverfahren", "password": PROGRAMS_PASSWORD}
    client.post(f"{client.site_url}/@login", json=body)
    assert client.cookies
    for header in (None, "Basic eDp5", "Bearer x"):
        client.headers["Authorization"] = header
        answer = Program(client, office).send()
        assert (header, answer.status_code) == (header, 403)
        assert answer.json()["type"] == "NotProven"


def test_whoever_tries_many_addresses_has_to_wait(program):
    for number in range(recipients.FREE_MISSES + 1):
        assert program.send(recipient=f"{number}@example.org").status_code == 404
    answer = program.send()
    assert (answer.status_code, answer.json()["type"]) == (429, "TooManyRequests")
    assert answer.headers["Retry-After"] == "60"


def test_what_a_member_tried_as_a_program_counts_in_the_browser(
    program, office, account, clock
):
    for number in range(recipients.FREE_MISSES + 1):
        program.send(recipient=f"{number}@example.org")
    transaction.begin()
    with api.env.adopt_user("fachverfahren"), pytest.raises(recipients.TooManyLookups):
        desk.find_recipient(office, ADDRESS, clock())


def test_whom_a_program_found_counts_although_it_takes_the_message_back(
    program, monkeypatch, clock
):
    lookups = Rate(3, recipients.PER)
    monkeypatch.setattr(recipients, "_lookups_of_programs", lookups)
    for _number in range(3):
        later = (clock() + timedelta(days=1)).isoformat()
        sent = program.send(provide_at=later).json()
        assert program.call("DELETE", f"{SENT}/{sent['id']}").status_code == 200
    assert program.send().status_code == 429


def test_too_many_requests_have_to_wait(program, monkeypatch, clock):
    monkeypatch.setattr(programs, "_requests", Rate(2, programs.PER))
    assert [program.get(SENT).status_code for _number in range(3)] == [200, 200, 429]
    clock.forward(minutes=1)
    assert program.get(SENT).status_code == 200


def test_only_who_may_change_the_office_sees_its_webhook(program, erika, office):
    office.webhook = "https://fachverfahren.example/geheimer-pfad"
    transaction.commit()
    for client in (program.client, erika, erika.without_token()):
        answer = client.get(office.getId())
        assert answer.json()["UID"] == office.UID()
        assert "geheimer-pfad" not in answer.text
