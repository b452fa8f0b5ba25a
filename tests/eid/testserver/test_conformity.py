"""Test cases of TR-03130-4 for eID-Servers, module C1: EAC and PAOS.

Left out are those of profiles that the test eID-Server does not have: link certificates,
a second sector, lists of revoked signers, SAML, eIDAS.
"""

from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver.cvc import DATA_GROUPS
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from datetime import datetime
from datetime import UTC
from tests.eid.card import persons
from tests.eid.card import tlv
from tests.eid.card.card import Card
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.trust import pki_for_cards
import pytest
import re


ORIGIN = "https://localhost"
NAMES = frozenset({Operation.GIVEN_NAMES, Operation.FAMILY_NAMES})
READABLE = [each for each in DATA_GROUPS if each is not Operation.RESIDENCE_PERMIT_I]


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return pki_for_cards(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def read(pki):
    """A function that reads a card with a client that may change what it sends."""
    service = EIDService(pki, Settings(ORIGIN, ORIGIN), lambda: datetime.now(UTC))

    def reading(question=None, person=persons.ERIKA, **more):
        opened = service.open(question or Question(NAMES))
        client = InProcessClient(service.answer, Card(pki.cvca, person), **more)
        assert client.run(opened.psk_id).name == "StartPAOSResponse"
        return service.result(opened.id, 1)

    return reading


def doubled(name):
    """Say an element twice."""
    return lambda body: re.sub(f"(<{name}>.*</{name}>)", r"\1\1", body)


def without(name):
    """Leave an element out."""
    return lambda body: re.sub(f"<{name}>.*</{name}>", "", body)


def instead(name, change):
    """Put other octets into each element of that name."""

    def changed(match):
        return f"<{name}>{change(bytes.fromhex(match[1])).hex()}</{name}>"

    return lambda body: re.sub(f"<{name}>([0-9a-f]*)</{name}>", changed, body)


@pytest.mark.parametrize("operation", READABLE)
def test_c1_1_01_each_attribute_can_be_required(read, operation):
    assert set(read(Question(frozenset({operation}))).values) == {operation}


@pytest.mark.parametrize("operation", READABLE)
def test_c1_1_02_each_attribute_can_be_optional(read, operation):
    question = Question(frozenset(), frozenset({operation}))
    assert set(read(question).values) == {operation}


def test_c1_1_03_a_required_attribute_is_not_restricted(read):
    with pytest.raises(ClientFailed):
        read(chat=(1 << 11).to_bytes(5, "big"))


@pytest.mark.parametrize("operation", READABLE)
def test_c1_1_04_an_optional_attribute_that_is_restricted_is_not_read(read, operation):
    question = Question(frozenset(), frozenset({operation}))
    result = read(question, chat=bytes(5))
    assert not result.values
    assert not result.not_on_chip


def test_c1_1_05_data_groups_may_be_empty_or_lack(read):
    question = Question(frozenset({Operation.BIRTH_NAME, Operation.ARTISTIC_NAME}))
    assert read(question, persons.OLD_CARD).not_on_chip == {Operation.BIRTH_NAME}
    empty = read(question, persons.WITHOUT_BIRTH_NAME).values
    assert set(empty.values()) == {""}


def test_c1_1_08_age_and_place_may_be_denied(read):
    question = Question(
        frozenset({Operation.AGE_VERIFICATION, Operation.PLACE_VERIFICATION}),
        minimum_age=16,
        community="02760901",
    )
    result = read(question, persons.CHILD)
    assert (result.old_enough, result.lives_there) == (False, False)


def flipped(octets):
    """Change the last octet."""
    return octets[:-1] + bytes([octets[-1] ^ 1])


def test_c1_2_01_a_manipulated_signature_is_refused(read):
    with pytest.raises(DocumentRefused):
        read(change=instead("EFCardSecurity", flipped))


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("04007f00070202040202", "04007f00070202040204"),
        ("04007f0007020204020202010202010d", "04007f0007020204020202010202010c"),
        ("04007f00070202030202", "04007f00070202030201"),
    ],
    ids=["protocol of PACE", "parameters of PACE", "protocol of CA"],
)
def test_c1_2_04_what_was_said_before_must_be_signed(read, said, other):
    def change(octets):
        # The true one stays, so that the authentication goes on.
        infos = tlv.one(octets, 0x31).children()
        (true,) = [
            each.encoded for each in infos if bytes.fromhex(said) in each.encoded
        ]
        false = true.replace(bytes.fromhex(said), bytes.fromhex(other))
        return tlv.encode(0x31, false, *(each.encoded for each in infos))

    with pytest.raises(DocumentRefused):
        read(change=instead("EFCardAccess", change))


def test_c1_2_06_a_wrong_authentication_token_is_refused(read):
    with pytest.raises(DocumentRefused):
        read(change=instead("AuthenticationToken", flipped))


def without_mac(octets):
    """Leave out the data object 8E of a response."""
    return octets[:-12] + octets[-2:]


def wrong_mac(octets):
    """Change the data object 8E of a response."""
    return octets[:-3] + bytes([octets[-3] ^ 1]) + octets[-2:]


@pytest.mark.parametrize("change", [without_mac, wrong_mac], ids=["07", "08"])
def test_c1_2_07_answers_need_their_mac(read, change):
    with pytest.raises(ClientFailed):
        read(change=instead("OutputAPDU", change))


def test_c1_2_10_an_expired_document_is_refused(read):
    with pytest.raises(DocumentRefused):
        read(person=persons.EXPIRED)


def test_c1_3_01_what_else_the_client_says_of_itself_does_not_matter(read):
    more = "<SupportedDIDProtocols>urn:oid:1.2.3</SupportedDIDProtocols></StartPAOS>"
    assert read(change=lambda body: body.replace("</StartPAOS>", more)).values


@pytest.mark.parametrize(
    "name",
    ["IDPICC", "Challenge", "EFCardSecurity", "AuthenticationToken", "Nonce"],
)
@pytest.mark.parametrize("change", [without, doubled])
def test_c1_3_02_each_proof_is_given_exactly_once(read, name, change):
    with pytest.raises(ClientFailed):
        read(change=change(name))


def test_c1_3_10_a_challenge_is_signed_once(read):
    again = "</Nonce><Challenge>0102030405060708</Challenge>"
    with pytest.raises(ClientFailed):
        read(change=lambda body: body.replace("</Nonce>", again))


@pytest.mark.parametrize("stage", ["IDPICC", "EFCardSecurity", "OutputAPDU"])
def test_c1_3_11_an_error_of_the_client_ends_the_session(read, stage):
    def change(body):
        return body.replace("#ok", "#error") if stage in body else body

    with pytest.raises(EIDProblem):
        read(change=change)
