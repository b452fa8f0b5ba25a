"""The whole path of a citizen by REST, with the real mail."""

from tests.factories import ADDRESS
from tests.factories import PASSWORD


NEW = "Teekanne über dem Leuchtturm"


def test_a_citizen_registers_activates_and_logs_in(client, token):
    assert client.begin().status_code == 201
    assert client.enter().status_code == 200
    assert client.create().status_code == 202
    assert client.activate(token()).status_code == 200
    assert client.log_in(ADDRESS).status_code == 200
    own = client.own_account()
    assert own.status_code == 200
    assert own.json()["given_names"] == "Erika"
    assert own.json()["email"] == ADDRESS
    assert own.headers["Cache-Control"] == "no-store"


def test_names_keep_every_character(client, token):
    names = {"given_names": "Erika Łucja", "family_name": "Mustermann-Šťastná"}
    client.register(**names)
    client.activate(token())
    client.log_in(ADDRESS)
    assert names.items() <= client.own_account().json().items()


def test_an_account_cannot_be_used_before_its_activation(client, mailbox):
    client.register()
    assert client.log_in(ADDRESS).status_code == 401


def test_a_forgotten_password_is_replaced(client, account, token):
    answer = client.post("@servicekonto-password-reset", json={"email": ADDRESS})
    assert answer.status_code == 202
    body = {"token": token(), "password": NEW, "repetition": NEW}
    assert client.post("@servicekonto-password", json=body).status_code == 200
    assert client.log_in(ADDRESS, PASSWORD).status_code == 401
    assert client.log_in(ADDRESS, NEW).status_code == 200


def test_entries_can_be_changed_one_by_one(client):
    client.begin()
    client.enter()
    answer = client.patch(
        "@servicekonto-registration", json={"family_name": "Musterfrau"}
    )
    assert answer.json()["family_name"] == "Musterfrau"
    assert answer.json()["given_names"] == "Erika"
    assert answer.json()["complete"]


def test_the_review_never_holds_the_password(client):
    client.begin()
    client.enter()
    review = client.get("@servicekonto-registration-review")
    assert review.json()["password_chosen"]
    assert PASSWORD not in review.text
    assert "argon2" not in review.text


def test_a_draft_belongs_to_whoever_has_its_key(client, new_client):
    client.begin()
    client.enter()
    other = new_client()
    other.begin()
    other_review = other.get("@servicekonto-registration-review").json()
    assert other_review["email"] == ""
