"""What a webmaster is told about certificates and keys."""

from collective.servicekonto.eid.server.files import check_files
from collective.servicekonto.eid.server.files import SOON
from collective.servicekonto.eid.testserver import interface_files
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PrivateFormat
from dataclasses import replace
from datetime import timedelta
from tests.eid.server.conftest import present
from zope.i18n import interpolate
import pytest


@pytest.fixture
def own(tmp_path):
    """Return files of this test alone."""
    return interface_files.make_files(tmp_path, present())


@pytest.fixture
def configuration(own):
    return own.configuration(443)


def said(configuration, now=None):
    """Return what is wrong, in words."""
    findings = check_files(configuration, now or present())
    return [interpolate(x.text, x.text.mapping) for x in findings if not x.is_fine]


def test_nothing_is_wrong_with_good_files(configuration):
    assert said(configuration) == []
    assert len(check_files(configuration, present())) == 4


@pytest.mark.parametrize("name", ["certificate", "key", "signer", "authority"])
def test_a_missing_file_is_named(configuration, name):
    (problem,) = said(replace(configuration, **{name: "/nowhere/it.pem"}))
    assert problem == "The file /nowhere/it.pem does not exist."


@pytest.mark.parametrize("name", ["certificate", "key", "signer", "authority"])
def test_a_directory_is_no_file(configuration, tmp_path, name):
    (problem,) = said(replace(configuration, **{name: str(tmp_path)}))
    assert problem == f"Plone cannot read the file {tmp_path}."


@pytest.mark.parametrize("name", ["certificate", "key", "signer"])
def test_what_is_not_set_is_asked_for(configuration, name):
    (problem,) = said(replace(configuration, **{name: ""}))
    assert "not set" in problem


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("certificate", "holds no certificate"),
        ("signer", "holds no certificate"),
        ("authority", "holds no certificate"),
        ("key", "holds no private key"),
    ],
)
def test_other_content_is_not_taken(configuration, tmp_path, name, words):
    path = tmp_path / "other"
    path.write_text("Sehr geehrte Damen und Herren")
    (problem,) = said(replace(configuration, **{name: str(path)}))
    assert words in problem


def test_the_key_of_another_certificate_is_noticed(own, configuration):
    key = str(own.key(interface_files.SERVER))
    (problem,) = said(replace(configuration, key=key))
    assert "does not belong" in problem


def test_a_key_that_others_can_read_is_noticed(own, configuration):
    own.key(interface_files.ESERVICE).chmod(0o644)
    (problem,) = said(configuration)
    assert "Other users" in problem


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (interface_files.YEARS + timedelta(days=1), "was valid until"),
        (interface_files.YEARS - SOON + timedelta(days=1), "in time"),
        (timedelta(days=-1), "not valid before"),
    ],
)
def test_the_validity_is_looked_at(configuration, moved, words):
    problems = said(configuration, present() + moved)
    assert len(problems) == 3
    assert all(words in problem for problem in problems)


def test_a_second_pair_for_signatures_is_looked_at_too(own, configuration):
    second = replace(
        configuration,
        signature_certificate=str(own.certificate(interface_files.ESERVICE)),
        signature_key="/nowhere/sign.key",
    )
    assert said(second) == ["The file /nowhere/sign.key does not exist."]


def test_the_password_of_a_key_comes_from_the_environment(own, configuration):
    path = own.key(interface_files.ESERVICE)
    key = interface_files.load_key(path)
    path.write_bytes(
        key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
        )
    )
    assert said(replace(configuration, key_password="secret")) == []
    for wrong in ("", "other"):
        (problem,) = said(replace(configuration, key_password=wrong))
        assert "SERVICEKONTO_EID_KEY_PASSWORD" in problem
