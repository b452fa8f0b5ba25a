"""Where a log-in may lead."""

from collective.servicekonto.accounts.onward import onward
from collective.servicekonto.accounts.onward import wanted_page
import pytest


UID = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "page", ["postfach", f"dienste?dienst={UID}", f"nachricht?nachricht={UID}"]
)
def test_pages_of_the_portal_are_led_to(page):
    assert wanted_page(page) == page


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        ["postfach", "postfach"],
        "https://evil.example",
        "//evil.example",
        "/postfach",
        "..",
        "a/b",
        "javascript:alert(1)",
        "postfach\n",
        f"dienste?dienst={UID}&weiter=x",
        "dienste?dienst=hundesteuer",
        "anmelden-passkey",
    ],
)
def test_nothing_else_is(sent):
    assert wanted_page(sent) == ""


def test_an_address_names_what_is_behind_it():
    assert onward("registrieren", "") == "registrieren"
    assert onward("registrieren", "postfach") == "registrieren?weiter=postfach"
    assert onward("anmelden?nach=x", f"dienste?dienst={UID}") == (
        f"anmelden?nach=x&weiter=dienste%3Fdienst%3D{UID}"
    )
