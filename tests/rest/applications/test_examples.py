"""The examples of citizens' applications in docs/rest are what the server answers."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from tests.rest import examples
import pytest
import re
import transaction


@pytest.fixture
def shown(shown, monkeypatch):
    """PDFs differ each time."""
    public = examples._public

    def without_digests(text, portal_url):
        plain = re.sub(r"[0-9a-f]{64}", "SHA-256", public(text, portal_url))
        return re.sub(r'"size": [0-9]{4,}', '"size": 20000', plain)

    monkeypatch.setattr(examples, "_public", without_digests)
    return shown


def test_reading(erika, shown, applied):
    application = applied()
    shown("own-applications", erika.get("@servicekonto-own-applications"))
    address = f"@servicekonto-own-application/{application}"
    one = erika.get(address)
    shown("own-application", one)
    unknown = erika.get(f"@servicekonto-own-application/{'0' * 32}")
    shown("own-application-unknown", unknown)
    pdf = one.json()["application"]["pdf"]["id"]
    file = erika.get(f"@servicekonto-own-application-file/{application}/{pdf}")
    assert file.content.startswith(b"%PDF")


def test_files(erika, shown, applied, clock):
    application = applied()
    address = f"@servicekonto-own-application-documents/{application}"
    nothing = erika.post(address, json={})
    shown("own-application-documents-missing", nothing)
    files = [("files", ("Impfpass.txt", b"Tollwut: ja", "text/plain"))]
    clock.forward(minutes=5)
    added = erika.post(address, files=files)
    assert added.status_code == 201
    [file] = added.json()["application"]["files"]
    found = erika.get(f"@servicekonto-own-application-file/{application}/{file['id']}")
    shown("own-application-file", found)


def test_withdrawing(erika, shown, applied, clock):
    application = applied()
    clock.forward(minutes=5)
    address = f"@servicekonto-own-application-withdraw/{application}"
    shown("own-application-withdraw", erika.post(address, json={}))
    decided = applied()
    transaction.begin()
    found = service.query(decided)
    service.change(found, State.APPROVED, Actor.OFFICE, "", clock())
    transaction.commit()
    address = f"@servicekonto-own-application-withdraw/{decided}"
    shown("own-application-withdraw-refused", erika.post(address, json={}))


def test_a_level_that_is_too_low(erika, shown, applied):
    application = applied(level=TrustLevel.HIGH)
    address = f"@servicekonto-own-application/{application}"
    shown("own-application-locked", erika.get(address))
