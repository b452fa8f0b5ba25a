"""What gets no for an answer, and how the no sounds."""

from base64 import b64encode
from collective.servicekonto.portal.rest import NOT_A_LIST
from collective.servicekonto.portal.rest import NOT_TEXT
from collective.servicekonto.selfservice.password import service
from hashlib import sha256
from plone import api
from Products.SiteErrorLog.SiteErrorLog import IPubFailureSubscriber
from Products.SiteErrorLog.SiteErrorLog import temp_logs
from tests.factories import ADDRESS
from zope.component import getGlobalSiteManager
import html
import json
import logging
import pytest
import transaction


REGISTRATION = "@servicekonto-registration"
JSON = {"Content-Type": "application/json"}
TAKES_A_BODY = [
    ("POST", REGISTRATION),
    ("PATCH", REGISTRATION),
    ("POST", f"{REGISTRATION}-create"),
    ("POST", f"{REGISTRATION}-resend"),
    ("POST", "@servicekonto-activation"),
    ("POST", "@servicekonto-password-reset"),
    ("POST", "@servicekonto-password"),
    ("POST", "@servicekonto-email-confirmation"),
    ("POST", "@servicekonto-email-stop"),
]
NEEDS_A_DRAFT = [
    ("PATCH", REGISTRATION),
    ("GET", f"{REGISTRATION}-review"),
    ("POST", f"{REGISTRATION}-create"),
    ("POST", f"{REGISTRATION}-resend"),
]


def kind_of(answer):
    """Return why the answer is no."""
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["message"]
    assert "traceback" not in answer.json()
    return answer.json()["type"]


@pytest.mark.parametrize(("method", "service"), TAKES_A_BODY)
@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"text"', b"1" * 5000])
def test_a_body_that_is_no_object_is_malformed(client, method, service, body):
    client.begin()
    answer = client.request(method, service, data=body, headers=JSON)
    assert answer.status_code == 400
    assert kind_of(answer) == "Malformed"


def test_a_body_that_is_nested_too_deeply_is_malformed(client):
    # Plone's own JWT plugin reads bodies of exactly application/json before us.
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = client.post(REGISTRATION, data=b"[" * 9999, headers=headers)
    assert answer.status_code == 400
    assert kind_of(answer) == "Malformed"


@pytest.mark.parametrize(("method", "service"), TAKES_A_BODY)
@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", None]
)
def test_the_form_of_another_site_is_refused(client, method, service, media_type):
    client.begin()
    headers = {"Content-Type": media_type}
    answer = client.request(method, service, data=b"{}", headers=headers)
    assert answer.status_code == 415
    assert kind_of(answer) == "NotJSON"


@pytest.mark.parametrize(("method", "service"), [*TAKES_A_BODY, ("GET", REGISTRATION)])
def test_a_foreign_host_is_refused(client, site, method, service):
    site.buergerportal.public_url = "https://www.musterstadt.example/portal"
    transaction.commit()
    answer = client.request(method, service, data=b"{}", headers=JSON)
    assert answer.status_code == 400
    assert kind_of(answer) == "WrongHost"
    assert answer.json()["portal"] == "https://www.musterstadt.example/portal"


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}, ["Erika"]])
@pytest.mark.parametrize("name", ["given_names", "email", "password", "guard_state"])
def test_an_entry_of_another_type_is_named(client, name, value):
    client.begin()
    answer = client.enter(**{name: value})
    assert answer.status_code == 400
    assert answer.json()["problems"] == {name: NOT_TEXT}


@pytest.mark.parametrize("value", [None, "privacy_declaration:1", [1], {"a": "b"}])
def test_confirmations_are_a_list_of_texts(client, value):
    client.begin()
    client.enter()
    answer = client.post(f"{REGISTRATION}-create", json={"confirmed": value})
    assert answer.status_code == 400
    assert answer.json()["problems"] == {"confirmed": NOT_A_LIST}


@pytest.mark.parametrize(("method", "service"), NEEDS_A_DRAFT)
@pytest.mark.parametrize("key", [None, "", "unknown", "x" * 5000])
def test_without_a_draft_of_ones_own_nothing_goes_on(client, method, service, key):
    headers = JSON | {"X-Servicekonto-Draft": key}
    answer = client.request(method, service, data=b"{}", headers=headers)
    assert answer.status_code == 410
    assert kind_of(answer) == "DraftGone"


