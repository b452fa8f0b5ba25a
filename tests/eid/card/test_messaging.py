"""Secure messaging and encodings of the emulated card."""

from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from tests.eid.card import apdu
from tests.eid.card import curve
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.authority import authority
from tests.eid.card.card import Card
from tests.eid.card.client import Client
from tests.eid.card.issuer import Issuer
from tests.eid.card.messaging import Channel
from tests.eid.card.passwords import Reference
import pytest
import subprocess


octets = st.integers(0, 255)
commands = st.builds(
    Command,
    st.just(0),
    octets,
    octets,
    octets,
    st.binary(max_size=600),
    st.sampled_from([None, 1, 255, 256, 65536]),
)

careful = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@given(commands)
@careful
def test_a_command_survives_its_encoding(command):
    found = apdu.parse(apdu.encode(command))
    assert (found.header, found.data) == (command.header, command.data)
    assert (found.le is None) == (command.le is None)


@given(st.lists(st.tuples(commands, st.binary(max_size=600)), min_size=1, max_size=4))
@careful
def test_what_is_secured_arrives(exchanges):
    terminal, card = Channel(b"secret"), Channel(b"secret")
    for command, answer in exchanges:
        inner = card.open_command(terminal.close_command(command))
        assert (inner.header, inner.data) == (command.header, command.data)
        assert terminal.open_answer(card.close_answer(answer, 0x9000)) == (
            answer,
            0x9000,
        )


def test_a_message_counts_once():
    terminal, card = Channel(b"secret"), Channel(b"secret")
    secured = terminal.close_command(Command(0, 0xB0, 0, 0, le=0))
    card.open_command(secured)
    with pytest.raises(Refused):
        card.open_command(secured)


@given(st.binary(max_size=300))
@careful
def test_the_card_answers_to_everything(command):
    card = Card(authority().root_certificate)
    card.power_on()
    assert len(card.transmit(command)) >= 2


@given(st.integers(0, 3), octets, octets, octets, st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_card_answers_to_everything_inside_a_channel(tries, ins, p1, p2, data):
    card = Card(authority().root_certificate)
    card.power_on()
    client = Client(card.transmit)
    client.open(Reference.CAN, card.passwords.can)
    secured = client._channel.close_command(Command(0, ins, p1, p2, data, le=0))
    assert len(card.transmit(apdu.encode(secured))) >= 2


@pytest.mark.parametrize("damage", [0, 5, -1, -3])
def test_a_damaged_message_ends_the_session(card, client, damage):
    client.open(Reference.PIN, card.passwords.pin)
    secured = client._channel.close_command(Command(0, 0xA4, 2, 0x0C, b"\x01\x1d"))
    body = bytearray(secured.data)
    body[damage] ^= 1
    broken = Command(secured.cla, *secured.kind, bytes(body), 0)
    assert card.transmit(apdu.encode(broken)) in (b"\x69\x87", b"\x69\x88")
    with pytest.raises(Refused):
        client.card_security()


def test_point_multiplication_agrees_with_the_addition():
    point = curve.own_point(curve.random_key())
    doubled = curve.multiply(curve.key_of(2), point)
    tripled = curve.multiply(curve.key_of(3), point)
    assert curve.add(point, doubled) == tripled
    assert curve.multiply(curve.key_of(curve.ORDER - 1), point) == (
        point[0],
        curve.PRIME - point[1],
    )


@given(st.binary(max_size=80))
@careful
def test_no_octets_are_an_error_of_the_parser(data):
    try:
        objects = tlv.parse(data)
    except tlv.Malformed:
        return
    assert b"".join(each.encoded for each in objects) == data


def test_openssl_accepts_the_signature_of_card_security(tmp_path):
    issuer = Issuer()
    (tmp_path / "csca.pem").write_bytes(issuer.csca.public_bytes(Encoding.PEM))
    (tmp_path / "security.der").write_bytes(issuer.card_security())
    subprocess.run(
        [
            *("openssl", "cms", "-verify", "-inform", "DER", "-purpose", "any"),
            *("-in", "security.der", "-CAfile", "csca.pem", "-out", "infos.der"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    infos = tlv.one((tmp_path / "infos.der").read_bytes(), 0x31)
    assert len(infos.children()) == 8


def test_card_security_is_read_only_after_a_password(card, client):
    with pytest.raises(Refused) as caught:
        client.card_security()
    assert caught.value.status == 0x6982
