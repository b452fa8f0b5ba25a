"""The examples in docs/rest are what the server really answers."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.accounts import sessions
from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Unreachable
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from pathlib import Path
from tests.authenticator import Authenticator
from tests.eid.provider import ERIKA
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.rest import examples
import json
import re
import transaction


NEW = "Teekanne über dem Leuchtturm"
REGISTRATION = "@servicekonto-registration"


def test_registering(client, shown, token):
    shown("registration-get", client.get(REGISTRATION))
    shown("registration-post", client.begin())
    shown("registration-patch-incorrect", client.enter(email="erika", repetition=""))
    shown("registration-patch", client.enter())
    shown("registration-review", client.get(f"{REGISTRATION}-review"))
    unconfirmed = client.post(f"{REGISTRATION}-create", json={"confirmed": []})
    shown("registration-create-unconfirmed", unconfirmed)
    shown("registration-create", client.create())
    shown("registration-resend", client.post(f"{REGISTRATION}-resend", json={}))
    del client.headers["X-Servicekonto-Draft"]
    shown("activation", client.activate(token()))
    shown("activation-used", client.activate(token()))


def test_a_registration_that_took_too_long(client, shown, clock):
    client.begin()
    clock.forward(hours=1)
    shown("registration-gone", client.get(f"{REGISTRATION}-review"))


def test_an_account_without_details(client, shown):
    client.begin()
    shown("registration-create-not-ready", client.create())


def test_a_card(client, shown, provider):
    begun = client.post("@servicekonto-eid-login", json={})
    shown("eid-login", begun)
    shown("eid-login-unknown", client.comes_back(begun))
    shown("eid-return-used", client.comes_back(begun, "unknown"))
    client.begin()
    client.patch(REGISTRATION, json={"account": "servicekonto-plus"})
    begun = client.post("@servicekonto-eid-registration", json={})
    shown("eid-registration", begun)
    shown("eid-return", client.comes_back(begun))
    shown("eid-review", client.get(f"{REGISTRATION}-review"))


def test_the_guard(client, shown, guard_from_the_first_form):
    client.begin()
    client.enter()
    guarded = client.patch(REGISTRATION, json={"family_name": "Musterfrau"})
    shown("registration-guard", guarded)
    passing = {"guard_state": guarded.json()["guard"]["state"], "guard_answer": "3"}
    early = client.patch(REGISTRATION, json={"family_name": "Musterfrau"} | passing)
    shown("registration-guard-too-early", early)


def test_a_session(client, shown, account):
    body = {"login": ADDRESS, "password": "guessed"}
    refused = client.post(f"{client.site_url}/@login", json=body)
    shown("login-refused", refused)
    shown("login", client.log_in(ADDRESS))
    shown("account", client.own_account())
    shown("session", client.post("@servicekonto-session", json={}))
    shown("login-renew", client.post(f"{client.site_url}/@login-renew", json={}))
    shown("logout", client.log_out())
    shown("account-unauthorized", client.own_account())


def test_the_profile(client, shown, account, clock):
    transaction.begin()
    card = Source.ONLINE_AUSWEIS
    proof = proven("ERIKA", TrustLevel.HIGH, card, int(clock().timestamp()))
    attributes.put(account, "given_names", proof)
    transaction.commit()
    client.log_in(ADDRESS)
    shown("profile", client.get("@servicekonto-profile"))

    def change(**entries):
        changes = {name: {"entry": one, "version": ""} for name, one in entries.items()}
        body = {"attributes": changes}
        return client.patch("@servicekonto-profile", json=body)

    shown("profile-patch", change(telephone="030 1", Kind=[{"given_names": "Max"}]))
    shown("profile-incorrect", change(Bankverbindung=[{"iban": "DE00"}]))
    shown("profile-changed-elsewhere", change(telephone="030 2"))
    shown("profile-locked", change(given_names="Max"))


def test_too_many_attempts(client, shown, account):
    for _attempt in range(4):
        client.log_in(ADDRESS, "guessed")
    shown("login-too-many", client.log_in(ADDRESS, PASSWORD))


def test_a_forgotten_password(client, shown, account, token):
    body = {"email": ADDRESS}
    shown("password-reset", client.post("@servicekonto-password-reset", json=body))
    body = {"token": token(), "password": "musterstadt", "repetition": "musterstadt"}
    shown("password-incorrect", client.post("@servicekonto-password", json=body))
    body |= {"password": NEW, "repetition": NEW}
    shown("password", client.post("@servicekonto-password", json=body))
    shown("password-used", client.post("@servicekonto-password", json=body))


def test_data_transfers(client, shown, account, clock):
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    session = sessions.resolve(ticket, clock())
    lost_property = dataaccess.Recipient(
        "Fundbüro", "Verlustanzeige", "Einwilligung, Art. 6 (1) a DSGVO"
    )
    names = ("given_names", "email")
    dataaccess.transmit(account, session, lost_property, names, clock())
    transaction.commit()
    client.log_in(ADDRESS)
    shown("data-access", client.get("@servicekonto-data-access"))
    body = {"recipient": "Fundbüro"}
    shown("data-access-find", client.post("@servicekonto-data-access", json=body))
    shown("data-access-delete", client.delete("@servicekonto-data-access", json=body))


def test_an_export(client, shown, account):
    client.log_in(ADDRESS)
    body = {"password": PASSWORD}
    shown("export", client.post("@servicekonto-export", json=body))


def test_another_password(client, shown, account):
    client.log_in(ADDRESS)
    body = {"present_password": "guessed", "password": "x", "repetition": "x"}
    refused = client.post("@servicekonto-own-password", json=body)
    shown("own-password-incorrect", refused)
    body = {"present_password": PASSWORD, "password": NEW, "repetition": NEW}
    shown("own-password", client.post("@servicekonto-own-password", json=body))


def test_guessing_the_present_password(client, shown, account):
    client.log_in(ADDRESS)
    body = {"email": "erika@new.example", "password": "guessed"}
    for _attempt in range(4):
        client.post("@servicekonto-email", json=body)
    shown("email-paused", client.post("@servicekonto-email", json=body))


def newest(mailbox, page):
    """Return the token of the newest link to the page."""
    texts = [mail.get_body(("plain",)).get_content() for mail in mailbox.mails()]
    return re.findall(rf"/{page}\?token=(\S+)", "".join(texts))[-1]


def test_another_address(client, shown, account, mailbox):
    client.log_in(ADDRESS)
    body = {"email": "erika", "password": "guessed"}
    shown("email-incorrect", client.post("@servicekonto-email", json=body))
    body = {"email": "erika@new.example", "password": PASSWORD}
    shown("email-post", client.post("@servicekonto-email", json=body))
    shown("email", client.get("@servicekonto-email"))
    shown("email-resend", client.post("@servicekonto-email-resend", json={}))
    shown("email-delete", client.delete("@servicekonto-email", json={}))
    client.post("@servicekonto-email", json=body)
    client.without_token()
    link = {"token": newest(mailbox, "e-mail-bestaetigen")}
    confirmation = client.post("@servicekonto-email-confirmation", json=link)
    shown("email-confirmation", confirmation)
    again = client.post("@servicekonto-email-confirmation", json=link)
    shown("email-confirmation-used", again)
    link = {"token": newest(mailbox, "e-mail-abbrechen")}
    shown("email-stop", client.post("@servicekonto-email-stop", json=link))


def test_an_address_that_two_want(client, shown, account, mailbox, clock):
    client.log_in(ADDRESS)
    body = {"email": "erika@new.example", "password": PASSWORD}
    client.post("@servicekonto-email", json=body)
    client.without_token()
    active_account(clock(), "erika@new.example")
    transaction.commit()
    link = {"token": newest(mailbox, "e-mail-bestaetigen")}
    late = client.post("@servicekonto-email-confirmation", json=link)
    shown("email-confirmation-taken", late)


def test_passkeys(client, shown, account, token):
    phone = Authenticator(client.origin)
    client.log_in(ADDRESS)
    shown("passkey-begin-incorrect", client.begin_passkey("guessed"))
    begun = client.begin_passkey(PASSWORD)
    shown("passkey-begin", begun)
    added = client.add_passkey(phone.create(begun.json()))
    shown("passkey-add", added)
    options = added.json()
    used = client.use_passkey(phone.get(options))
    shown("passkey-use", used)
    client.go_on(used)
    again = client.use_passkey(phone.get(options))
    shown("passkey-use-refused", again)
    shown("passkey-ask", client.post("@servicekonto-passkey-ask", json={}))
    passkey = client.passkeys()[0]
    shown("passkey-block", client.about_passkey("block", passkey))
    client.log_in(ADDRESS)
    shown("passkey-begin-level-too-low", client.begin_passkey(PASSWORD))
    shown("passkey-remove-lost", client.about_passkey("remove", passkey))
    body = {"token": token(), "password": PASSWORD}
    client.without_token()
    shown("passkey-lost", client.post("@servicekonto-passkey-lost", json=body))
    shown("passkey-lost-used", client.post("@servicekonto-passkey-lost", json=body))


def test_unblocking_a_passkey(client, shown, account):
    phone, key = Authenticator(client.origin), Authenticator(client.origin)
    client.log_in(ADDRESS)
    client.has_passkey(phone)
    client.has_passkey(key)
    shown("means", client.get("@servicekonto-means"))
    first = client.passkeys()[0]
    client.go_on(client.about_passkey("block", first))
    asked = client.post("@servicekonto-passkey-ask", json={"id": first})
    body = {"id": first, "credential": json.loads(phone.get(asked.json()))}
    shown("passkey-unblock", client.post("@servicekonto-passkey-unblock", json=body))
    removed = client.about_passkey("remove", first)
    shown("passkey-remove", removed)
    client.go_on(removed)
    shown("passkey-unknown", client.about_passkey("remove", first))


def test_the_online_ausweis(client, shown, account, provider):
    client.log_in(ADDRESS)
    shown("eid", client.get("@servicekonto-eid"))
    shown("eid-begin-incorrect", client.begin_reading("guessed"))
    begun = client.begin_reading(PASSWORD)
    shown("eid-begin", begun)
    secret = client.secret_of_way_back(begun)
    provider.answer = NotReady()
    shown("eid-take-waiting", client.take_reading(secret))
    provider.answer = ERIKA
    shown("eid-take", client.take_reading(secret))
    read = client.get("@servicekonto-eid")
    shown("eid-read", read)
    body = {"revision": read.json()["revision"], "keep": list(read.json()["others"])}
    settled = client.post("@servicekonto-eid-settle", json=body)
    shown("eid-settle", settled)
    client.go_on(settled)
    shown("eid-settle-nothing-read", client.post("@servicekonto-eid-settle", json=body))
    shown("eid-begin-refused", client.begin_reading(PASSWORD))
    shown("eid-cancel", client.post("@servicekonto-eid-cancel", json={}))


def test_confirming_with_the_online_ausweis(client, shown, account, provider):
    client.log_in(ADDRESS)
    client.upgrade()
    begun = client.post("@servicekonto-eid-begin", json={})
    shown("eid-begin-confirming", begun)
    confirmed = client.take_reading(client.secret_of_way_back(begun))
    shown("eid-take-confirmed", confirmed)
    client.go_on(confirmed)
    begun = client.post("@servicekonto-eid-begin", json={})
    provider.answer = Cancelled()
    cancelled = client.take_reading(client.secret_of_way_back(begun))
    shown("eid-take-cancelled", cancelled)
    provider.problem = Unreachable()
    shown("eid-begin-unreachable", client.post("@servicekonto-eid-begin", json={}))


def test_sessions_and_history(client, new_client, shown, account, clock):
    for _browser in range(2):
        new_client().log_in(ADDRESS)
        clock.forward(minutes=1)
    client.log_in(ADDRESS, "guessed")
    client.log_in(ADDRESS)
    clock.forward(minutes=1)
    listed = client.get("@servicekonto-sessions")
    shown("sessions", listed)
    body = {"id": listed.json()["items"][-1]["id"]}
    shown("session-end", client.post("@servicekonto-session-end", json=body))
    clock.forward(minutes=1)
    others = client.delete("@servicekonto-sessions", json={})
    shown("sessions-delete", others)
    client.go_on(others)
    shown("history", client.get("@servicekonto-history"))
    shown("not-me", client.post("@servicekonto-not-me", json={}))
    assert client.own_account().status_code == 401


def test_the_deletion(client, shown, account, token):
    client.log_in(ADDRESS)
    shown("deletion", client.get("@servicekonto-deletion"))
    body = {"password": PASSWORD, "confirmed": False}
    unconfirmed = client.post("@servicekonto-deletion", json=body)
    shown("deletion-unconfirmed", unconfirmed)
    body["confirmed"] = True
    shown("deletion-post", client.post("@servicekonto-deletion", json=body))
    client.without_token()
    body = {"token": token()}
    shown("deletion-undo", client.post("@servicekonto-deletion-undo", json=body))
    used = client.post("@servicekonto-deletion-undo", json=body)
    shown("deletion-undo-used", used)


def test_requests_that_no_service_takes(client, shown):
    headers = {"Content-Type": "text/plain"}
    plain = client.post("@servicekonto-activation", data=b"{}", headers=headers)
    shown("not-json", plain)
    headers = {"Content-Type": "application/json"}
    listed = client.post("@servicekonto-activation", data=b"[]", headers=headers)
    shown("malformed", listed)


def test_every_example_is_compared():
    files = Path(__file__).parent.rglob("test_*examples.py")
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    names = sorted(re.findall(r'^    shown\(\s*"([a-z-]+)"', sources, re.MULTILINE))
    for suffix in ("req", "resp"):
        files = examples.DIRECTORY.glob(f"*.{suffix}")
        assert sorted(path.stem for path in files) == names
