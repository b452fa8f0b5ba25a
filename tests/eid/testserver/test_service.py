"""The test eID-Server reads an emulated card, and refuses what does not verify."""

from collective.servicekonto.eid.port import Busy
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import Misconfigured
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.testserver import service as sessions
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import partial
from hashlib import sha256
from tests.eid.card import persons
from tests.eid.card.application import BLOCKING
from tests.eid.card.card import Card
from tests.eid.card.issuer import Issuer
from tests.eid.testserver.client import Answer
from tests.eid.testserver.client import envelope
from tests.eid.testserver.client import failure
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.client import response
from tests.eid.testserver.client import start
from tests.eid.testserver.trust import pki_for_cards
import pytest
import re


SETTINGS = Settings("https://localhost/eid/paos", "https://localhost")
NAMES = frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES})
ASKED = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
)


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return pki_for_cards(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def service(pki, time):
    return EIDService(pki, SETTINGS, time)


@pytest.fixture
def card(pki):
    """A function that makes cards which trust our terminals."""
    return partial(Card, pki.cvca)


def read(service, card, question=ASKED, **more):
    """Return the result of one authentication."""
    opened = service.open(question)
    last = InProcessClient(service.answer, card, **more).run(opened.psk_id)
    assert last.name == "StartPAOSResponse"
    return service.result(opened.id, 1)


def test_everything_that_was_asked_is_read(service, card):
    result = read(service, card())
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
    assert (result.old_enough, result.lives_there, result.is_test) == (True, True, True)


@pytest.mark.parametrize(
    ("person", "born"),
    [
        (persons.YEAR_ONLY, "1950"),
        (persons.YEAR_AND_MONTH, "1950-05"),
        (persons.ZOE, "1987-02-28"),
    ],
    ids=["year", "month", "day"],
)
def test_dates_of_birth_are_told_as_far_as_they_are_known(service, card, person, born):
    assert read(service, card(person)).values[Operation.DATE_OF_BIRTH] == born


def test_all_letters_are_kept(service, card):
    values = read(service, card(persons.ZOE)).values
    assert values[Operation.FAMILY_NAMES] == persons.ZOE.family_names
    assert values[Operation.BIRTH_NAME] == persons.ZOE.birth_name
    assert values[Operation.PLACE_OF_RESIDENCE].city == "BAUTZEN/BUDYŠIN"


def test_who_lives_abroad_has_no_place(service, card):
    place = read(service, card(persons.ABROAD)).values[Operation.PLACE_OF_RESIDENCE]
    assert place == Place(no_place="keine Wohnung in Deutschland")


def test_what_a_card_does_not_know_differs_from_what_is_empty(service, card):
    old = read(service, card(persons.OLD_CARD))
    assert old.not_on_chip == {Operation.BIRTH_NAME}
    assert Operation.BIRTH_NAME not in old.values
    without = read(service, card(persons.WITHOUT_BIRTH_NAME))
    assert without.values[Operation.BIRTH_NAME] == ""


def test_pseudonyms_tell_cards_apart(service, card):
    one, again = (read(service, card()).pseudonym for _ in range(2))
    other = read(service, card(persons.ERIKA_WITH_A_NEW_CARD)).pseudonym
    assert one == again != other


def test_pseudonyms_tell_sectors_apart(service, card, time, tmp_path):
    elsewhere = EIDService(PKI(tmp_path, time.now), SETTINGS, time)
    elsewhere._pki.anchors = service._pki.anchors
    there = read(elsewhere, Card(elsewhere._pki.cvca)).pseudonym
    assert there != read(service, card()).pseudonym


def test_a_child_is_too_young_and_another_town_is_another(service, card):
    result = read(service, card(persons.CHILD))
    assert result.old_enough is False
    moved = read(service, card(persons.ERIKA_MOVED))
    assert moved.lives_there is False


@pytest.mark.parametrize("days", [0, 1], ids=["birthday", "day before"])
def test_one_is_old_enough_from_the_birthday_on(service, card, time, days):
    born = time.now.replace(year=time.now.year - 16) + timedelta(days=days)
    person = replace(persons.ERIKA, born=f"{born:%Y%m%d}")
    assert read(service, card(person)).old_enough is (days == 0)


def test_what_was_not_asked_is_not_read(service, card):
    result = read(service, card(), Question(NAMES))
    assert set(result.values) == NAMES
    assert (result.old_enough, result.lives_there, result.pseudonym) == (None, None, "")


def test_only_what_the_citizen_allows_is_read(service, card):
    question = Question(NAMES, frozenset({Operation.BIRTH_NAME}))
    names_only = (0b11 << 11).to_bytes(5, "big")
    assert set(read(service, card(), question, chat=names_only).values) == NAMES


@pytest.mark.parametrize("bits", [0b1 << 11, 0b111 << 11], ids=["less", "more"])
def test_who_allows_less_than_required_or_more_than_asked_gets_no_result(
    service, card, bits
):
    with pytest.raises(ClientFailed):
        read(service, card(), Question(NAMES), chat=bits.to_bytes(5, "big"))


def test_an_expired_card_is_refused(service, card):
    with pytest.raises(DocumentRefused, match="getResult#invalidDocument"):
        read(service, card(persons.EXPIRED))


def test_a_card_of_an_unknown_authority_is_refused(service, card):
    with pytest.raises(DocumentRefused):
        read(service, card(issuer=Issuer()))


def test_a_card_of_an_authority_whose_time_is_over_is_refused(service, card, time):
    time.now += timedelta(days=4000)
    with pytest.raises(DocumentRefused):
        read(service, card(replace(persons.ERIKA, expires=time.now.date())))


def test_a_chip_without_the_key_of_its_signed_file_is_refused(service, card):
    """A clone has the file, and a key of its own."""
    clone = card()
    clone._terminals._chip_key = Issuer().chip_key
    with pytest.raises(DocumentRefused):
        read(service, clone)


def test_a_revoked_card_is_refused(pki, time, card):
    plain = card()
    key = plain._application._keys[BLOCKING]
    identifier = sha256(key.exchange(ec.ECDH(), pki.sector)).hexdigest()
    settings = replace(SETTINGS, revoked=frozenset({identifier}))
    with pytest.raises(DocumentRefused):
        read(EIDService(pki, settings, time), plain, Question(NAMES))


def test_a_card_that_does_not_trust_the_terminal_ends_the_session(
    service, tmp_path, time
):
    stranger = PKI(tmp_path, time.now)
    with pytest.raises(ClientFailed):
        read(service, Card(stranger.cvca))


def test_a_citizen_who_cancels_is_told_apart_from_a_failure(service, card):
    for minor, kind in [
        ("sal#cancellationByUser", Cancelled),
        ("al/common#internalError", ClientFailed),
        ("<b>Erika</b>", ClientFailed),
    ]:
        opened = service.open(ASKED)
        first = Answer.parse(service.answer(envelope(start(opened.psk_id))))
        reported = envelope(failure(minor), first.message_id)
        last = Answer.parse(service.answer(reported))
        assert last.name == "StartPAOSResponse"
        with pytest.raises(kind) as caught:
            service.result(opened.id, 1)
        assert "Erika" not in caught.value.code


def test_the_result_comes_when_it_is_there_and_once(service, card):
    opened = service.open(Question(NAMES))
    for counter in (1, 2):
        with pytest.raises(NotReady):
            service.result(opened.id, counter)
    InProcessClient(service.answer, card()).run(opened.psk_id)
    assert service.result(opened.id, 3).values
    with pytest.raises(SessionGone, match="invalidSession"):
        service.result(opened.id, 4)


@pytest.mark.parametrize("counter", [0, 2, -1])
def test_a_counter_out_of_order_ends_the_session(service, counter):
    opened = service.open(Question(NAMES))
    with pytest.raises(SessionGone, match="invalidCounter"):
        service.result(opened.id, counter)
    with pytest.raises(SessionGone, match="invalidSession"):
        service.result(opened.id, 1)


def test_a_session_lasts_five_minutes(service, card, time):
    opened = service.open(Question(NAMES))
    time.now += timedelta(minutes=5)
    last = InProcessClient(service.answer, card()).run(opened.psk_id)
    assert last.texts["ResultMinor"][0].endswith("al/common#internalError")
    with pytest.raises(SessionGone):
        service.result(opened.id, 1)


def test_a_session_begins_once(service, card):
    opened = service.open(Question(NAMES))
    service.answer(envelope(start(opened.psk_id)))
    again = Answer.parse(service.answer(envelope(start(opened.psk_id))))
    assert again.name == "StartPAOSResponse"


def test_each_message_is_taken_once(service, card):
    """Who repeats a message of somebody else's session learns and changes nothing."""
    sent = []

    def listened(encoded: bytes) -> bytes:
        sent.append(encoded)
        return service.answer(encoded)

    opened = service.open(Question(NAMES))
    InProcessClient(listened, card()).run(opened.psk_id)
    for encoded in sent:
        repeated = Answer.parse(service.answer(encoded))
        assert repeated.texts["ResultMinor"][0].endswith("al/common#internalError")
    assert service.result(opened.id, 1).values


def test_answers_of_one_card_do_not_do_for_another_session(service, card):
    """Secure messaging binds them to the keys of the session."""
    recorded = []

    def remembering(body: str) -> str:
        recorded.append(body)
        return body

    first = service.open(Question(NAMES))
    InProcessClient(service.answer, card(), change=remembering).run(first.psk_id)
    answers = recorded[-1]
    with pytest.raises(ClientFailed):
        read(
            service,
            card(persons.ZOE),
            Question(NAMES),
            change=lambda body: answers if "TransmitResponse" in body else body,
        )


@pytest.mark.parametrize("name", ["EFCardSecurity", "AuthenticationToken", "Nonce"])
def test_a_changed_proof_of_the_chip_is_refused(service, card, name):
    def change(body: str) -> str:
        return re.sub(f"<{name}>(.*)..</{name}>", rf"<{name}>\g<1>00</{name}>", body)

    with pytest.raises(DocumentRefused):
        read(service, card(), change=change)


def test_missing_answers_are_no_result(service, card):
    def change(body: str) -> str:
        return re.sub("<OutputAPDU>[^<]*</OutputAPDU></Tr", "</Tr", body)

    with pytest.raises(ClientFailed):
        read(service, card(), change=change)


def test_messages_in_another_order_end_the_session(service):
    opened = service.open(ASKED)
    first = Answer.parse(service.answer(envelope(start(opened.psk_id))))
    early = envelope(response("TransmitResponse", ""), first.message_id)
    assert Answer.parse(service.answer(early)).name == "StartPAOSResponse"
    with pytest.raises(ClientFailed):
        service.result(opened.id, 1)


@pytest.mark.parametrize("relates_to", ["", "urn:uuid:0"])
def test_a_message_that_names_no_session_ends_none(service, card, relates_to):
    opened = service.open(Question(NAMES))
    service.answer(envelope(failure("sal#cancellationByUser"), relates_to))
    InProcessClient(service.answer, card()).run(opened.psk_id)
    assert service.result(opened.id, 1).values


def test_there_are_only_so_many_sessions(service, monkeypatch):
    monkeypatch.setattr(sessions, "MOST_SESSIONS", 2)
    service.open(ASKED)
    service.open(ASKED)
    with pytest.raises(Busy, match="useID#tooManyOpenSessions"):
        service.open(ASKED)


@pytest.mark.parametrize("community", ["0276050", "Musterstadt", "0276050315000099"])
def test_a_community_is_named_by_whole_octets(service, community):
    question = Question(frozenset({Operation.PLACE_VERIFICATION}), community=community)
    with pytest.raises(Misconfigured, match="useID#missingArgument"):
        service.open(question)


def test_nothing_of_a_session_can_be_guessed(service):
    one, other = service.open(ASKED), service.open(ASKED)
    assert one.id != other.id
    assert len(one.id) >= 43


def test_what_is_said_about_the_server_says_that_it_is_for_tests(service):
    assert service.info().is_test
    assert service.info().rights == frozenset(Operation)
