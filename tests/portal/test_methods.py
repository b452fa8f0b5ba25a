"""Methods that no browser uses are no failure of the server."""

from plone import api
from tests.selfservice.browsers import Citizen
import pytest
import transaction


METHODS = ["PROPFIND", "PUT", "LOCK", "TRACE", "PATCH", "DELETE", "OPTIONS", "NONSENSE"]

PAGES = [
    "anmelden",
    "registrieren",
    "mein-bereich",
    "postfach",
    "postfach-antwort",
    "amt/nachrichten",
    "amt/schreiben",
    "@@servicekonto-cleanup",
    "@@servicekonto-bounce",
]


@pytest.fixture
def send(functional, site):
    """Sends a request with the method; returns the answer."""
    with api.env.adopt_roles(["Manager"]):
        api.content.create(site.buergerportal, "Dienststelle", "amt", title="Amt")
    transaction.commit()
    browser = Citizen(functional["app"], site.buergerportal.absolute_url())

    def send(method, page, **headers):
        address = f"/{site.id}/buergerportal/{page}"
        return browser.testapp.request(
            address, method=method, headers=headers, expect_errors=True
        )

    return send


def test_a_method_that_a_page_does_not_have_is_said_to_be_so(send):
    for method in METHODS:
        for page in PAGES:
            answer = send(method, page)
            assert answer.status_int == 405, (method, page)
            assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_a_program_is_told_in_json_where_nothing_is(send):
    answer = send("PUT", "@servicekonto-account", Accept="application/json")
    assert answer.status_int == 404
    assert answer.content_type == "application/json"


def test_a_page_that_is_not_there_is_not_there(send):
    assert send("GET", "gibt-es-nicht").status_int == 404
