"""Citizens archive, delete and restore messages by REST."""

from collective.servicekonto.identity.levels import TrustLevel
import pytest


BOX = "@servicekonto-postbox"
MESSAGE = "@servicekonto-postbox-message"


def listed(client, folder):
    """Return the ids of a folder."""
    page = client.get(BOX, params={"folder": folder}).json()
    return [one["id"] for one in page["items"]]


def act(client, message, action):
    """Do something with a message."""
    return client.patch(f"{MESSAGE}/{message}", json={"action": action})


def test_a_message_goes_to_the_archive_the_bin_and_back(erika, send):
    message = send()
    for action, folder in (
        ("archivieren", "archiv"),
        ("loeschen", "papierkorb"),
        ("wiederherstellen", "archiv"),
        ("zurueckholen", "eingang"),
    ):
        answer = act(erika, message, action)
        assert answer.json()["message"]["folder"] == folder
        assert message in listed(erika, folder)


def test_only_what_is_in_the_bin_is_deleted_for_good(erika, send):
    message = send()
    answer = act(erika, message, "endgueltig")
    assert answer.status_code == 409
    assert answer.json()["type"] == "NotPossible"
    act(erika, message, "loeschen")
    assert act(erika, message, "endgueltig").json() == {"message": None}
    assert erika.get(f"{MESSAGE}/{message}").status_code == 404


def test_many_messages_at_once(erika, send):
    ids = [send() for _number in range(3)]
    gone = "0" * 32
    body = {"action": "loeschen", "ids": [*ids, gone, ids[0]]}
    answer = erika.patch(BOX, json=body)
    assert answer.json() == {"changed": ids, "refused": [gone]}
    assert set(listed(erika, "papierkorb")) == set(ids)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"action": "verbrennen"}, "action"),
        ({"action": ""}, "action"),
        ({"ids": []}, "ids"),
        ({"ids": "alle"}, "ids"),
        ({"ids": [str(number) for number in range(101)]}, "ids"),
    ],
)
def test_what_cannot_be_done_is_said(erika, send, changes, name):
    message = send()
    answer = erika.patch(BOX, json={"action": "loeschen", "ids": [message]} | changes)
    assert answer.status_code == 400
    assert set(answer.json()["problems"]) == {name}
    assert message in listed(erika, "eingang")


def test_nobody_acts_on_the_message_of_somebody_else(max_, erika, send):
    message = send()
    assert act(max_, message, "loeschen").status_code == 404
    body = {"action": "loeschen", "ids": [message]}
    assert max_.patch(BOX, json=body).json()["changed"] == []
    assert message in listed(erika, "eingang")


def test_nobody_acts_without_a_session(client, send):
    message = send()
    assert act(client, message, "loeschen").status_code == 401
    assert client.patch(BOX, json={}).status_code == 401


def test_what_is_locked_is_put_into_the_bin_but_not_deleted_for_good(erika, send):
    message = send(level=TrustLevel.HIGH)
    assert act(erika, message, "loeschen").status_code == 200
    answer = act(erika, message, "endgueltig")
    assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
    body = {"action": "endgueltig", "ids": [message]}
    many = erika.patch("@servicekonto-postbox", json=body).json()
    assert many == {"changed": [], "refused": [message]}
