"""Programs of an office send, ask what became of it, and take answers in."""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import thread_lists
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from tests.factories import active_account
from tests.factories import PASSWORD
from tests.postbox.attachments.made import GOOD
from tests.rest.postbox.conftest import message
from tests.rest.postbox.conftest import Program
from tests.rest.postbox.conftest import PROGRAMS_PASSWORD
import json
import pytest
import transaction


SENT = "@servicekonto-messages"
ANSWERS = "@servicekonto-answers"
OPEN = "@servicekonto-postbox-open"
REPLY = "@servicekonto-postbox-reply"
BOX = "@servicekonto-postbox"


def inbox(client):
    """Return what the citizen got, without the welcome."""
    return client.get(BOX).json()["items"][:-1]


def answered(erika, program):
    """Let the program ask and the citizen answer; return the id of the answer."""
    asked = program.send().json()["id"]
    erika.post(f"{OPEN}/{asked}", json={})
    return erika.post(f"{REPLY}/{asked}", json={"text": "Anbei"}).json()["id"]


def test_a_message_arrives_and_its_way_is_seen(program, erika, clock):
    answer = program.send(html="<p>Guten <b>Tag</b><script>1</script></p>", text=None)
    assert answer.status_code == 201
    assert answer.headers["Location"] == answer.json()["@id"]
    assert answer.json()["status"] == "provided"
    sent = answer.json()["id"]
    (arrived,) = inbox(erika)
    assert (arrived["id"], arrived["sender"]) == (sent, "Bürgerbüro")
    clock.forward(minutes=1)
    content = erika.post(f"{OPEN}/{sent}", json={}).json()["content"]
    assert content["html"] == "<p>Guten <b>Tag</b></p><p>B. Amt</p>"
    report = program.get(f"{SENT}/{sent}").json()
    assert report["status"] == "retrieved"
    assert not report["can_be_recalled"]
    assert [one["event"] for one in report["events"]] == ["provided", "retrieved"]
    assert report["receipt"]["message"] == sent


def test_a_plain_text_stays_what_it_is(program, erika):
    sent = program.send(text="a < b\n<b>fett</b>").json()["id"]
    content = erika.post(f"{OPEN}/{sent}", json={}).json()["content"]
    assert content["text"] == "a < b\n<b>fett</b>\nB. Amt"


def test_subject_and_file_number_are_cleaned_and_all_of_it_can_be_read(program, erika):
    spoilt = "a\0b\ud800\u202ec\nd"
    answer = program.send(subject=spoilt, reference=spoilt, text=f"<p>{spoilt}</p>")
    assert answer.status_code == 201
    (arrived,) = inbox(erika)
    assert (arrived["subject"], arrived["reference"]) == ("abc d", "abc d")
    assert (
        erika.post("@servicekonto-export", json={"password": PASSWORD}).status_code
        == 200
    )


@pytest.mark.parametrize("subject", ["\u200b", "\n", "\ud800", "\0"])
def test_a_subject_that_nobody_sees_is_refused(program, subject):
    answer = program.send(subject=subject)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {"subject"}


def test_a_citizen_is_found_by_the_account_number(program, erika, account):
    number = account_number(account.id)
    assert program.send(recipient=number).status_code == 201
    assert len(inbox(erika)) == 1


def test_a_basic_log_in_does_as_well(office, new_client, account):
    client = new_client()
    client.auth = ("fachverfahren", PROGRAMS_PASSWORD)
    program = Program(client, office)
    sent = program.send().json()["id"]
    assert program.get(f"{SENT}/{sent}").status_code == 200
    assert program.call("DELETE", f"{SENT}/{sent}").status_code == 200


def test_files_arrive(program, erika):
    parts = [("message", (None, json.dumps(message()), "application/json"))]
    parts += [("files", ("Bescheid.pdf", GOOD["pdf"]))]
    answer = program.call(
        "POST", SENT, files=parts, headers={"Idempotency-Key": "8e03978e"}
    )
    assert answer.status_code == 201
    opened = erika.post(f"{OPEN}/{answer.json()['id']}", json={}).json()
    (file,) = opened["content"]["attachments"]
    assert erika.get(file["@id"]).content == GOOD["pdf"]


