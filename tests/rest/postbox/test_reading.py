"""Citizens read their Postfach by REST."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.receipts.script import main as verify_receipt
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import json
import pytest


BOX = "@servicekonto-postbox"
MESSAGE = "@servicekonto-postbox-message"
OPEN = "@servicekonto-postbox-open"
RECEIPT = "@servicekonto-postbox-receipt"
SEARCH = "@servicekonto-postbox-search"
SECRET = "Bitte senden Sie uns eine Kopie."


def events(client, message):
    """Return the events of the receipt that the citizen sees."""
    receipt = client.get(f"{RECEIPT}/{message}").json()
    return [one["event"] for one in receipt["entries"]]


def subjects(answer):
    """Return the subjects of a page."""
    return [one["subject"] for one in answer.json()["items"]]


def test_the_inbox_shows_the_newest_first(erika, send):
    message = send()
    answer = erika.get(BOX)
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.json()
    assert page["unread"] == 2
    assert page["items"][0]["id"] == message
    assert page["items"][0]["subject"] == "Ihr Antrag"
    assert page["items"][0]["accepts_reply"]
    assert page["behind"] is None
    assert SECRET not in answer.text


def test_reading_is_safe_and_opening_is_in_the_receipt(erika, send):
    message = send()
    before = erika.get(f"{MESSAGE}/{message}")
    assert before.json()["content"] is None
    assert SECRET not in before.text
    assert events(erika, message) == ["provided"]
    opened = erika.post(f"{OPEN}/{message}", json={})
    assert opened.json()["content"]["text"] == SECRET
    assert events(erika, message) == ["provided", "retrieved"]
    assert erika.get(f"{MESSAGE}/{message}").json() == opened.json()
    erika.post(f"{OPEN}/{message}", json={})
    assert events(erika, message) == ["provided", "retrieved"]
    assert erika.get("@servicekonto-postbox-unread").json() == {"unread": 1}


def test_a_message_above_the_level_is_locked_and_says_which_one_it_needs(erika, send):
    message = send(level=TrustLevel.HIGH, title="Geheim")
    (listed, _welcome) = erika.get(BOX).json()["items"]
    assert (listed["locked"], listed["subject"]) == (True, "")
    for answer in (
        erika.get(f"{MESSAGE}/{message}"),
        erika.post(f"{OPEN}/{message}", json={}),
    ):
        assert answer.status_code == 403
        assert answer.json()["type"] == "LevelTooLow"
        assert answer.json()["required_level"] == "hoch"
        assert answer.json()["level"] == "niedrig"
        assert "Geheim" not in answer.text
    assert events(erika, message) == ["provided"]


def test_pages_go_on_behind_the_last_message(erika, send):
    for number in range(21):
        send(title=f"{number}")
    first = erika.get(BOX)
    assert subjects(first) == [f"{number}" for number in range(20, 0, -1)]
    second = erika.get(BOX, params={"behind": first.json()["behind"]})
    assert subjects(second)[0] == "0"
    assert second.json()["behind"] is None


def test_words_of_a_search_are_in_the_body_of_the_request(erika, send):
    send(title="Hundesteuer", sender="Steueramt")
    send(title="Parkausweis")
    for words, found in (
        ({"text": "hunde"}, ["Hundesteuer"]),
        ({"text": "hunde", "sender": "bürger"}, []),
        ({"until": "1999-01-01"}, []),
        ({"order": "betreff", "sender": "amt"}, ["Hundesteuer"]),
        ({"folder": "archiv"}, []),
        ({"unread": True, "text": "park"}, ["Parkausweis"]),
    ):
        assert subjects(erika.post(SEARCH, json=words)) == found
    assert len(erika.get(BOX, params={"text": "hunde"}).json()["items"]) == 3


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"folder": "wartet"}, "folder"),
        ({"folder": "fort"}, "folder"),
        ({"order": "zufall"}, "order"),
        ({"since": "gestern"}, "since"),
        ({"text": 1}, "text"),
        ({"unread": "ja"}, "unread"),
    ],
)
def test_what_cannot_be_looked_for_is_said(erika, words, name):
    answer = erika.post(SEARCH, json=words)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {name}


@pytest.mark.parametrize(
    "path", ["", "/x", "/a/b", "/%00", "/" + "f" * 32, "/" + "0" * 32]
)
def test_an_id_of_nothing_finds_nothing(erika, path):
    assert erika.get(f"{MESSAGE}{path}").status_code == 404
    assert erika.get(BOX, params={"behind": path}).status_code == 200


def test_the_receipt_is_verified_without_us(erika, send, tmp_path, capsys):
    receipt = erika.get(f"{RECEIPT}/{send()}")
    (tmp_path / "receipt.json").write_bytes(receipt.content)
    keys = erika.without_token().get("@servicekonto-receipt-key").json()["keys"]
    (tmp_path / "keys.pem").write_text("".join(one["pem"] for one in keys))
    arguments = ["--key", str(tmp_path / "keys.pem"), str(tmp_path / "receipt.json")]
    assert verify_receipt(arguments) == 0
    changed = json.loads(receipt.content)
    changed["entries"][0]["at"] = "2020-01-01T00:00:00Z"
    (tmp_path / "receipt.json").write_text(json.dumps(changed))
    assert verify_receipt(arguments) != 0


READ = [BOX, "@servicekonto-postbox-unread", MESSAGE + "/{}", RECEIPT + "/{}"]


@pytest.mark.parametrize("service", READ)
def test_nobody_reads_without_a_session(client, send, service):
    assert client.get(service.format(send())).status_code == 401


@pytest.mark.parametrize("service", [OPEN + "/{}", SEARCH])
def test_nobody_opens_or_searches_without_a_session(client, send, service):
    assert client.post(service.format(send()), json={}).status_code == 401


def test_the_message_of_somebody_else_is_not_there(max_, erika, send):
    message = send()
    erika.post(f"{OPEN}/{message}", json={})
    assert max_.get(f"{MESSAGE}/{message}").status_code == 404
    assert max_.get(f"{RECEIPT}/{message}").status_code == 404
    assert max_.post(f"{OPEN}/{message}", json={}).status_code == 404
    assert "Ihr Antrag" not in max_.post(SEARCH, json={}).text


def test_the_export_opens_what_the_level_suffices_for_and_nothing_else(erika, send):
    message = send()
    locked = send(level=TrustLevel.HIGH, title="Geheim")
    answer = erika.post("@servicekonto-export", json={"password": PASSWORD})
    assert "Geheim" not in answer.text
    (said,) = answer.json()["missing"]
    assert "1" in said
    found = answer.json()["data"]["postbox"]["messages"]
    assert {one["id"]: one["withheld"] for one in found}[locked] == "level"
    assert events(erika, message) == ["provided", "retrieved"]


def test_another_site_cannot_open_a_message_with_the_cookie(erika, send):
    message = send()
    body = {"login": ADDRESS, "password": PASSWORD}
    erika.without_token().post(f"{erika.site_url}/@login", json=body)
    assert erika.get(BOX).status_code == 200
    answer = erika.post(f"{OPEN}/{message}", json={})
    assert answer.status_code == 403
    assert answer.json()["type"] == "NotProven"
