"""The real AusweisApp with its simulator reads cards for the test eID-Server."""

from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.testserver import app as ausweisapp
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver.app import Answers
from collective.servicekonto.eid.testserver.documents import Person
from collective.servicekonto.eid.testserver.documents import simulator_files
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.web import SERVES_KEYS
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import replace
from hashlib import sha256
from tests.eid.testserver.authentications import authentications
from tests.eid.testserver.authentications import detached_authentications
from tests.eid.testserver.authentications import now
import pytest
import subprocess


NAMES = frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES})
EVERYTHING = Question(
    required=frozenset(Operation) - {Operation.RESIDENCE_PERMIT_I},
    minimum_age=16,
    community="02760503",
    reason="Hochstufen des Servicekontos",
)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return PKI(tmp_path_factory.mktemp("pki"), now())


@pytest.fixture(scope="module")
def app(tmp_path_factory, pki):
    directory = tmp_path_factory.mktemp("app")
    with ausweisapp.running(directory, pki.cvca, free_port()) as running:
        yield running


def card(pki, person):
    """Return a card of the simulator that our authority signed."""
    return simulator_files(person, pki.signer)


@pytest.fixture(scope="module")
def here(app, pki):
    with authentications(app, pki) as running:
        yield running


def test_everything_that_was_asked_is_read_from_the_card(here):
    result = here.result(EVERYTHING)
    assert dict(result.values) == {
        Operation.DOCUMENT_TYPE: "ID",
        Operation.ISSUING_STATE: "D",
        Operation.DATE_OF_EXPIRY: "2029-10-31",
        Operation.GIVEN_NAMES: "ERIKA",
        Operation.FAMILY_NAMES: "MUSTERMANN",
        Operation.ARTISTIC_NAME: "",
        Operation.ACADEMIC_TITLE: "",
        Operation.DATE_OF_BIRTH: "1964-08-12",
        Operation.PLACE_OF_BIRTH: Place(text="BERLIN"),
        Operation.NATIONALITY: "D",
        Operation.BIRTH_NAME: "GABLER",
        Operation.PLACE_OF_RESIDENCE: Place(
            street="HEIDESTRAẞE 17", city="KÖLN", country="D", postal_code="51147"
        ),
        Operation.COMMUNITY_ID: "02760503150000",
    }
    assert result.old_enough
    assert result.lives_there
    assert result.is_test
    assert len(bytes.fromhex(result.pseudonym)) == 32


def test_the_pseudonym_stays_the_same(here):
    question = Question(frozenset({Operation.RESTRICTED_ID}))
    assert here.result(question).pseudonym == here.result(question).pseudonym


def test_what_the_citizen_deselects_is_not_read(here):
    question = Question(NAMES, frozenset({Operation.BIRTH_NAME, Operation.NATIONALITY}))
    result = here.result(question, Answers(rights=["Nationality"]))
    assert set(result.values) == NAMES | {Operation.NATIONALITY}


def test_what_was_not_asked_is_not_known(here):
    result = here.result(Question(NAMES))
    assert set(result.values) == NAMES
    assert (result.old_enough, result.lives_there, result.pseudonym) == (None, None, "")


def test_a_child_is_not_old_enough(here, pki):
    born = f"{now().year - 16}1231"
    question = Question(frozenset({Operation.AGE_VERIFICATION}), minimum_age=16)
    result = here.result(question, Answers(card=card(pki, Person(born=born))))
    assert result.old_enough is False
    assert Operation.DATE_OF_BIRTH not in result.values


def test_somebody_of_another_town_does_not_live_there(here):
    question = Question(frozenset({Operation.PLACE_VERIFICATION}), community="02760901")
    assert here.result(question).lives_there is False


def test_letters_of_all_of_europe_are_kept(here, pki):
    person = Person(given_names="ZOË ƏLÎF M̂ÍA", family_names="ŁĘCKI-ÞÓRÐARDÓTTIR")
    result = here.result(Question(NAMES), Answers(card=card(pki, person)))
    assert set(result.values.values()) == {person.given_names, person.family_names}


def test_a_document_is_valid_on_its_last_day(here, pki):
    last = card(pki, Person(expires=f"{now():%Y%m%d}"))
    assert here.result(Question(NAMES), Answers(card=last)).values


def test_an_expired_document_is_refused(here, pki):
    expired = card(pki, Person(expires="20191031"))
    with pytest.raises(DocumentRefused, match="invalidDocument"):
        here.result(EVERYTHING, Answers(card=expired))


def test_a_document_that_another_authority_signed_is_refused(here, tmp_path):
    foreign = card(PKI(tmp_path, now()), Person())
    with pytest.raises(DocumentRefused, match="invalidDocument"):
        here.result(EVERYTHING, Answers(card=foreign))


@pytest.mark.parametrize("moment", ["ACCESS_RIGHTS", "INSERT_CARD", "ENTER_PIN"])
def test_the_citizen_may_cancel(here, moment):
    with pytest.raises(Cancelled, match="sal#cancellationByUser"):
        here.result(EVERYTHING, Answers(cancel=moment))


def test_a_result_is_handed_out_once(here):
    opened = here.run(Question(NAMES), Answers(cancel="ACCESS_RIGHTS"))
    with pytest.raises(Cancelled):
        here.service.result(opened.id, 1)
    with pytest.raises(SessionGone):
        here.service.result(opened.id, 2)


def test_a_browser_is_led_back(here):
    """http.client would stop at the 102 that the AusweisApp sends first."""
    here.tokens.opened = here.service.open(Question(NAMES))
    address = here.app.activation(f"{here.tokens.origin}/tc-token")
    with here.app.attended(Answers(cancel="ACCESS_RIGHTS")):
        command = [
            "curl",
            "-s",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code} %{redirect_url}",
        ]
        said = subprocess.run([*command, address], capture_output=True, text=True)
    back = f"{here.tokens.origin}/refresh?ResultMajor=error"
    assert said.stdout == f"303 {back}&ResultMinor=cancellationByUser"


def test_a_revoked_document_is_refused(app, pki, here):
    """The simulator says the same about itself each time."""
    revoked = frozenset({_identifier_for_revocation(here)})
    with (
        authentications(app, pki, revoked=revoked) as other,
        pytest.raises(DocumentRefused, match="invalidDocument"),
    ):
        other.result(Question(NAMES))


def _identifier_for_revocation(here) -> str:
    """Return what the simulator's key 1 makes of our sector."""
    scalar = 0x0353859C2EC67780BA39015DE8C682AF2326D43DE9CE1E07737087BD1E17CB22
    private = ec.derive_private_key(scalar, curves.CURVE)
    shared = private.exchange(ec.ECDH(), here.service._pki.sector)
    return sha256(shared).hexdigest()


def test_a_terminal_of_another_authority_is_refused_by_the_app(app, tmp_path):
    stranger = PKI(tmp_path, now())
    with authentications(app, stranger) as other, pytest.raises(ClientFailed):
        other.result(Question(NAMES))


def test_a_terminal_that_asks_for_another_site_is_refused_by_the_app(app, pki):
    with authentications(app, pki) as other:
        settings = replace(other.service._settings, service_url="https://localhost:1")
        other.service._settings = settings
        with pytest.raises(ClientFailed):
            other.result(Question(NAMES))


if SERVES_KEYS:

    def test_a_detached_server_is_reached_with_the_key_of_the_token(app, pki):
        with detached_authentications(app, pki) as other:
            result = other.result(Question(NAMES))
        assert set(result.values) == NAMES
