"""Which eID-Server a site talks to, and what it asks."""

from collective.servicekonto.accounts import invented
from collective.servicekonto.eid import connection
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.settings import IEIDSettings
from zope.component import getGlobalSiteManager
from zope.interface import Invalid
from zope.schema.interfaces import ConstraintNotSatisfied
import os
import pytest


FILES = ("certificate", "key", "signer", "authority")


@pytest.fixture
def configured(integration, tmp_path):
    """The settings of a site whose files exist."""
    kept = settings.settings()
    kept.address = "https://eid.example/eid-interface"
    for name in FILES:
        path = tmp_path / f"{name}.pem"
        path.write_text("")
        setattr(kept, name, str(path))
    return kept


def test_a_new_site_has_no_server_and_accepts_no_test_cards(integration):
    assert connection.query_server() is None
    assert invented.are_allowed() is False


@pytest.mark.parametrize(
    ("setting", "variable", "allowed"),
    [(True, "1", True), (True, "", False), (True, "0", False), (False, "1", False)],
)
def test_setting_and_environment_let_test_cards_in_together(
    configured, monkeypatch, setting, variable, allowed
):
    monkeypatch.setenv("SERVICEKONTO_EID_TEST_IDENTITIES", variable)
    configured.allow_test_identities = setting
    assert invented.are_allowed() is allowed


def test_the_server_is_the_configured_one(configured):
    assert isinstance(connection.query_server(), SOAPServer)


def test_the_server_is_kept_until_a_file_is_replaced(configured):
    before = connection.query_server()
    assert connection.query_server() is before
    os.utime(configured.certificate, (1, 1))
    assert connection.query_server() is not before


def test_the_environment_comes_before_the_registry(configured, monkeypatch):
    monkeypatch.setenv("SERVICEKONTO_EID_ADDRESS", "https://other.example/")
    monkeypatch.setenv("SERVICEKONTO_EID_KEY_PASSWORD", "secret")
    found = settings.query_configuration()
    assert found.address == "https://other.example/"
    assert found.key == configured.key
    assert found.key_password == "secret"
    assert "secret" not in repr(found)


def test_the_registry_has_no_place_for_a_password():
    assert not [name for name in IEIDSettings.names() if "password" in name]


def test_another_server_can_take_the_place(configured):
    other = object()
    manager = getGlobalSiteManager()
    manager.registerUtility(other, connection.IEIDServer)
    try:
        assert connection.query_server() is other
    finally:
        manager.unregisterUtility(other, connection.IEIDServer)


def test_the_question_is_what_the_site_is_allowed_to_read(configured):
    configured.optional_data = ["Nationality"]
    question = settings.question("Hochstufen")
    assert question.optional == {Operation.NATIONALITY}
    assert Operation.RESTRICTED_ID in question.required
    assert Operation.GIVEN_NAMES in question.required
    assert question.minimum_age == 16
    assert question.reason == "Hochstufen"


@pytest.mark.parametrize("value", ["http://eid.example/", "eid.example", "https://"])
def test_the_address_is_one_with_https(value):
    with pytest.raises(Invalid):
        IEIDSettings["address"].validate(value)


def test_files_are_named_with_their_full_path():
    with pytest.raises((Invalid, ConstraintNotSatisfied)):
        IEIDSettings["key"].validate("eservice.key")


class Sent:
    """What a form sent."""

    def __init__(self, required, optional):
        self.required_data = required
        self.optional_data = optional


def test_who_somebody_is_cannot_be_left_out():
    with pytest.raises(Invalid, match="family name"):
        IEIDSettings.validateInvariants(Sent(["GivenNames"], []))


def test_a_datum_is_either_required_or_optional():
    with pytest.raises(Invalid, match="not in both"):
        IEIDSettings.validateInvariants(Sent(settings.REQUIRED, ["BirthName"]))
