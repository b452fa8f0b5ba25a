"""Citizens answer by REST, with files, and get the files of the town."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from io import BytesIO
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.postbox.attachments.made import GOOD
import json
import pytest
import transaction


BOX = "@servicekonto-postbox"
OPEN = "@servicekonto-postbox-open"
MESSAGE = "@servicekonto-postbox-message"
REPLY = "@servicekonto-postbox-reply"


@pytest.fixture
def opened(erika, send):
    """Let the office send a message, which the citizen opens; return its id."""

    def opened(**changes):
        message = send(**changes)
        erika.post(f"{OPEN}/{message}", json={})
        return message

    return opened


def sent(client):
    """Return the messages that the citizen sent."""
    return client.get(BOX, params={"folder": "gesendet"}).json()["items"]


def with_files(client, message, text, files, **headers):
    """Answer with files, each a name and a content."""
    parts = [("message", (None, json.dumps({"text": text}), "application/json"))]
    parts += [("files", one) for one in files]
    return client.post(f"{REPLY}/{message}", files=parts, headers=headers)


def files_of(client, message):
    """Return the descriptions of the files of an own message."""
    whole = client.get(f"{MESSAGE}/{message}").json()
    return whole["content"]["attachments"]


def test_an_answer_is_sent_and_can_be_read(erika, opened):
    answer = erika.post(f"{REPLY}/{opened()}", json={"text": "Anbei\n<b>"})
    assert answer.status_code == 201
    assert not answer.json()["waits"]
    (listed,) = sent(erika)
    assert (listed["id"], listed["kind"]) == (answer.json()["id"], "reply")
    whole = erika.get(f"{MESSAGE}/{listed['id']}").json()
    assert whole["content"]["text"] == "Anbei\n<b>"
    assert len(whole["thread"]) == 2


@pytest.mark.parametrize("text", ["\ud800", "\u200b", "\0", " "])
def test_an_answer_in_which_nothing_can_be_read_is_refused(erika, opened, text):
    answer = erika.post(f"{REPLY}/{opened()}", json={"text": text})
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {"text"}
    assert sent(erika) == []


def test_files_arrive_as_they_were_sent(erika, opened):
    files = [("Rechnung für Łucja.pdf", GOOD["pdf"]), ("Foto.png", GOOD["png"])]
    answer = with_files(erika, opened(), "", files)
    assert answer.status_code == 201
    described = files_of(erika, answer.json()["id"])
    assert [one["name"] for one in described] == [name for name, _content in files]
    for one, (_name, content) in zip(described, files, strict=True):
        assert one["sha256"] == sha256(content).hexdigest()
        found = erika.get(one["@id"])
        assert found.content == content
        assert found.headers["Content-Disposition"].startswith("attachment")
        assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("Seite.html", b"<script>alert(1)</script>"),
        ("Bescheid.pdf", b"<script>alert(1)</script>"),
        ("../Bescheid.pdf", GOOD["pdf"]),
    ],
)
def test_a_file_that_is_not_allowed_is_named_and_nothing_is_sent(
    erika, opened, name, content
):
    files = [("Gut.pdf", GOOD["pdf"]), (name, content)]
    answer = with_files(erika, opened(), "Anbei", files)
    assert answer.status_code == 400
    assert answer.json()["type"] == "FileRefused"
    assert answer.json()["file"] == name
    assert sent(erika) == []


def test_too_many_files_are_refused_together(erika, opened):
    settings().attachments_per_message = 1
    transaction.commit()
    files = [("A.pdf", GOOD["pdf"]), ("B.pdf", GOOD["pdf"])]
    answer = with_files(erika, opened(), "Anbei", files)
    assert (answer.json()["type"], answer.json()["file"]) == ("FileRefused", "")


@pytest.mark.parametrize("text", ["", "   ", "a" * 20_001, 1, None])
def test_a_text_that_cannot_be_sent(erika, opened, text):
    answer = erika.post(f"{REPLY}/{opened()}", json={"text": text})
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {"text"}


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ([("message", (None, "no JSON"))], "Malformed"),
        ([("message", (None, "[]"))], "Malformed"),
        ([("message", (None, " " * 1_000_001))], "Malformed"),
        ([("message", (None, "{}")), ("files", (None, "no file"))], "Malformed"),
        ([("other", (None, "{}"))], "Incorrect"),
    ],
)
def test_parts_that_nobody_understands(erika, opened, parts, kind):
    answer = erika.post(f"{REPLY}/{opened()}", files=parts)
    assert answer.status_code == 400
    assert answer.json()["type"] == kind


def test_with_a_key_an_answer_is_sent_once(erika, opened):
    message, key = opened(), {"Idempotency-Key": '"8e03978e-40d5"'}
    body, address = {"text": "Einmal"}, f"{REPLY}/{message}"
    first = erika.post(address, json=body, headers=key)
    assert erika.post(address, json=body, headers=key).json() == first.json()
    other = erika.post(address, json={"text": "Anders"}, headers=key)
    assert other.status_code == 422
    assert other.json()["type"] == "KeyReused"
    assert len(sent(erika)) == 1


def test_the_same_file_with_the_same_key_is_sent_once_another_one_is_refused(
    erika, opened
):
    message, key = opened(), {"Idempotency-Key": "8e03978e-40d5"}
    for content, status in ((GOOD["pdf"], 201), (GOOD["pdf"], 201), (b"%PDF", 422)):
        files = [("A.pdf", content)]
        answer = with_files(erika, message, "Anbei", files, **key)
        assert answer.status_code == status
    assert len(sent(erika)) == 1


def test_of_simultaneous_requests_with_a_key_one_sends(erika, opened, new_client):
    message, key = opened(), {"Idempotency-Key": "8e03978e-40d5"}
    clients = [new_client() for _number in range(4)]
    for client in clients:
        client.headers["Authorization"] = erika.headers["Authorization"]

    def answer(client):
        url = f"{REPLY}/{message}"
        return client.post(url, json={"text": "Einmal"}, headers=key).json()["id"]

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(answer, clients))
    assert ids == {one["id"] for one in sent(erika)}
    assert len(ids) == 1


@pytest.mark.parametrize("key", ["", '""', '"a', "ä", "a b", "a" * 256])
def test_a_key_is_a_word_or_a_quoted_one(erika, opened, key):
    headers = {"Idempotency-Key": key.encode()}
    body = {"text": "Einmal"}
    answer = erika.post(f"{REPLY}/{opened()}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "KeyMissing")


def test_what_takes_no_answer_gets_none(erika, send, opened):
    message = opened(reply_until=date(2020, 1, 1))
    answer = erika.post(f"{REPLY}/{message}", json={"text": "Zu spät"})
    assert (answer.status_code, answer.json()["type"]) == (409, "NoReply")
    message = send(level=TrustLevel.HIGH)
    answer = erika.post(f"{REPLY}/{message}", json={"text": "Blind"})
    assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
    assert sent(erika) == []


def test_nothing_is_answered_that_was_not_opened(erika, send):
    message = send()
    answer = erika.post(f"{REPLY}/{message}", json={"text": "Blind"})
    assert (answer.status_code, answer.json()["type"]) == (409, "NotOpened")
    assert sent(erika) == []


def test_nobody_answers_for_somebody_else(client, max_, erika, send):
    url = f"{REPLY}/{send()}"
    assert max_.post(url, json={"text": "Ich"}).status_code == 404
    assert client.without_token().post(url, json={"text": "Ich"}).status_code == 401


def test_another_site_cannot_answer_with_the_cookie(erika, send):
    message = send()
    body = {"login": ADDRESS, "password": PASSWORD}
    erika.without_token().post(f"{erika.site_url}/@login", json=body)
    answer = with_files(erika, message, "Untergeschoben", [])
    assert (answer.status_code, answer.json()["type"]) == (403, "NotProven")


@pytest.fixture
def decision(send, site):
    """A message of the town with a file."""

    def decision(**changes):
        file = take_in(BytesIO(GOOD["pdf"]), "Bescheid.pdf", for_staff())
        return send(attachments=(file,), **changes), file.id

    return decision


def test_the_files_of_a_message_are_there_once_it_was_opened(erika, max_, decision):
    message, file = decision()
    url = f"@servicekonto-postbox-attachment/{message}/{file}"
    before = erika.get(url)
    assert (before.status_code, before.json()["type"]) == (409, "NotOpened")
    opened = erika.post(f"{OPEN}/{message}", json={}).json()
    assert opened["content"]["attachments"][0]["@id"].endswith(url)
    assert erika.get(url).content == GOOD["pdf"]
    assert max_.get(url).status_code == 404
    assert erika.get(url + "x").status_code == 404
    assert erika.without_token().get(url).status_code == 401


def test_the_files_of_a_locked_message_are_locked(erika, decision):
    message, file = decision(level=TrustLevel.HIGH)
    answer = erika.get(f"@servicekonto-postbox-attachment/{message}/{file}")
    assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")


def test_more_answers_than_a_day_allows_are_refused(erika, opened):
    settings().answers_per_day = 1
    transaction.commit()
    message = opened()
    assert erika.post(f"{REPLY}/{message}", json={"text": "Ja"}).status_code == 201
    answer = erika.post(f"{REPLY}/{message}", json={"text": "Und ja"})
    assert answer.status_code == 429
    assert answer.json()["type"] == "TooManyAnswers"
    assert len(sent(erika)) == 1
