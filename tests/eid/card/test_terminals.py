"""Which terminals the emulated card lets in (TR-03110-2, 3.3; TR-03110-3, 2.5)."""

from dataclasses import replace
from datetime import date
from datetime import timedelta
from tests.eid.card import curve
from tests.eid.card import oids
from tests.eid.card.apdu import Refused
from tests.eid.card.authority import Authority
from tests.eid.card.authority import authority
from tests.eid.card.authority import DESCRIPTION
from tests.eid.card.authority import Holder
from tests.eid.card.card import Card
from tests.eid.card.certificates import Role
from tests.eid.card.client import Client
from tests.eid.card.client import Deceived
from tests.eid.card.passwords import Reference
from tests.eid.card.terminal import authenticated
from tests.eid.card.terminal import auxiliary
from tests.eid.card.terminal import enter
import pytest


ALL = bytes.fromhex("003FFFFFFF")
TODAY = date.today()


def opened(card: Card, rights: bytes = ALL) -> Client:
    """Return a client after PACE with the PIN."""
    card.power_on()
    client = Client(card.transmit)
    client.open(Reference.PIN, card.passwords.pin, rights)
    return client


def refusal(action, *arguments, **options):
    """Return the status with which the card refuses."""
    with pytest.raises(Refused) as caught:
        action(*arguments, **options)
    return caught.value.status


def test_a_terminal_of_the_trusted_authority_is_let_in(card):
    client = opened(card)
    assert client.authority == authority().root.name
    terminal = authenticated(client, authority())
    terminal.select_application()
    assert terminal.read(5)


def test_a_terminal_of_another_authority_is_not(card):
    stranger = Authority(root=Holder(b"DETESTeID00005", Role.AUTHORITY))
    assert refusal(enter, opened(card), stranger) == 0x6300


def test_an_authority_of_another_name_is_not_known(card):
    stranger = Authority(root=Holder(b"DEOTHERID00001", Role.AUTHORITY))
    assert refusal(enter, opened(card), stranger) == 0x6A88


def test_a_key_that_is_not_in_the_certificate_is_refused(card):
    thief = Authority(root=authority().root)
    assert refusal(enter, opened(card), thief, chain=authority().chain) == 0x6300


def test_a_certificate_that_was_changed_is_refused(card):
    verifier, terminal = authority().chain
    changed = terminal.replace(b"DETESTTRM00001", b"DETESTTRM00002")
    assert changed != terminal
    assert (
        refusal(enter, opened(card), authority(), chain=[verifier, changed]) == 0x6300
    )


def test_a_terminal_may_not_issue_certificates(card):
    end = Holder(b"DETESTEND00001", Role.TERMINAL)
    chain = [*authority().chain, authority().terminal.certify(end)]
    thief = Authority(terminal=end, root=authority().root)
    assert refusal(enter, opened(card), thief, chain=chain) == 0x6300


def test_a_verifier_is_no_terminal(card):
    chain = authority().chain[:1]
    assert refusal(enter, opened(card), authority(), chain=chain) == 0x6A88


@pytest.mark.parametrize("who", ["verifier", "terminal"])
def test_expired_certificates_are_refused(card, who):
    long_ago = {"first": date(2020, 1, 1), "last": TODAY - timedelta(days=1)}
    expired = {who: replace(getattr(Authority(), who), **long_ago)}
    assert refusal(
        enter, opened(card), Authority(root=authority().root, **expired)
    ) in (
        0x6300,
        0x6A88,
    )


def test_the_card_learns_the_date_from_verifiers():
    later = replace(
        Authority().verifier,
        first=TODAY + timedelta(days=400),
        last=TODAY + timedelta(days=500),
    )
    ahead = Authority(
        root=replace(authority().root, last=TODAY + timedelta(days=900)), verifier=later
    )
    card = Card(ahead.root_certificate)
    # The verifier's first day is after the terminal's last one.
    assert refusal(enter, opened(card), ahead) == 0x6300


def test_a_signature_over_another_challenge_is_refused(card):
    assert refusal(enter, opened(card), authority(), signed=b"replayed") == 0x6300


def test_a_second_terminal_in_the_same_session_is_refused(card):
    client = opened(card)
    enter(client, authority())
    assert refusal(enter, client, authority()) == 0x6982


def test_a_terminal_needs_the_password_first(card, client):
    assert refusal(enter, client, authority()) == 0x6982


def test_without_the_citizens_consent_no_terminal_is_let_in(card, client):
    client.open(Reference.PIN, card.passwords.pin)
    assert refusal(enter, client, authority()) == 0x6982


def test_a_terminal_proves_the_key_of_the_channel(card):
    client = opened(card)
    enter(client, authority())
    other = curve.encode(curve.own_point(curve.random_key()))
    assert refusal(client.prove_chip, other) == 0x6300


def test_a_point_beside_the_curve_is_refused(card):
    client = opened(card)
    enter(client, authority())
    point = curve.own_point(curve.random_key())
    beside = curve.encode((point[0], point[1] ^ 1))
    assert refusal(client.prove_chip, beside) == 0x6A80


def test_the_chip_proves_itself_only_to_a_terminal(card):
    client = opened(card)
    point = curve.encode(curve.own_point(curve.random_key()))
    assert refusal(client.prove_chip, point) == 0x6982


def test_a_changed_commitment_breaks_the_signature(card):
    client = opened(card)
    committed = auxiliary({oids.DATE_OF_BIRTH: b"20101127"})
    key = curve.random_key()
    point = curve.own_point(key)
    signed = client.identity + client.challenge() + curve.compressed(point) + committed
    signature = authority().terminal.sign(signed)
    other = auxiliary({oids.DATE_OF_BIRTH: b"20201127"})
    status = refusal(
        client.let_in, authority().chain, other, curve.encode(point), signature
    )
    assert status == 0x6300


def test_the_client_compares_the_description_with_the_certificate(client):
    client.check_description(DESCRIPTION, authority().chain[-1])
    with pytest.raises(Deceived):
        client.check_description(DESCRIPTION + b" ", authority().chain[-1])
