"""A passkey counts when its own device signed our challenge, for us, just now."""

from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.passkeys import PasskeyRefused
from collective.servicekonto.accounts.passkeys import PasskeysImpossible
from collective.servicekonto.identity.means import MeansRefused
from tests.accounts.conftest import add
from tests.accounts.conftest import begun
from tests.accounts.conftest import use
from tests.authenticator import Authenticator
from tests.factories import active_account
import json
import pytest


def challenged(owner, session, clock):
    """Return the options of a log-in."""
    return passkeys.begin_log_in(session, owner, clock())


def refused(owner, session, answer, clock):
    """Tell whether the answer is refused."""
    with pytest.raises(PasskeyRefused):
        passkeys.check_log_in(session, owner, answer, clock())
    return True


def test_a_passkey_is_registered_and_confirmed_by_its_use(owner, session, phone, clock):
    new = add(owner, session, phone, clock)
    assert not new.confirmed
    assert use(owner, session, phone, clock).confirmed
    assert [one.id for one in means.usable_passkeys(owner)] == [new.id]


def test_the_browser_learns_nothing_but_what_the_citizen_knows(owner, session, clock):
    options = passkeys.begin_registration(session, owner, clock())
    assert options["rp"]["id"] == "localhost"
    assert options["user"]["name"] == owner.email
    assert owner.id not in json.dumps(options)
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["residentKey"] == "discouraged"


def test_a_device_is_asked_for_one_passkey_only(owner, session, phone, passkey, clock):
    options = passkeys.begin_registration(session, owner, clock())
    assert len(options["excludeCredentials"]) == 1
    with pytest.raises(PasskeyRefused):
        passkeys.check_registration(session, owner, phone.create(options), clock())


def test_another_origin_is_refused(owner, session, phone, passkey, clock):
    phone.origin = "http://localhost.evil.example:8080"
    answer = phone.get(challenged(owner, session, clock))
    assert refused(owner, session, answer, clock)


def test_another_port_is_another_origin(owner, session, phone, passkey, clock):
    phone.origin = "http://localhost:9999"
    answer = phone.get(challenged(owner, session, clock))
    assert refused(owner, session, answer, clock)


def test_another_relying_party_is_refused(owner, session, phone, passkey, clock):
    options = challenged(owner, session, clock) | {"rpId": "evil.example"}
    assert refused(owner, session, phone.get(options), clock)


def test_a_challenge_that_was_not_ours_is_refused(
    owner, session, phone, passkey, clock
):
    options = challenged(owner, session, clock) | {"challenge": "x" * 43}
    assert refused(owner, session, phone.get(options), clock)


def test_an_answer_counts_once(owner, session, phone, passkey, clock):
    answer = phone.get(challenged(owner, session, clock))
    passkeys.check_log_in(session, owner, answer, clock())
    assert refused(owner, session, answer, clock)


def test_a_challenge_is_good_for_five_minutes(owner, session, phone, passkey, clock):
    answer = phone.get(challenged(owner, session, clock))
    clock.forward(minutes=5)
    assert refused(owner, session, answer, clock)


def test_a_challenge_belongs_to_the_session_that_asked(
    owner, session, phone, passkey, clock
):
    answer = phone.get(challenged(owner, session, clock))
    assert refused(owner, begun(owner, clock), answer, clock)


def test_a_challenge_for_registering_lets_nobody_in(
    owner, session, phone, passkey, clock
):
    options = passkeys.begin_registration(session, owner, clock())
    options["rpId"] = "localhost"
    assert refused(owner, session, phone.get(options), clock)


def test_the_passkey_of_another_account_is_refused(
    owner, session, phone, passkey, clock
):
    max_ = active_account(clock(), "max@example.org")
    his = begun(max_, clock)
    add(max_, his, Authenticator(), clock)
    options = passkeys.begin_log_in(his, max_, clock())
    with pytest.raises(PasskeyRefused):
        passkeys.check_log_in(his, max_, phone.get(options), clock())


