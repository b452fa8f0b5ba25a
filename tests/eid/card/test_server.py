"""The test eID-Server reads the emulated card, which was written without it."""

from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import datetime
from datetime import UTC
from tests.eid.card import tlv
from tests.eid.card.app import App
from tests.eid.card.app import ERROR
from tests.eid.card.app import OK
from tests.eid.card.authority import Authority
from tests.eid.card.card import Card
from tests.eid.card.issuer import Issuer
from tests.eid.card.issuer import issuer
from tests.eid.card.passwords import Passwords
from tests.eid.card.persons import ABROAD
from tests.eid.card.persons import CHILD
from tests.eid.card.persons import ERIKA
from tests.eid.card.persons import ERIKA_MOVED
from tests.eid.card.persons import ERIKA_WITH_A_NEW_CARD
from tests.eid.card.persons import EXPIRED
from tests.eid.card.persons import OLD_CARD
from tests.eid.card.persons import Person
from tests.eid.card.persons import WITHOUT_BIRTH_NAME
from tests.eid.card.persons import YEAR_AND_MONTH
from tests.eid.card.persons import YEAR_ONLY
from tests.eid.card.persons import ZOE
import pytest


EVERYTHING = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
)
NAMES = Question(frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES}))


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    """A server's certificates; our issuer is among those that it trusts."""
    directory = tmp_path_factory.mktemp("pki")
    (directory / "csca").mkdir()
    certificate = issuer().csca.public_bytes(Encoding.PEM)
    (directory / "csca" / "cards.pem").write_bytes(certificate)
    return PKI(directory, now())


@pytest.fixture
def service(pki):
    """A server."""
    address = "https://localhost:1"
    return EIDService(pki, Settings(f"{address}/paos", address), now)


@pytest.fixture
def read(service, pki):
    """Ask a person's card; return the result or raise what went wrong."""

    def read(person: Person = ERIKA, question: Question = EVERYTHING, **app) -> Result:
        card = Card(pki.cvca, person)
        opened = service.open(question)
        App(service.answer, card, **app).run(opened.psk_id)
        return service.result(opened.id, 1)

    return read


def test_everything_is_read_as_it_is_on_the_card(read):
    result = read()
    assert dict(result.values) == {
        Operation.DOCUMENT_TYPE: "ID",
        Operation.ISSUING_STATE: "D",
        Operation.DATE_OF_EXPIRY: "2034-10-31",
        Operation.GIVEN_NAMES: "ERIKA MARIA",
        Operation.FAMILY_NAMES: "MUSTERMANN",
        Operation.ARTISTIC_NAME: "",
        Operation.ACADEMIC_TITLE: "",
        Operation.DATE_OF_BIRTH: "1964-08-12",
        Operation.PLACE_OF_BIRTH: Place(text="BERLIN"),
        Operation.NATIONALITY: "D",
        Operation.BIRTH_NAME: "GABLER",
        Operation.PLACE_OF_RESIDENCE: Place(
            street="HEIDESTRASSE 17", city="KÖLN", country="D", postal_code="51147"
        ),
        Operation.COMMUNITY_ID: "02760503150000",
    }
    assert result.old_enough
    assert result.lives_there
    assert result.is_test


def test_letters_that_no_keyboard_has_are_kept(read):
    values = read(ZOE).values
    assert values[Operation.GIVEN_NAMES] == ZOE.given_names
    assert values[Operation.FAMILY_NAMES] == ZOE.family_names
    assert values[Operation.BIRTH_NAME] == ZOE.birth_name
    assert values[Operation.PLACE_OF_RESIDENCE].city == "BAUTZEN/BUDYŠIN"


@pytest.mark.parametrize(
    ("person", "born"), [(YEAR_ONLY, "1950"), (YEAR_AND_MONTH, "1950-05")]
)
def test_a_birthday_is_told_as_far_as_it_is_known(read, person, born):
    assert read(person).values[Operation.DATE_OF_BIRTH] == born


def test_an_empty_birth_name_is_not_the_same_as_none(read):
    assert read(WITHOUT_BIRTH_NAME).values[Operation.BIRTH_NAME] == ""
    old = read(OLD_CARD)
    assert Operation.BIRTH_NAME not in old.values
    assert old.not_on_chip == {Operation.BIRTH_NAME}


def test_who_has_no_address_in_germany_is_told_so(read):
    place = read(ABROAD).values[Operation.PLACE_OF_RESIDENCE]
    assert place == Place(no_place="keine Wohnung in Deutschland")


def test_a_child_is_not_old_enough(read):
    assert read(CHILD).old_enough is False