def test_a_draft_is_gone_after_its_time(client, clock):
    client.begin()
    clock.forward(minutes=60)
    answer = client.enter()
    assert answer.status_code == 410
    assert kind_of(answer) == "DraftGone"


@pytest.mark.parametrize("kind", ["", "organisation", "\ud800", "x" * 10_000])
def test_only_kinds_that_are_offered_can_be_registered(client, kind):
    answer = client.post(REGISTRATION, json={"kind": kind})
    assert answer.status_code == 400
    assert list(answer.json()["problems"]) == ["kind"]


def test_every_wrong_entry_gets_a_message(client):
    client.begin()
    answer = client.patch(REGISTRATION, json={"salutation": "dr", "email": "erika"})
    assert answer.status_code == 400
    assert answer.json()["problems"].keys() == {
        "salutation",
        "given_names",
        "family_name",
        "email",
        "password",
    }


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "erika@example.org\nBcc: all@example.org"},
        {"given_names": "Erika\x00"},
        {"family_name": "x" * 10_000},
        {"password": "\ud800" * 12, "repetition": "\ud800" * 12},
        {"repetition": "another one"},
        {"account": "servicekonto-plus"},
    ],
)
def test_bad_entries_change_nothing(client, clock, bad):
    client.begin()
    client.enter()
    before = client.get(f"{REGISTRATION}-review").json()
    clock.forward(minutes=1)
    answer = client.enter(**{"salutation": "herr"} | bad)
    assert answer.status_code == 400
    assert len(answer.json()["problems"]) == 1
    assert client.get(f"{REGISTRATION}-review").json() == before


def test_the_declarations_must_be_confirmed(client, mailbox):
    client.begin()
    client.enter()
    answer = client.post(f"{REGISTRATION}-create", json={"confirmed": ["terms:1"]})
    assert answer.status_code == 400
    assert list(answer.json()["problems"]) == ["privacy_declaration"]
    assert mailbox.mails() == []


def test_an_account_needs_details_first(client):
    client.begin()
    answer = client.create()
    assert answer.status_code == 409
    assert kind_of(answer) == "NotReady"


def test_nothing_is_sent_again_before_it_was_sent(client):
    client.begin()
    client.enter()
    answer = client.post(f"{REGISTRATION}-resend", json={})
    assert answer.status_code == 409
    assert kind_of(answer) == "NotReady"


def test_a_closed_portal_takes_no_registrations(client, site):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(site.buergerportal, "close")
    transaction.commit()
    assert client.get(REGISTRATION).json()["open"] is False
    answer = client.post(REGISTRATION, json={"kind": "privatperson"})
    assert answer.status_code == 403
    assert kind_of(answer) == "RegistrationClosed"


def reason_for(client, token):
    """Return why a link is refused; the browser's page says the same."""
    answer = client.activate(token)
    assert answer.status_code == 410
    assert kind_of(answer) == "LinkRefused"
    page = client.get(
        "aktivieren", params={"token": token}, headers={"Accept": "text/html"}
    )
    assert page.status_code == 410
    assert answer.json()["message"] in html.unescape(page.text)
    return answer.json()["reason"]


def test_a_link_that_was_cut_off_is_unknown(client, token):
    client.register()
    assert reason_for(client, token()[:-1]) == "unknown"


def test_a_link_is_used_once(client, token):
    client.register()
    client.activate(token())
    assert reason_for(client, token()) == "used"


def test_a_link_ends_after_24_hours(client, token, clock):
    client.register()
    clock.forward(hours=24, seconds=1)
    assert reason_for(client, token()) == "expired"


def test_a_link_is_good_just_before_24_hours(client, token, clock):
    client.register()
    clock.forward(hours=23, minutes=59, seconds=59)
    assert client.activate(token()).status_code == 200


def test_a_bad_new_password_keeps_the_link(client, account, token):
    client.post("@servicekonto-password-reset", json={"email": ADDRESS})
    for password, repetition, problem in (
        ("short", "short", "password"),
        ("Teekanne über dem Leuchtturm", "Teekanne", "repetition"),
        ("", "", "password"),
    ):
        body = {"token": token(), "password": password, "repetition": repetition}
        answer = client.post("@servicekonto-password", json=body)
        assert answer.status_code == 400
        assert list(answer.json()["problems"]) == [problem]
    good = "Teekanne über dem Leuchtturm"
    body = {"token": token(), "password": good, "repetition": good}
    assert client.post("@servicekonto-password", json=body).status_code == 200
    again = client.post("@servicekonto-password", json=body)
    assert again.status_code == 410
    assert again.json()["reason"] == "used"


