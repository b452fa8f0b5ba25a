"""Nothing that somebody changes between card and test eID-Server is believed."""

from collections.abc import Callable
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from datetime import datetime
from datetime import UTC
from tests.eid.card.apdu import Refused
from tests.eid.card.card import Card
from tests.eid.card.issuer import Issuer
from tests.eid.card.issuer import issuer
from tests.eid.card.passwords import Passwords
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.trust import pki_for_cards
import pytest
import re


QUESTION = Question(frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES}))
SETTINGS = Settings("https://localhost/eid/paos", "https://localhost")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return pki_for_cards(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def service(pki):
    return EIDService(pki, SETTINGS, now)


def in_element(name: str, change: Callable[[bytes], bytes]) -> Callable[[str], str]:
    """Return what changes the content of all elements of a name in a message."""

    def changed(match: re.Match) -> str:
        return f"<{name}>{change(bytes.fromhex(match[1])).hex()}</{name}>"

    return lambda body: re.sub(f"<{name}>([0-9a-f]*)</{name}>", changed, body)


def flipped(position: int) -> Callable[[bytes], bytes]:
    """Return what turns one bit around."""

    def flip(value: bytes) -> bytes:
        octets = bytearray(value)
        octets[position % len(octets)] ^= 1
        return bytes(octets)

    return flip


@pytest.fixture
def read(service, pki):
    """Read Erika's card while somebody changes what is in an element."""

    def read(name: str, change: Callable[[bytes], bytes]):
        opened = service.open(QUESTION)
        client = InProcessClient(
            service.answer, Card(pki.cvca), change=in_element(name, change)
        )
        client.run(opened.psk_id)
        return service.result(opened.id, 1)

    return read


def test_what_nobody_changes_is_read(read):
    assert read("EFCardSecurity", bytes).values


@pytest.mark.parametrize("position", range(100, 1000, 60))
def test_no_octet_of_what_is_signed_can_be_changed(read, position):
    with pytest.raises(EIDProblem):
        read("EFCardSecurity", flipped(position))


def test_a_chip_key_that_nobody_signed_is_refused(read):
    def exchanged(value: bytes) -> bytes:
        point = value.index(bytes.fromhex("03420004")) + 4
        return flipped(point + 10)(value)

    with pytest.raises(DocumentRefused):
        read("EFCardSecurity", exchanged)


def test_another_issuer_under_the_trusted_name_is_refused(read):
    stranger = Issuer()
    assert stranger.csca.subject == issuer().csca.subject
    with pytest.raises(DocumentRefused):
        read("EFCardSecurity", lambda _value: stranger.card_security())


@pytest.mark.parametrize("name", ["IDPICC", "Challenge"])
def test_a_signature_that_was_made_for_another_card_does_not_open_this_one(read, name):
    with pytest.raises(ClientFailed):
        read(name, flipped(3))


@pytest.mark.parametrize("position", [0, 4, -1, -5])
def test_an_answer_of_the_card_cannot_be_changed(read, position):
    with pytest.raises(ClientFailed):
        read("OutputAPDU", flipped(position))


def test_an_answer_of_the_card_cannot_be_told_twice(read):
    said = []

    def repeated(value: bytes) -> bytes:
        said.append(value)
        return said[0]

    with pytest.raises(ClientFailed):
        read("OutputAPDU", repeated)
    assert len(said) > 1


@pytest.mark.parametrize(
    ("passwords", "status"),
    [
        (Passwords(pin="654321"), 0x63C2),
        (Passwords(tries=1), 0x6985),
        (Passwords(tries=0), 0x6983),
        (Passwords(active=False), 0x6984),
    ],
    ids=["wrong", "suspended", "blocked", "off"],
)
def test_without_the_pin_the_server_learns_nothing(service, pki, passwords, status):
    opened = service.open(QUESTION)
    card = Card(pki.cvca, passwords=passwords)
    with pytest.raises(Refused) as caught:
        InProcessClient(service.answer, card).run(opened.psk_id)
    assert caught.value.status == status
    with pytest.raises(NotReady):
        service.result(opened.id, 1)