def test_the_same_key_sends_once(program, erika):
    first = program.send("8e03978e")
    again = program.send("8e03978e")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Location"] == first.headers["Location"]
    other = program.send("8e03978e", subject="Anders")
    assert (other.status_code, other.json()["type"]) == (422, "KeyReused")
    assert len(inbox(erika)) == 1


def test_of_simultaneous_requests_with_a_key_one_sends(
    program, erika, new_client, office
):
    clients = [new_client() for _number in range(4)]
    for client in clients:
        client.headers["Authorization"] = program.client.headers["Authorization"]
    with ThreadPoolExecutor(4) as pool:
        sent = pool.map(lambda one: Program(one, office).send("8e03978e"), clients)
        ids = {one.json()["id"] for one in sent}
    assert ids == {one["id"] for one in inbox(erika)}
    assert len(ids) == 1


def test_without_a_key_nothing_is_sent(program, erika):
    answer = program.call("POST", SENT, json=message())
    assert (answer.status_code, answer.json()["type"]) == (400, "KeyMissing")
    assert inbox(erika) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"recipient": ""}, "recipient"),
        ({"in_reply_to": "0" * 32}, "recipient"),
        ({"kind": "reply"}, "kind"),
        ({"kind": "system"}, "kind"),
        ({"kind": "?"}, "kind"),
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"text": ""}, "text"),
        ({"html": "<p>x</p>"}, "text"),
        ({"html": "<script>x</script>", "text": None}, "text"),
        ({"level": "basisregistrierung"}, "level"),
        ({"level": 3}, "level"),
        ({"reply_until": "2020-01-01"}, "reply_until"),
        ({"reply_until": None}, "reply_until"),
        ({"reply_until": "soon"}, "reply_until"),
        ({"provide_at": "2026-11-23T07:00:00+00:00"}, "provide_at"),
        ({"provide_at": "2026-11-24T07:00:00"}, "provide_at"),
        ({"provide_at": "tomorrow"}, "provide_at"),
        ({"keep_days": 1}, "keep_days"),
        ({"keep_days": 10**30}, "keep_days"),
        ({"keep_days": "30"}, "keep_days"),
        ({"keep_days": True}, "keep_days"),
        ({"reference": "x" * 101}, "reference"),
    ],
)
def test_what_cannot_be_sent_is_said(program, erika, changes, name):
    answer = program.send(**changes)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {name}
    assert inbox(erika) == []


@pytest.mark.parametrize("recipient", ["niemand@example.org", "3F2A 91BC", "*", "x@"])
def test_whoever_has_no_account_gets_nothing(program, recipient):
    answer = program.send(recipient=recipient)
    assert (answer.status_code, answer.json()["type"]) == (404, "NoRecipient")


def test_what_failed_can_be_sent_with_the_same_key(program, site, clock):
    body = {"recipient": "neu@example.org"}
    assert program.send("8e03978e", **body).status_code == 404
    active_account(clock(), "neu@example.org")
    transaction.commit()
    assert program.send("8e03978e", **body).status_code == 201


def test_a_message_for_later_waits_and_can_be_recalled(program, erika, clock):
    later = clock() + timedelta(days=1)
    sent = program.send(provide_at=later.isoformat()).json()
    assert (sent["status"], sent["events"]) == ("waiting", [])
    assert program.get(f"{SENT}/{sent['id']}").json()["receipt"] is None
    assert inbox(erika) == []
    recalled = program.call("DELETE", f"{SENT}/{sent['id']}")
    assert recalled.json()["status"] == "recalled"
    clock.forward(days=2)
    transaction.commit()
    cleanup.run(batch=10, window=60)
    assert program.get(f"{SENT}/{sent['id']}").json()["status"] == "recalled"