def test_a_signature_by_another_key_is_refused(owner, session, phone, passkey, clock):
    thief = Authenticator()
    thief.credential_id, thief.counter = phone.credential_id, 9
    answer = thief.get(challenged(owner, session, clock))
    assert refused(owner, session, answer, clock)


def test_somebody_has_to_touch_the_device(owner, session, phone, passkey, clock):
    phone.without_presence()
    answer = phone.get(challenged(owner, session, clock))
    assert refused(owner, session, answer, clock)


@pytest.mark.parametrize("step", [-1, 0])
def test_a_copy_shows_by_its_counter(owner, session, phone, passkey, clock, step):
    phone.counter = 41
    use(owner, session, phone, clock)
    phone.counter += step - 1
    answer = phone.get(challenged(owner, session, clock))
    assert refused(owner, session, answer, clock)


def test_a_device_that_does_not_count_is_accepted(owner, session, clock):
    phone = Authenticator()
    for counter in range(3):
        phone.counter = -1
        if counter == 0:
            phone.counter = 0
            add(owner, session, phone, clock)
            phone.counter = -1
        assert use(owner, session, phone, clock).sign_count == 0


def test_a_blocked_passkey_is_neither_offered_nor_accepted(
    owner, session, phone, passkey, clock
):
    options = challenged(owner, session, clock)
    means.block(owner, passkey.id, clock())
    assert challenged(owner, session, clock)["allowCredentials"] == []
    assert refused(owner, session, phone.get(options), clock)


def test_an_unconfirmed_passkey_is_confirmed_in_its_own_session_only(
    owner, session, phone, clock
):
    new = add(owner, session, phone, clock)
    other = begun(owner, clock)
    assert challenged(owner, other, clock)["allowCredentials"] == []
    with pytest.raises(MeansRefused):
        means.note_use(owner, new.id, 1, other.key, clock())


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "{}",
        '"text"',
        "{" * 9_999,
        '{"id": 1, "rawId": 1, "response": {}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON"'
        ': "e30", "authenticatorData": "eA", "signature": "eA"}}',
        "x" * 30_000,
        "\ud800",
    ],
)
def test_whatever_is_sent_instead_is_refused(owner, session, passkey, clock, answer):
    assert refused(owner, session, answer, clock)
    with pytest.raises(PasskeyRefused):
        passkeys.check_registration(session, owner, answer, clock())


@pytest.mark.parametrize(
    ("public_url", "possible"),
    [
        ("https://www.musterstadt.example/portal", True),
        ("https://bürger.musterstadt.example/portal", True),
        ("http://localhost:8080/Plone/portal", True),
        ("http://www.musterstadt.example/portal", False),
        ("https://192.0.2.7/portal", False),
        ("https://[2001:db8::7]/portal", False),
        ("http://127.0.0.1:8080/Plone/portal", False),
    ],
)
def test_browsers_offer_passkeys_under_secure_names_only(
    local_portal, public_url, possible
):
    local_portal.public_url = public_url
    assert passkeys.are_possible() is possible


def test_nothing_is_begun_where_no_passkey_is_possible(
    local_portal, owner, session, clock
):
    local_portal.public_url = "http://127.0.0.1:8080/Plone/portal"
    with pytest.raises(PasskeysImpossible):
        passkeys.begin_registration(session, owner, clock())


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        (
            "https://www.musterstadt.example:443/portal",
            "https://www.musterstadt.example",
        ),
        ("https://bürger.example/portal", "https://xn--brger-kva.example"),
    ],
)
def test_the_origin_is_compared_as_browsers_write_it(
    local_portal, owner, session, clock, public_url, origin
):
    local_portal.public_url = public_url
    phone = Authenticator(origin)
    add(owner, session, phone, clock)
    assert use(owner, session, phone, clock).confirmed