def test_a_link_for_a_new_password_does_not_activate(client, account, token):
    client.post("@servicekonto-password-reset", json={"email": ADDRESS})
    assert client.activate(token()).json()["reason"] == "unknown"


def test_a_reset_needs_an_address(client):
    answer = client.post("@servicekonto-password-reset", json={"email": "erika"})
    assert answer.status_code == 400
    assert list(answer.json()["problems"]) == ["email"]


def solved(puzzle):
    """Return the payload of the puzzle, as the browser's solver makes it."""
    for number in range(puzzle["maxNumber"] + 1):
        text = f"{puzzle['salt']}{number}".encode()
        if sha256(text).hexdigest() == puzzle["challenge"]:
            return b64encode(json.dumps({"number": number}).encode()).decode()
    raise AssertionError("The puzzle has no solution.")


@pytest.fixture
def guarded(client, guard_from_the_first_form):
    """A program that is asked to pass the guard, and the answer that asks."""
    client.begin()
    client.enter()
    return client, client.enter()


def test_many_forms_bring_up_the_guard(guarded):
    client, answer = guarded
    assert answer.status_code == 428
    assert kind_of(answer) == "GuardNeeded"
    assert answer.json()["guard"].keys() == {"puzzle", "question", "state"}


def test_a_solved_puzzle_passes_the_guard_once(guarded):
    client, answer = guarded
    guard = answer.json()["guard"]
    passing = {"guard_state": guard["state"], "guard_payload": solved(guard["puzzle"])}
    assert client.enter(**passing).status_code == 200
    assert client.enter(**passing).status_code == 428


NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def test_an_answered_question_passes_the_guard_after_a_pause(guarded, clock):
    client, answer = guarded
    guard = answer.json()["guard"]
    words = guard["question"].replace("?", "").split()
    number = sum(NUMBERS.index(word) + 1 for word in words if word in NUMBERS)
    passing = {"guard_state": guard["state"], "guard_answer": str(number)}
    early = client.enter(**passing)
    assert early.status_code == 428
    assert kind_of(early) == "GuardTooEarly"
    assert early.headers["Retry-After"] == "20"
    clock.forward(seconds=20)
    assert client.enter(**passing).status_code == 200


@pytest.mark.parametrize("state", ["", "nonsense", "a.b", "\ud800.\ud800"])
def test_an_invented_state_gets_a_new_challenge(guarded, state):
    client, _answer = guarded
    answer = client.enter(guard_state=state, guard_answer="7", guard_payload="x")
    assert answer.status_code == 428
    assert answer.json()["guard"]["state"]


def test_messages_come_in_the_citizens_language(client, site):
    with api.env.adopt_roles(["Manager"]):
        api.portal.set_registry_record("plone.default_language", "de")
        api.portal.set_registry_record("plone.available_languages", ["de", "en"])
    transaction.commit()
    answer = client.post("@servicekonto-password-reset", json={"email": ADDRESS})
    assert "E-Mail" in answer.json()["message"]


@pytest.fixture
def _error_log():
    """Zope fills its error log, as it does outside of tests."""
    manager = getGlobalSiteManager()
    manager.registerHandler(IPubFailureSubscriber)
    yield
    manager.unregisterHandler(IPubFailureSubscriber)
    temp_logs.clear()


@pytest.mark.usefixtures("_error_log")
def test_what_was_sent_is_in_no_error_log(client, site, monkeypatch, caplog):
    def fail(email, *_rest):
        raise RuntimeError(f"No server takes mails for {email}.")

    monkeypatch.setattr(service, "request_reset", fail)
    with caplog.at_level(logging.INFO):
        answer = client.post("@servicekonto-password-reset", json={"email": ADDRESS})
    assert answer.status_code == 500
    transaction.begin()
    [entry] = site.error_log.getLogEntries()
    logged = " ".join([caplog.text, *map(str, entry.values())])
    assert "No server takes mails for" in logged
    assert ADDRESS not in logged