def test_who_lives_elsewhere_does_not_live_there(read):
    assert read(ERIKA_MOVED).lives_there is False


def test_the_pseudonym_is_that_of_the_card(read):
    pseudonym = read().pseudonym
    assert pseudonym == read(ERIKA_MOVED).pseudonym
    assert pseudonym != read(ERIKA_WITH_A_NEW_CARD).pseudonym


def test_what_the_citizen_deselects_is_not_read(read):
    birth_name = 1 << 7 + 13
    question = Question(NAMES.required, frozenset({Operation.BIRTH_NAME}))
    assert Operation.BIRTH_NAME in read(question=question).values
    result = read(question=question, deselected=birth_name)
    assert set(result.values) == NAMES.required


def test_an_expired_card_is_refused(read):
    with pytest.raises(DocumentRefused):
        read(EXPIRED)


def test_a_card_of_another_issuer_is_refused(service, pki):
    card = Card(pki.cvca, issuer=Issuer())
    opened = service.open(NAMES)
    assert App(service.answer, card).run(opened.psk_id) == ERROR
    with pytest.raises(DocumentRefused):
        service.result(opened.id, 1)


def test_a_signature_of_another_issuer_under_the_trusted_name_is_refused(read):
    stranger = Issuer()
    assert stranger.csca.subject == issuer().csca.subject
    with pytest.raises(DocumentRefused):
        read(changes={"EFCardSecurity": lambda _: stranger.card_security()})


def flipped(position: int):
    """Return a change of one bit."""

    def flip(value: bytes) -> bytes:
        octets = bytearray(value)
        octets[position % len(octets)] ^= 1
        return bytes(octets)

    return flip


@pytest.mark.parametrize("position", range(100, 1000, 60))
def test_no_changed_octet_of_what_is_signed_is_accepted(read, position):
    with pytest.raises(EIDProblem):
        read(question=NAMES, changes={"EFCardSecurity": flipped(position)})


def test_a_chip_key_that_nobody_signed_is_refused(read):
    def exchanged(value: bytes) -> bytes:
        signed = tlv.one(value, 0x30)
        point = signed.encoded.index(b"\x03\x42\x00\x04") + 4
        return flipped(point + 10)(value)

    with pytest.raises(DocumentRefused):
        read(changes={"EFCardSecurity": exchanged})


@pytest.mark.parametrize("name", ["AuthenticationToken", "Nonce"])
def test_a_chip_that_does_not_have_its_key_is_refused(read, name):
    with pytest.raises(DocumentRefused):
        read(changes={name: flipped(0)})


@pytest.mark.parametrize("name", ["IDPICC", "Challenge"])
def test_a_signature_for_another_card_does_not_open_this_one(read, name):
    with pytest.raises(ClientFailed):
        read(changes={name: flipped(3)})


@pytest.mark.parametrize("position", [0, 4, -1, -5])
def test_an_answer_that_was_changed_on_its_way_is_refused(read, position):
    with pytest.raises(ClientFailed):
        read(changes={"OutputAPDU": flipped(position)})


def test_answers_in_another_place_are_refused(service, pki):
    said = []

    def repeated(value: bytes) -> bytes:
        said.append(value)
        return said[0]

    opened = service.open(EVERYTHING)
    card = Card(pki.cvca)
    App(service.answer, card, changes={"OutputAPDU": repeated}).run(opened.psk_id)
    with pytest.raises(ClientFailed):
        service.result(opened.id, 1)


def test_a_card_that_trusts_another_authority_lets_nobody_in(service):
    opened = service.open(NAMES)
    card = Card(Authority().root_certificate)
    assert App(service.answer, card).run(opened.psk_id) == ERROR
    with pytest.raises(ClientFailed):
        service.result(opened.id, 1)


@pytest.mark.parametrize(
    "passwords",
    [
        Passwords(pin="654321"),
        Passwords(tries=1),
        Passwords(tries=0),
        Passwords(active=False),
    ],
    ids=["wrong PIN", "suspended", "blocked", "off"],
)
def test_a_pin_that_does_not_open_tells_the_server_nothing(service, pki, passwords):
    opened = service.open(EVERYTHING)
    card = Card(pki.cvca, passwords=passwords)
    assert App(service.answer, card).run(opened.psk_id) == ERROR
    with pytest.raises(Cancelled):
        service.result(opened.id, 1)


def test_many_authentications_one_after_another_succeed(service, pki):
    for _each in range(5):
        opened = service.open(NAMES)
        assert App(service.answer, Card(pki.cvca)).run(opened.psk_id) == OK
        assert service.result(opened.id, 1).values
