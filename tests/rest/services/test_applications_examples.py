"""Programs of an office take applications in; docs/rest holds what the server answers."""

from collective.servicekonto.postbox import messages
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import State
from concurrent.futures import ThreadPoolExecutor
import pytest
import transaction


NAME = "@servicekonto-applications"
KEY = "7c9a4c66-cb1a-4c5e-8a5c-9d1c3f2a9d10"
OTHER_KEY = "0f0b7c7e-3a52-4b0c-9c38-5d3d1f5a1c11"


@pytest.fixture
def application(submit):
    """The id of an application."""
    return submit()


@pytest.fixture
def act(program):
    """Let the program do something with a key."""

    def act(method, application, key=KEY, **body):
        path = f"{NAME}/{application}"
        headers = {"Idempotency-Key": key}
        return program.call(method, path, json=body, headers=headers)

    return act


def state(application):
    """Return the state as others see it."""
    transaction.begin()
    return applications.state(applications.query(application))


def number_of_messages(account):
    """Return how many messages the account has."""
    transaction.begin()
    return len(list(messages.query_box(account.id).everything()))


def test_a_program_finds_and_reads_what_came(program, application, shown):
    listed = program.get(NAME)
    shown("applications", listed)
    (item,) = listed.json()["items"]
    assert "answers" not in item
    one = program.client.get(item["@id"])
    shown("applications-one", one)
    assert [answer["value"] for answer in one.json()["answers"]] == [
        "Erika",
        ["Bello", "Waldi"],
    ]
    file = program.client.get(one.json()["files"][0]["@id"])
    shown("applications-file", file)
    assert file.content == b"Ein Nachweis"
    pdf = program.client.get(f"{item['@id']}/pdf")
    assert pdf.content.startswith(b"%PDF")
    shown("applications-unknown", program.get(f"{NAME}/{'0' * 32}"))


def test_only_what_changed_is_told_again(program, submit, act, clock):
    first, _second = submit(), submit()
    clock.forward(minutes=10)
    cursor = program.get(NAME).json()["cursor"]
    assert program.get(NAME, params={"since": cursor}).json()["items"] == []
    act("PATCH", first, state="in_progress")
    changed = program.get(NAME, params={"since": cursor}).json()["items"]
    assert [one["id"] for one in changed] == [first]


def test_a_state_is_changed_once(act, application, account, shown):
    changed = act("PATCH", application, state="in_progress", note="We look into it.")
    shown("applications-patch", changed)
    before = number_of_messages(account)
    assert act("PATCH", application, state="in_progress", note="We look into it.").ok
    assert number_of_messages(account) == before
    shown("applications-patch-key-reused", act("PATCH", application, state="settled"))
    refused = act("PATCH", application, OTHER_KEY, state="queried")
    shown("applications-patch-incorrect", refused)


def test_whoever_knows_an_older_version_is_refused(program, act, application, shown):
    version = program.get(f"{NAME}/{application}").json()["version"]
    act("PATCH", application, state="in_progress")
    late = act("PATCH", application, OTHER_KEY, state="settled", version=version)
    shown("applications-patch-changed", late)
    assert state(application) == State.IN_PROGRESS


def test_a_query_waits_for_the_answer(act, application, erika, shown):
    until = "2099-01-01"
    asked = act(
        "POST", application, kind="query", text="Which breed?", reply_until=until
    )
    shown("applications-post", asked)
    assert state(application) == State.QUERIED
    sent = asked.json()["id"]
    erika.post(f"@servicekonto-postbox-open/{sent}", json={})
    erika.post(f"@servicekonto-postbox-reply/{sent}", json={"text": "Dackel"})
    assert state(application) == State.ANSWERED


def test_a_decision_is_sent_once_with_its_file(program, application, account):
    parts = [
        ("message", (None, '{"kind": "decision", "text": "Ja", "state": "approved"}')),
        ("files", ("Bescheid.txt", b"Angemeldet")),
    ]

    def send(_number):
        path, headers = f"{NAME}/{application}", {"Idempotency-Key": KEY}
        return program.call("POST", path, files=parts, headers=headers)

    before = number_of_messages(account)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert number_of_messages(account) == before + 1
    assert state(application) == State.APPROVED


def test_a_decision_says_how_it_is_decided(act, application, shown):
    shown(
        "applications-post-incorrect",
        act("POST", application, kind="decision", text="Ja"),
    )
    assert state(application) == State.SUBMITTED


def test_nobody_writes_to_whom_has_no_postfach(act, submit, shown):
    application = submit(account=None, session=None)
    written = act("POST", application, kind="letter", text="Guten Tag")
    shown("applications-post-no-postbox", written)


@pytest.mark.parametrize("path", ["", "/{id}", "/{id}/pdf"])
def test_others_learn_nothing(other_program, application, path):
    answer = other_program.get(NAME + path.format(id=application))
    assert answer.status_code == 403


def test_a_key_is_needed(program, application):
    path = f"{NAME}/{application}"
    answer = program.call("PATCH", path, json={"state": "settled"})
    assert (answer.status_code, answer.json()["type"]) == (400, "KeyMissing")
    assert state(application) == State.SUBMITTED
