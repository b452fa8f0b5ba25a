"""The town's key comes from the secret file, and former keys are not forgotten."""

from collective.servicekonto import keys
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import service
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.digest import digest_of
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import pytest


SALT = bytes(range(16))
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


@pytest.fixture
def use_secret(tmp_path, monkeypatch):
    """A function that puts a secret of this name into use."""

    def use(name):
        file = tmp_path / name
        file.write_text(name.ljust(keys.MINIMUM_BYTES, "x"))
        monkeypatch.setenv(keys.ENVIRONMENT, str(file))

    return use


@pytest.fixture(autouse=True)
def _secret(use_secret):
    use_secret("first")


def begun():
    """Return the receipt of a message that has just been provided."""
    return service.begin("id", SALT, "Bescheid", "Text", [], NOW)


def test_a_receipt_begins_with_the_provision_and_goes_on():
    receipt = service.note(begun(), Event.BOUNCED, NOW + timedelta(hours=1), "5.1.1")
    provided, bounced = service.events(receipt)
    assert provided.event is Event.PROVIDED
    assert provided.at == int(NOW.timestamp())
    assert (bounced.event, bounced.note) == (Event.BOUNCED, "5.1.1")
    assert chain.digest(receipt) == digest_of(SALT, "Bescheid", "Text", [])
    assert service.problems(receipt) == []


def test_the_same_event_written_again_is_the_same():
    assert begun() == begun()


def test_receipts_of_a_former_secret_stay_verifiable(use_secret):
    receipt = begun()
    use_secret("second")
    receipt = service.note(receipt, Event.RETRIEVED, NOW)
    assert service.problems(receipt) == []
    assert len({entry.key for entry in service.events(receipt)}) == 2
    assert len(service.public_keys()) == 2


def test_the_town_publishes_all_its_keys(use_secret):
    first = service.public_keys()
    use_secret("second")
    published = signing.read_public_keys(service.public_keys_file())
    assert published == service.public_keys()
    assert published[:1] == first


def test_a_key_is_noted_once(use_secret, tmp_path):
    begun()
    use_secret("second")
    begun()
    use_secret("first")
    begun()
    noted = (tmp_path / service.FILE_NAME).read_text()
    assert noted.count("BEGIN") == 2


def test_where_nothing_can_be_written_receipts_are_signed_all_the_same(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(service, "FILE_NAME", "missing/keys.pem")
    assert service.problems(begun()) == []
    assert "missing/keys.pem cannot be written" in caplog.text


def test_the_secret_is_in_no_receipt():
    assert keys.key("receipts") not in chain.events(begun())[0]
