"""Certificates of the test PKI are those that TR-03110 wants."""

from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.testserver import cvc
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.pki import PKI
from datetime import datetime
from datetime import UTC
from hashlib import sha256
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


# The machine may be busy with other things.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOW = datetime(2026, 7, 1, tzinfo=UTC)
DESCRIPTION = cvc.Description(
    "Aussteller", "Stadt Musterhausen", "https://localhost", "Zweck", (b"certificate",)
)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    return PKI(tmp_path_factory.mktemp("pki"), NOW)


@pytest.fixture(scope="module")
def chain(pki):
    """The certificates of authority, document verifier and terminal."""
    terminal, verifier = pki.terminal(DESCRIPTION, NOW.date()).certificates
    return [cvc.Certificate.parse(each) for each in (pki.cvca, verifier, terminal)]


def test_each_certificate_is_signed_by_the_one_above(chain):
    authority, verifier, terminal = chain
    assert authority.issued_by(authority)
    assert verifier.issued_by(authority)
    assert terminal.issued_by(verifier)
    assert not terminal.issued_by(authority)


def test_a_changed_certificate_is_not_signed(chain):
    _, verifier, terminal = chain
    forged = terminal.encoded.replace(b"DETESTSKAT0001", b"DETESTSKAT0002")
    assert not cvc.Certificate.parse(forged).issued_by(verifier)


def test_the_authority_has_the_name_that_the_simulator_trusts(chain):
    assert chain[0].holder == "DETESTeID00005"


def test_only_the_authority_tells_its_domain_parameters(pki, chain):
    body = tlv.parse_one(chain[0].encoded, 0x7F21).child(0x7F4E)
    tags = [each.tag for each in body.child(0x7F49).children()]
    assert tags == [0x06, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87]
    for certificate in chain[1:]:
        body = tlv.parse_one(certificate.encoded, 0x7F21).child(0x7F4E)
        assert [each.tag for each in body.child(0x7F49).children()] == [0x06, 0x86]


def test_the_terminal_is_valid_today_and_not_for_ever(chain):
    terminal = chain[2]
    assert terminal.valid_from <= NOW.date() <= terminal.valid_until
    assert (terminal.valid_until - terminal.valid_from).days < 40


def test_the_terminal_is_bound_to_description_and_sector(pki, chain):
    templates = tlv.parse(chain[2].extensions)
    found = {tlv.dotted(each.child(0x06)): each.child(0x80).value for each in templates}
    digest = sha256(DESCRIPTION.encoded()).digest()
    assert found[cvc.DESCRIPTION_EXTENSION] == digest
    assert cvc.SECTOR_EXTENSION in found


def test_the_description_names_the_tls_certificates_that_may_be_met():
    assert sha256(b"certificate").digest() in DESCRIPTION.encoded()


@patient
@given(st.sets(st.sampled_from(Operation)))
def test_rights_are_read_as_they_were_written(operations):
    chat = cvc.Chat.of(cvc.Role.TERMINAL, operations)
    again = cvc.Chat.from_node(tlv.parse_one(chat.encoded(), 0x7F4C))
    assert again.operations() == operations


def test_rights_are_those_of_the_guideline():
    """Table 4 of TR-03110-4: bit 8 is data group 1, bit 2 restricted identification."""
    chat = cvc.Chat.of(
        cvc.Role.TERMINAL, {Operation.DOCUMENT_TYPE, Operation.RESTRICTED_ID}
    )
    assert chat.bits == 1 << 8 | 1 << 2
