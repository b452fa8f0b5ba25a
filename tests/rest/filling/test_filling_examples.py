"""The examples of filling in a form in docs/rest are what the server answers."""

from tests.rest import examples
from tests.rest.filling.conftest import DOG
from tests.rest.filling.conftest import field
from tests.services.filling.test_bad_luck import change
import pytest
import re


@pytest.fixture
def shown(shown, monkeypatch):
    """Keys, and versions of what differs each time, stand for themselves."""
    public = examples._public

    def stable(text, portal_url):
        plain = re.sub(r"[0-9a-f]{64}", "SHA-256", public(text, portal_url))
        plain = re.sub(r'"size": [0-9]{4,}', '"size": 20000', plain)
        plain = re.sub(r'"review": "[0-9a-f]{16}"', '"review": "REVIEW"', plain)
        return re.sub(r"gesendet\?s=[\w-]+", "gesendet?s=KEY-ID", plain)

    monkeypatch.setattr(examples, "_public", stable)
    return shown


def test_the_whole_way(erika, shown, clock):
    shown("filling", erika.reads())
    seen = field(erika.reads(), "dog_name")["version"]
    shown("filling-patch", erika.types(**DOG))
    shown("filling-patch-incorrect", erika.types(race="Mops", born="yesterday"))
    erika.types(dog_name="Waldi")
    late = {"dog_name": {"value": "Bello", "version": seen}}
    shown("filling-patch-changed-elsewhere", erika.changes(fields=late))
    unseen = erika.client.post(
        f"{erika.address}/@servicekonto-filling-send", json={"key": "", "review": ""}
    )
    shown("filling-send-changed", unseen)
    sent = erika.sends(erika.types(dog_name="Rex"))
    shown("filling-send", sent)


def test_what_is_missing(erika, shown):
    seen = erika.types(dog_name="Rex")
    shown("filling-send-incorrect", erika.sends(seen))
    shown("filling-delete-unconfirmed", erika.discards())
    shown("filling-delete", erika.discards(confirmed=True))
    shown("filling-delete-unknown", erika.discards(confirmed=True))


def test_files(erika, shown):
    address = f"{erika.address}/@servicekonto-filling-files/photo"
    shown("filling-files-missing", erika.client.post(address, json={}))
    assert erika.attaches("photo", "rex.txt", b"Ein Dackel").status_code == 201
    removed = erika.types(photo=None)
    assert field(removed, "photo")["file"] is None


def test_a_level_that_is_too_low(erika, shown, service):
    change(service, required_level="hoch")
    shown("filling-level-too-low", erika.reads())
    change(service, required_level="niedrig", audiences={"anonymous"})
    shown("filling-not-for-you", erika.reads())
