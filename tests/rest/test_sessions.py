"""Who is logged in, for how long, and what another site cannot do."""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts.throttle import Pauses
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import re
import transaction


def stock_jwt(site, user_id):
    """Return the token that Plone's own plugin would make for a user."""
    plugins = site.acl_users.objectValues("JWT Authentication Plugin")
    return plugins[0].create_token(user_id)


@pytest.fixture
def logged_in(client, account):
    """A program with the token of a citizen."""
    client.log_in(ADDRESS)
    assert client.own_account().status_code == 200
    return client


def test_nobody_sees_an_account_without_a_session(client, account):
    assert client.own_account().status_code == 401


def test_a_token_is_dead_after_logging_out(logged_in):
    assert logged_in.log_out().status_code == 204
    assert logged_in.own_account().status_code == 401
    assert logged_in.post("@servicekonto-session", json={}).status_code == 401


def test_a_token_is_dead_after_a_new_password(logged_in, token):
    logged_in.post("@servicekonto-password-reset", json={"email": ADDRESS})
    new = "Teekanne über dem Leuchtturm"
    body = {"token": token(), "password": new, "repetition": new}
    assert logged_in.post("@servicekonto-password", json=body).status_code == 200
    assert logged_in.own_account().status_code == 401


def test_a_token_is_dead_after_an_hour_without_activity(logged_in, clock):
    clock.forward(minutes=59, seconds=59)
    assert logged_in.own_account().status_code == 200
    clock.forward(seconds=1)
    assert logged_in.own_account().status_code == 401


@pytest.mark.parametrize("service", ["@servicekonto-session", "@login-renew"])
def test_a_renewed_token_lasts_longer_but_not_for_ever(logged_in, clock, service):
    url = service if "session" in service else f"{logged_in.site_url}/{service}"
    for _renewal in range(12):
        clock.forward(minutes=59)
        token = logged_in.post(url, json={}).json()["token"]
        logged_in.headers["Authorization"] = f"Bearer {token}"
    clock.forward(minutes=11, seconds=59)
    assert logged_in.own_account().status_code == 200
    clock.forward(seconds=1)
    assert logged_in.own_account().status_code == 401


@pytest.mark.parametrize("service", ["@servicekonto-session", "@login-renew"])
def test_a_renewed_token_ends_with_its_session(logged_in, service):
    url = service if "session" in service else f"{logged_in.site_url}/{service}"
    renewed = logged_in.post(url, json={}).json()["token"]
    logged_in.log_out()
    logged_in.headers["Authorization"] = f"Bearer {renewed}"
    assert logged_in.own_account().status_code == 401


def test_plones_own_token_shows_no_account(client, site, account):
    client.headers["Authorization"] = f"Bearer {stock_jwt(site, account.id)}"
    assert client.own_account().status_code == 401
    assert client.post("@servicekonto-session", json={}).status_code == 401


@pytest.mark.parametrize("service", ["@login", "@login-renew"])
def test_plone_makes_no_token_of_its_own_for_citizens(logged_in, site, service):
    body = {"login": ADDRESS, "password": PASSWORD}
    answer = logged_in.post(f"{logged_in.site_url}/{service}", json=body)
    assert answer.status_code == 200
    plugins = site.acl_users.objectValues("JWT Authentication Plugin")
    assert plugins[0]._decode_token(answer.json()["token"]) is None


def test_the_manager_has_no_account_to_show(client, account):
    client.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    assert client.own_account().status_code == 401
    token = client.post("@servicekonto-session", json={})
    assert token.status_code == 401


