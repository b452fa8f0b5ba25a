"""The examples for programs of offices in docs/rest are what the server answers."""

from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.postbox.rest import programs
from datetime import timedelta
from tests.rest.postbox.conftest import message


KEY = "7c9a4c66-cb1a-4c5e-8a5c-9d1c3f2a9d10"
OTHER_KEY = "0f0b7c7e-3a52-4b0c-9c38-5d3d1f5a1c11"
SENT = "@servicekonto-messages"
ANSWERS = "@servicekonto-answers"


def test_sending(program, shown, clock):
    sent = program.send(KEY)
    shown("messages-post", sent)
    shown("messages-post-key-reused", program.send(KEY, subject="Something else"))
    shown("messages-post-incorrect", program.send(OTHER_KEY, subject="", text=""))
    nobody = program.send(OTHER_KEY, recipient="niemand@example.org")
    shown("messages-post-no-recipient", nobody)
    without_key = program.call("POST", SENT, json=message())
    shown("messages-post-key-missing", without_key)
    later = clock() + timedelta(days=7)
    changes = {"provide_at": later.isoformat(), "html": "<p>Hello</p>", "text": None}
    waiting = program.send(OTHER_KEY, **changes)
    shown("messages-post-later", waiting)
    recalled = program.call("DELETE", f"{SENT}/{waiting.json()['id']}")
    shown("messages-delete", recalled)


def test_what_became_of_a_message(program, erika, shown, clock):
    sent = program.send().json()["id"]
    clock.forward(minutes=5)
    erika.post(f"@servicekonto-postbox-open/{sent}", json={})
    shown("messages", program.get(SENT, params={"since": "00000000"}))
    shown("messages-since-incorrect", program.get(SENT, params={"since": "today"}))
    shown("messages-one", program.get(f"{SENT}/{sent}"))
    shown("messages-unknown", program.get(f"{SENT}/{'0' * 32}"))
    shown("messages-delete-too-late", program.call("DELETE", f"{SENT}/{sent}"))


def test_answers(program, erika, shown):
    asked = program.send().json()["id"]
    parts = [("message", (None, '{"text": "Enclosed."}', "application/json"))]
    parts += [("files", ("Copy.txt", b"A copy"))]
    erika.post(f"@servicekonto-postbox-open/{asked}", json={})
    erika.post(f"@servicekonto-postbox-reply/{asked}", files=parts)
    listed = program.get(ANSWERS)
    shown("answers", listed)
    address = f"{ANSWERS}/{listed.json()['items'][0]['id']}"
    answer = program.get(address)
    shown("answers-one", answer)
    file = answer.json()["attachments"][0]["@id"]
    shown("answers-attachment", program.client.get(file))
    settled = address.replace(ANSWERS, f"{ANSWERS}-settle")
    shown("answers-settle", program.call("POST", settled, json={}))


def test_a_program_of_another_office(other_program, shown):
    shown("messages-not-yours", other_program.get(SENT))


def test_too_many(program, shown, monkeypatch):
    monkeypatch.setattr(programs, "_requests", Rate(0, programs.PER))
    shown("messages-too-many", program.get(SENT))
