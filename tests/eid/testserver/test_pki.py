"""The test PKI is made once, and kept for nobody else."""

from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver.pki import PKI
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import pytest


NOW = datetime.now(UTC)


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "pki"


def test_a_second_start_finds_the_same_authority_and_sector(directory):
    """Cards and pseudonyms of before go on."""
    one, other = PKI(directory, NOW), PKI(directory, NOW)
    assert one.cvca == other.cvca
    assert curves.point(one.sector) == curves.point(other.sector)
    assert one.tls.certificate == other.tls.certificate


def test_each_place_has_its_own(directory, tmp_path):
    one, other = PKI(directory, NOW), PKI(tmp_path / "other", NOW)
    assert one.cvca != other.cvca
    assert one.tls.certificate != other.tls.certificate


def test_nobody_else_reads_the_keys(directory):
    PKI(directory, NOW)
    assert directory.stat().st_mode & 0o077 == 0


def test_a_tls_certificate_that_has_expired_is_made_anew(directory):
    before = PKI(directory, NOW).tls.certificate
    after = PKI(directory, NOW + timedelta(days=1000)).tls.certificate
    assert before != after


def test_nobody_has_the_private_key_of_the_sector(directory):
    """Otherwise pseudonyms of different sectors could be linked."""
    PKI(directory, NOW)
    assert len((directory / "sector.der").read_bytes()) == 65