def test_guessing_is_slowed_down(client, account):
    for _attempt in range(4):
        assert client.log_in(ADDRESS, "guessed").status_code == 401
    answer = client.log_in(ADDRESS, "guessed")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def add_member(name):
    """Add somebody who is no citizen."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create(f"{name}@musterstadt.example", name, PASSWORD)
    transaction.commit()


def test_guessing_passwords_of_members_is_slowed_down(client, site, clock):
    add_member("amt")
    for _attempt in range(4):
        assert client.log_in("amt", "guessed").status_code == 401
    answer = client.log_in("amt")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    clock.forward(minutes=1)
    assert client.log_in("amt").status_code == 200


def test_no_answer_without_a_password_forgets_wrong_ones(client, site):
    add_member("amt")
    for _attempt in range(4):
        client.log_in("amt", "guessed")
        assert client.log_in("amt", None).status_code == 400
    assert client.log_in("amt").status_code == 429


def test_names_that_do_not_exist_are_slowed_down_like_others(client, site):
    answers = [client.log_in("niemand", "guessed").status_code for _try in range(5)]
    assert answers == [401] * 4 + [429]


def test_members_of_plone_may_have_an_address_as_log_in_name(client, site):
    with api.env.adopt_roles(["Manager"]):
        api.user.create("editor@example.org", "editor@example.org", PASSWORD)
    transaction.commit()
    for _day in range(10):
        assert client.without_token().log_in("editor@example.org").status_code == 200


@pytest.mark.parametrize("password", [None, 1, ["x"], {}])
def test_a_log_in_needs_text(client, account, password):
    answer = client.log_in(ADDRESS, password)
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff"])
def test_a_malformed_log_in_is_refused(client, body):
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"{client.site_url}/@login", data=body, headers=headers)
    assert answer.status_code == 400


def test_the_form_of_another_site_logs_nobody_in(client, account):
    body = f'{{"login": "{ADDRESS}", "password": "{PASSWORD}"}}'.encode()
    headers = {"Content-Type": "text/plain"}
    answer = client.post(f"{client.site_url}/@login", data=body, headers=headers)
    assert answer.status_code == 415
    assert "Set-Cookie" not in answer.headers


@pytest.fixture
def with_cookie(client, account):
    """A browser: it holds the cookie of a session and no token."""
    body = {"login": ADDRESS, "password": PASSWORD}
    client.post(f"{client.site_url}/@login", json=body)
    assert client.own_account().status_code == 200
    return client


def form_token(client):
    """Return the token that Plone puts into its pages."""
    page = client.get("mein-bereich", headers={"Accept": "text/html"}).text
    return re.search(r'data-token="(\w+)"|_authenticator=(\w+)', page).group(1)


def test_a_cookie_alone_changes_nothing(with_cookie):
    answer = with_cookie.post("@servicekonto-session", json={})
    assert answer.status_code == 403
    assert answer.json()["type"] == "NotProven"
    assert with_cookie.log_out().status_code == 403
    assert with_cookie.own_account().status_code == 200


@pytest.mark.parametrize(
    "header", ["Bearer x", "bearer ", "Bearer a.b.c", "Basic eDp5"]
)
def test_a_header_that_proves_nothing_helps_no_cookie(with_cookie, header):
    with_cookie.headers["Authorization"] = header
    answer = with_cookie.post("@servicekonto-session", json={})
    assert answer.status_code == 403
    assert answer.json()["type"] == "NotProven"


def test_the_token_of_somebody_else_helps_no_cookie(
    with_cookie, new_client, site, clock
):
    active_account(clock(), "max@example.org")
    transaction.commit()
    max_ = new_client()
    max_.log_in("max@example.org")
    with_cookie.headers["Authorization"] = max_.headers["Authorization"]
    answer = with_cookie.post("@servicekonto-session", json={})
    # The token counts, and the cookie does not.
    assert answer.ok
    assert with_cookie.own_account().json()["email"] == "max@example.org"


@pytest.mark.parametrize("field", ["login", "password"])
def test_half_a_character_is_no_entry(client, account, field):
    body = {"login": ADDRESS, "password": PASSWORD, field: "erika\ud800"}
    answer = client.post(f"{client.site_url}/@login", json=body)
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("header", ["Basic x", "Basic /w==", "Basic eA=="])
def test_a_broken_header_is_no_failure_of_the_server(client, header):
    headers = {"Authorization": header}
    answer = client.get("@servicekonto-account", headers=headers)
    assert answer.status_code in (400, 401)
    page = client.get("anmelden", headers=headers | {"Accept": "text/html"})
    assert page.status_code in (200, 400)


def test_a_cookie_with_the_token_of_a_page_logs_out(with_cookie):
    with_cookie.headers["X-CSRF-TOKEN"] = form_token(with_cookie)
    assert with_cookie.log_out().status_code == 204
    assert with_cookie.own_account().status_code == 401


def test_a_password_in_basic_authentication_is_no_session(client, account):
    client.auth = (ADDRESS.encode(), PASSWORD.encode())
    assert client.own_account().status_code == 401


def facts(answer):
    """Return all that a stranger can see of an answer."""
    names = {"Content-Type", "Set-Cookie", "Content-Length", "Retry-After"}
    headers = {name: answer.headers.get(name) for name in names}
    return answer.status_code, answer.content, headers


@pytest.fixture
def strangers(new_client, account):
    """A program that asks for a known address, and one for an unknown one."""
    return (new_client(), ADDRESS), (new_client(), "nobody@example.org")


def test_registering_does_not_tell_whether_an_address_is_known(strangers):
    known, unknown = (facts(client.register(email=a)) for client, a in strangers)
    assert known == unknown
    assert known[0] == 202


def test_sending_again_does_not_tell_whether_an_address_is_known(strangers):
    answers = []
    for client, address in strangers:
        client.register(email=address)
        answers.append(client.post("@servicekonto-registration-resend", json={}))
    known, unknown = map(facts, answers)
    assert known == unknown
    assert known[0] == 202


def test_a_reset_does_not_tell_whether_an_address_is_known(strangers):
    known, unknown = (
        facts(client.post("@servicekonto-password-reset", json={"email": address}))
        for client, address in strangers
    )
    assert known == unknown
    assert known[0] == 202


def test_logging_in_does_not_tell_whether_an_address_is_known(strangers, monkeypatch):
    answers = []
    for client, address in strangers:
        monkeypatch.setattr(guesses, "_network", Pauses())
        attempts = (client.log_in(address, "guessed") for _attempt in range(6))
        answers.append([facts(attempt) for attempt in attempts])
    known, unknown = answers
    assert known == unknown
    assert [status for status, *_rest in known] == [401] * 4 + [429] * 2


def test_the_log_in_before_the_activation_looks_like_an_unknown_address(new_client):
    pending, stranger = new_client(), new_client()
    pending.register()
    known = facts(pending.log_in(ADDRESS))
    unknown = facts(stranger.log_in("nobody@example.org"))
    assert known == unknown