def test_what_was_read_cannot_be_recalled(program, erika):
    sent = program.send().json()["id"]
    assert program.get(f"{SENT}/{sent}").json()["can_be_recalled"]
    erika.post(f"{OPEN}/{sent}", json={})
    late = program.call("DELETE", f"{SENT}/{sent}")
    assert (late.status_code, late.json()["type"]) == (409, "TooLate")


def test_the_list_says_what_changed_since_the_cursor(program, erika, clock):
    first, second = program.send().json()["id"], program.send().json()["id"]
    page = program.get(SENT).json()
    assert {one["id"] for one in page["items"]} == {first, second}
    assert not page["more"]
    clock.forward(minutes=10)
    cursor = program.get(SENT, params={"since": page["cursor"]}).json()["cursor"]
    assert program.get(SENT, params={"since": cursor}).json()["items"] == []
    erika.post(f"{OPEN}/{second}", json={})
    (changed,) = program.get(SENT, params={"since": cursor}).json()["items"]
    assert (changed["id"], changed["status"]) == (second, "retrieved")


@pytest.mark.parametrize("since", ["x", "1", "g" * 8, "0" * 9, "0" * 41])
def test_a_cursor_is_taken_from_an_answer(program, since):
    for path in (SENT, ANSWERS):
        answer = program.get(path, params={"since": since})
        assert answer.status_code == 400
        assert set(answer.json()["problems"]) == {"since"}


def test_answers_come_with_name_text_and_files(program, erika, account):
    asked = program.send().json()["id"]
    parts = [("message", (None, json.dumps({"text": "Anbei"}), "application/json"))]
    parts += [("files", ("Kopie.pdf", GOOD["pdf"]))]
    erika.post(f"{OPEN}/{asked}", json={})
    erika.post(f"{REPLY}/{asked}", files=parts)
    listed = program.get(ANSWERS)
    assert "Mustermann" not in listed.text
    (item,) = listed.json()["items"]
    assert (item["thread"], item["attachments"]) == (asked, 1)
    answer = program.get(f"{ANSWERS}/{item['id']}").json()
    assert (answer["sender"], answer["text"]) == ("Erika Mustermann", "Anbei")
    (file,) = answer["attachments"]
    assert program.client.get(file["@id"]).content == GOOD["pdf"]
    assert account.id not in listed.text + json.dumps(answer)


def test_a_program_writes_in_the_same_thread(program, erika):
    answer = answered(erika, program)
    again = program.send(recipient=None, in_reply_to=answer, kind="confirmation")
    assert again.status_code == 201
    thread = program.get(f"{ANSWERS}/{answer}").json()["thread"]
    assert again.json()["thread"] == thread


def test_a_thread_is_settled(program, erika, office):
    answer = answered(erika, program)
    transaction.begin()
    box = thread_lists.query_office_box(office.UID())
    assert box.count_open() == 1
    assert program.call("POST", f"{ANSWERS}-settle/{answer}", json={}).ok
    transaction.begin()
    assert box.count_open() == 0


def test_of_a_deleted_account_the_proof_is_left(program, account, clock):
    sent = program.send().json()["id"]
    transaction.begin()
    remove_account(account)
    transaction.commit()
    report = program.get(f"{SENT}/{sent}").json()
    assert (report["status"], report["account_deleted"]) == ("deleted", True)
    assert report["receipt"]["message"] == sent
    answer = program.send(recipient=None, in_reply_to=sent)
    assert answer.status_code == 404
    assert program.call("DELETE", f"{SENT}/{sent}").status_code == 404


def test_answers_go_with_the_account(program, erika, account):
    answered(erika, program)
    transaction.begin()
    remove_account(account)
    transaction.commit()
    assert program.get(ANSWERS).json()["items"] == []


def test_the_level_of_a_thread_does_not_fall(program, erika):
    first = program.send(level="hoch").json()["id"]
    more = program.send(recipient=None, in_reply_to=first, level="niedrig").json()["id"]
    answer = erika.post(f"{OPEN}/{more}", json={})
    assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
    assert answer.json()["required_level"] == "hoch"
